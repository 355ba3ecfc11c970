import { execFileSync } from 'node:child_process';
import {
  GunicornApp,
  Listener,
  LocationAction,
  LocationMatch,
  StaticMount,
  StaticSource,
  Transport,
} from 'cdktf-wsgi';
import { Rollouts } from './rollouts';
import { GUNICORN } from './site';
import type { Change } from './site';

let site: Rollouts;

beforeAll(async () => {
  site = await Rollouts.start('changes', 8322);
  const { code, output } = await site.apply();
  if (code !== 0) throw new Error(output);
});

afterAll(async () => {
  await site.end();
  expect(ofStack('changes')).toEqual([]);
});

/** What an engine has of a stack, by its label. */
function ofStack(stack: string): string[] {
  const filter = ['--filter', `label=cdktf-wsgi.stack=${stack}`, '-q'];
  const list = (...args: string[]): string[] =>
    execFileSync('docker', [...args, ...filter], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '');
  return [...list('ps', '-a'), ...list('volume', 'ls'), ...list('network', 'ls')];
}

/** The id of a running container. */
function container(key: string): string {
  return execFileSync('docker', ['ps', '-q', '--filter', `name=changes-${key}`], { encoding: 'utf8' });
}

const tcp: Change = { shop: { transport: Transport.tcp(3031) }, api: { transport: Transport.tcp(8000) } };

test.each<[string, Change]>([
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
  expect(code === 0 ? '' : output).toBe('');
  expect(lost).toEqual([]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('15: a directly published application serves', async () => {
  const direct: Change = {
    more: (stack) =>
      new GunicornApp(stack, 'direct', {
        ...GUNICORN,
        listeners: [Listener.http(8324, { address: '127.0.0.1' })],
      }),
  };
  expect(await site.under('15: a published application added', direct)).toMatchObject({ code: 0, lost: [] });
  const answer = await fetch('http://127.0.0.1:8324/');
  expect([answer.status, await answer.text()]).toEqual([200, '1']);
});

test('17: a port beside one that stays is one apply, and only the gate is replaced', async () => {
  const listeners = [8322, 8323].map((port) => Listener.http(port, { address: '127.0.0.1' }));
  const before = container('web-nginx');
  const { code, output, gap } = await site.under('17: a port added', { web: { listeners } });
  expect(code === 0 ? '' : output).toBe('');
  expect(container('web-nginx')).toBe(before);
  expect(gap).toBeLessThan(10);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});
