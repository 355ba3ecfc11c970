import { LocationAction, LocationMatch, StaticMount, StaticSource, Transport } from 'cdktf-wsgi';
import { failure } from './deployment';
import { Rollouts } from './rollouts';
import type { Change } from './site';

let site: Rollouts;

beforeAll(async () => {
  site = await Rollouts.start('changes', 8322);
  const { code, output } = await site.apply();
  if (code !== 0) throw new Error(failure({ code, output }));
});

afterAll(() => site.end());

const tcp: Change = { shop: { transport: Transport.tcp(3031) }, api: { transport: Transport.tcp(8000) } };

test.each<[string, Change]>([
  ['9: an application moves from uWSGI to gunicorn', { shopInGunicorn: {} }],
  [
    '9: that, onto TCP in the same apply',
    { shopInGunicorn: { transport: Transport.tcp(8000) }, api: { transport: Transport.tcp(8000) } },
  ],
  ['9: from gunicorn on TCP to uWSGI on a Unix socket', {}],
  ['9: Unix sockets become TCP', tcp],
  [
    '9: applications on TCP replaced',
    {
      shop: { ...tcp.shop, environment: { VERSION: '2' } },
      api: { ...tcp.api, environment: { VERSION: '2' } },
    },
  ],
  ['9: TCP becomes Unix sockets', {}],
  [
    '10: a location added',
    { more: (_, web) => web.addLocation(LocationMatch.exact('/gone'), LocationAction.respond(410)) },
  ],
  ['10: a location removed', {}],
  [
    '10: a server added',
    {
      more: (_, web) =>
        web.addServer({ serverNames: ['b.example.com'] }).addRedirect('/', 'https://a.example.com/'),
    },
  ],
  ['10: a server removed', {}],
  [
    '10: a static mount added',
    {
      more: (stack, web) =>
        web.addStatic(
          new StaticMount(stack, 'docs', {
            path: '/docs/',
            source: StaticSource.directory('examples/many-domains/site'),
          }),
        ),
    },
  ],
  ['10: a static mount removed', {}],
])('%s: nothing is lost', async (title, change) => {
  const { code, output, lost } = await site.under(title, change);
  expect(failure({ code, output })).toBe('');
  expect(lost).toEqual([]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});
