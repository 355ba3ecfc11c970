import { execFileSync } from 'node:child_process';
import { startLoad } from './load';
import { Rollouts } from './rollouts';

let site: Rollouts;

beforeAll(async () => {
  site = await Rollouts.start('restarts', 8325);
  const { code, output } = await site.apply();
  if (code !== 0) throw new Error(output);
});

afterAll(() => site.end());

const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim();

/** Running containers of the site, by a part of their name. */
const running = (part: string): string[] =>
  docker('ps', '-q', '--filter', `name=restarts-${part}`)
    .split('\n')
    .filter((id) => id !== '');

/** Ends a container's process from outside: `docker kill` would count as a wish of somebody's. */
function crash(part: string): void {
  for (const id of running(part)) {
    process.kill(Number(docker('inspect', '--format', '{{.State.Pid}}', id)), 'SIGKILL');
  }
}

/** Seconds until every route answers, several times in a row. */
async function servesAgain(): Promise<number> {
  const start = Date.now();
  for (;;) {
    const load = startLoad(8325, ['/', '/api/', '/static/site.css'], []);
    await new Promise((done) => setTimeout(done, 400));
    const { lost } = await load.stop();
    const seconds = (Date.now() - start) / 1000;
    if (lost.length === 0) return seconds;
    if (seconds > 60) throw new Error(lost.slice(-3).join('\n'));
  }
}

test.each(['web-gate', 'web-nginx', 'shop-0', 'api-0'])(
  '11: %s killed alone comes back without an apply',
  async (part) => {
    crash(part);
    expect(await servesAgain()).toBeLessThan(30);
    expect(await site.deployment.planIsEmpty()).toBe(true);
  },
);

test('11: all of them stopped and started, their memory lost', async () => {
  const all = running('');
  docker('stop', '-t', '2', ...all);
  docker('start', ...all.reverse());
  expect(await servesAgain()).toBeLessThan(60);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('11: after a prune an apply puts the helpers back, and nothing is lost', async () => {
  docker('container', 'prune', '-f', '--filter', 'label=cdktf-wsgi.stack=restarts');
  const { code, output, lost } = await site.under('11: an apply after a prune', {});
  expect(code === 0 ? '' : output).toBe('');
  expect(lost).toEqual([]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});
