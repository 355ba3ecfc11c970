import { execFileSync } from 'node:child_process';
import { Directive, Listener, Size } from 'cdktf-wsgi';
import { failure } from './deployment';
import { startHighRate } from './high-rate';
import { startLoad } from './load';
import { report } from './report';
import { Rollouts } from './rollouts';
import type { Change } from './site';

const PORT = 8326;

/** Through the kernel: what is published on loopback passes the engine's own proxy, which is slower than nginx. */
const BRIDGE = execFileSync('docker', [
  ...['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}'],
])
  .toString()
  .trim();

let site: Rollouts;

const published = (change: Change): Change => ({
  ...change,
  web: { listeners: [Listener.http(PORT)], ...change.web },
  directives: [Directive.of('access_log', ['off'])],
});

beforeAll(async () => {
  site = await Rollouts.start('high-rate', PORT);
  const { code, output } = await site.apply(published({}));
  if (code !== 0) throw new Error(failure({ code, output }));
});

afterAll(() => site.end());

test.each<[string, Change]>([
  ['3: another nginx configuration', { web: { charset: 'utf-8' } }],
  ['6: nginx replaced, another limit', { web: { charset: 'utf-8', memory: Size.mebibytes(200) } }],
  ['6: nginx replaced, other static files', { staticDirectory: 'test/engine/static' }],
  [
    '7: applications, configuration and nginx at once',
    {
      shop: { environment: { VERSION: '2' } },
      api: { environment: { VERSION: '2' } },
      web: { charset: 'ascii', memory: Size.mebibytes(100) },
    },
  ],
])('%s at thousands of connections a second: nothing is lost', async (title, change) => {
  site.deployment.begin(title);
  const highRate = startHighRate(`http://${BRIDGE}:${String(PORT)}/static/site.css`);
  const slow = startLoad(PORT, [], ['/slow', '/api/slow']);
  const { code, output } = await site.apply(published(change));
  const [{ requests, lost, perSecond }, tally] = [await highRate.stop(), await slow.stop()];
  const row = `${title}, ${perSecond.toFixed(0)} connections a second`;
  report({ title: row, code, seconds: requests / perSecond, requests, lost, gap: 0 });
  expect(failure({ code, output })).toBe('');
  expect([lost, tally.lost]).toEqual([0, []]);
});
