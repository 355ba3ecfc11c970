import { LocationAction, LocationMatch, StaticMount, StaticSource, Transport } from 'cdktf-wsgi';
import { failure } from './deployment';
import { once, startPaced } from './load';
import { report } from './report';
import { Rollouts } from './rollouts';
import type { Change } from './site';

const PORT = 8322;

let site: Rollouts;

beforeAll(async () => {
  site = await Rollouts.start('changes', PORT);
  await site.applied();
});

afterAll(() => site.end());

const tcp: Change = { shop: { transport: Transport.tcp(3031) }, api: { transport: Transport.tcp(8000) } };

const NOTHING: readonly string[] = [];
const ALL = ['api-0', 'shop-0', 'web-nginx'];

/** Changes, each of the site as the one before has left it, and the parts that are replaced with them. */
test.each<[string, Change, readonly string[]]>([
  ['9: an application moves from uWSGI to gunicorn', { shopInGunicorn: {} }, ['shop-0']],
  [
    '9: that, onto TCP in the same apply',
    { shopInGunicorn: { transport: Transport.tcp(8000) }, api: { transport: Transport.tcp(8000) } },
    ALL,
  ],
  ['9: from gunicorn on TCP to uWSGI on a Unix socket', {}, ALL],
  ['9: Unix sockets become TCP', tcp, ALL],
  [
    '9: applications on TCP replaced',
    {
      shop: { ...tcp.shop, environment: { VERSION: '2' } },
      api: { ...tcp.api, environment: { VERSION: '2' } },
    },
    ['api-0', 'shop-0'],
  ],
  ['9: TCP becomes Unix sockets', {}, ALL],
  [
    '10: a location added',
    { more: (_, web) => web.addLocation(LocationMatch.exact('/gone'), LocationAction.respond(410)) },
    NOTHING,
  ],
  ['10: a location removed', {}, NOTHING],
  [
    '10: a server added',
    {
      more: (_, web) =>
        web.addServer({ serverNames: ['b.example.com'] }).addRedirect('/', 'https://a.example.com/'),
    },
    NOTHING,
  ],
  ['10: a server removed', {}, NOTHING],
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
    ['web-nginx'],
  ],
  ['10: a static mount removed', {}, ['web-nginx']],
])('%s: nothing is lost, and what need not be replaced is not', async (title, change, replaced) => {
  const outcome = await site.under(title, change);
  expect([failure(outcome), outcome.lost]).toEqual(['', []]);
  expect([outcome.begun, outcome.gone]).toEqual([replaced, replaced]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('9: another server on the same TCP port: its requests hang from its start to the reload of nginx, and no others', async () => {
  const onPort = { transport: Transport.tcp(9000) };
  const others = { paths: ['/api/', '/static/site.css'], slowPaths: ['/api/slow'] };
  await site.applied({ shop: onPort });
  const paced = startPaced({ port: PORT, path: '/' }, 100);
  const title = '9: uWSGI becomes gunicorn on the same TCP port';
  const outcome = await site.under(`${title}: the other application`, { shopInGunicorn: onPort }, others);
  const { requests, lost, gap } = await paced.stop();
  report({ title, code: outcome.code, seconds: gap, requests, lost: lost.length, gap });
  expect([failure(outcome), outcome.lost]).toEqual(['', []]);
  expect([outcome.begun, outcome.gone]).toEqual([['shop-0'], ['shop-0']]);
  expect(lost.filter((each) => !/no answer for 20 s| 50[24] /.test(each))).toEqual([]);
  expect(gap).toBeLessThan(30);
  expect((await once(PORT, '/')).status).toBe(200);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});
