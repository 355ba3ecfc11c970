import { Directive, Listener, Size } from 'cdktf-wsgi';
import { compileClient, lostOf, worstSecond } from './connections';
import type { Client } from './connections';
import { failure } from './deployment';
import { docker } from './docker';
import { makeAnotherNginx } from './nginx-image';
import { report } from './report';
import { Rollouts } from './rollouts';
import type { Asked } from './rollouts';
import type { Change } from './site';

const PORT = 8326;

/** What the client offers, and the mean that has to be answered well. */
const OFFERED = 3500;
const REQUIRED = 3000;

/** The applications are asked too, by little more than what an apply has to wait for. */
const SLOW: Asked = { paths: [], slowPaths: ['/slow', '/api/slow'] };

/** Through the kernel: what is published on loopback passes the engine's own proxy, which is slower than nginx. */
const gateway = (): string =>
  docker('network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}');

let site: Rollouts;
let client: Client;

const published = (change: Change): Change => ({
  ...change,
  web: { listeners: [Listener.http(PORT)], ...change.web },
  directives: [Directive.of('access_log', ['off'])],
});

beforeAll(async () => {
  client = compileClient();
  site = await Rollouts.start('high-rate', PORT);
  await site.applied(published({}));
});

afterAll(async () => {
  client.remove();
  await site.end();
});

const [config, limit, image, content] = [
  { charset: 'utf-8' },
  { memory: Size.mebibytes(200) },
  (): Change['web'] => ({ image: makeAnotherNginx() }),
  { staticDirectory: 'test/engine/static' },
];

/** Each change comes on top of those before it, so that it alone is what the apply does. */
test.each<[string, () => Change, readonly string[]]>([
  ['3: another nginx configuration', () => ({ web: config }), []],
  ['6: nginx replaced, another limit', () => ({ web: { ...config, ...limit } }), ['web-nginx']],
  ['6: nginx replaced, another image', () => ({ web: { ...config, ...limit, ...image() } }), ['web-nginx']],
  [
    '6: nginx replaced, other static files',
    () => ({ web: { ...config, ...limit, ...image() }, ...content }),
    ['web-nginx'],
  ],
  [
    '7: applications, configuration and nginx at once',
    () => ({
      shop: { environment: { VERSION: '2' } },
      api: { environment: { VERSION: '2' } },
      web: { charset: 'ascii', memory: Size.mebibytes(100), ...image() },
      ...content,
    }),
    ['api-0', 'shop-0', 'web-nginx'],
  ],
])('%s at thousands of connections a second: nothing is lost', async (title, change, replaced) => {
  const next = published(change());
  const path = '/static/site.css';
  const connections = client.start({ address: gateway(), port: PORT, path, rate: OFFERED });
  const outcome = await site.under(`${title}, slow requests beside it`, next, SLOW);
  const seen = await connections.stop();
  const [lost, mean] = [lostOf(seen), seen.outcomes.good / seen.seconds];
  report({
    title: `${title}, high rate`,
    code: outcome.code,
    seconds: seen.seconds,
    requests: seen.offered,
    lost,
    note: `${mean.toFixed(0)} connections a second, ${String(worstSecond(seen))} in the worst`,
  });
  expect(failure(outcome)).toBe('');
  expect(outcome.begun).toEqual(replaced);
  expect(outcome.lost).toEqual([]);
  expect(lost === 0 ? 'nothing lost' : JSON.stringify(seen.outcomes)).toBe('nothing lost');
  expect(mean).toBeGreaterThanOrEqual(REQUIRED);
});
