import { ReleaseTask, Worker } from 'cdktf-wsgi';
import type { WorkerProps } from 'cdktf-wsgi';
import { failure, unwrapped } from './deployment';
import { docker, dockerLines, inspect } from './docker';
import { once } from './load';
import { Rollouts } from './rollouts';
import type { Change } from './site';

const PORT = 8370;

/** Says which version it makes ready for, and fails where that is asked for. */
const release = ReleaseTask.command([
  'python3',
  '-c',
  "import os; print('migrating to', os.environ['VERSION']); raise SystemExit(int(os.environ.get('BROKEN', '0')))",
]);

const version = (VERSION: string, more: Readonly<Record<string, string>> = {}): Change => ({
  shop: { release, replicas: 2, environment: { VERSION, ...more } },
});

let site: Rollouts;

beforeAll(async () => {
  site = await Rollouts.start('release', PORT);
});

afterAll(() => site.end());

/** The release tasks that the engine still has, finished or not. */
const tasks = (): string[] =>
  dockerLines('ps', '-aq', '--no-trunc', '--filter', `name=^/?${site.stack}-shop-release`);

const at = (id: string, field: string): Date => new Date(inspect(id, `{{${field}}}`));

test('a release task has ended before the first generation starts', async () => {
  await site.applied(version('1'));
  const [task = ''] = tasks();
  expect(docker('logs', task)).toBe('migrating to 1');
  const generations = site.running('shop-').filter((id) => id !== task);
  expect(generations).toHaveLength(2);
  for (const id of generations)
    expect(at(id, '.State.StartedAt').getTime()).toBeGreaterThan(at(task, '.State.FinishedAt').getTime());
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('it runs once for another version, and nothing is lost', async () => {
  const before = tasks();
  const next = await site.under('a release task, and another version', version('2'));
  expect([failure(next), next.lost]).toEqual(['', []]);
  const after = tasks();
  expect([after.length, after[0] === before[0]]).toEqual([1, false]);
  expect(docker('logs', after[0] ?? '')).toBe('migrating to 2');
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('one that fails stops the apply with its own output, and the old version serves on', async () => {
  const serving = site.running('shop-');
  const failed = await site.under('a release task that fails', version('3', { BROKEN: '3' }));
  expect([failed.code, failed.lost]).toEqual([1, []]);
  expect(unwrapped(failed.output)).toContain(
    'the release task of engine-test-release/shop failed; the old version goes on serving',
  );
  expect(failed.output).toContain('migrating to 3');
  expect(site.running('shop-')).toEqual(serving);
  expect((await once(PORT, '/')).body).toBe('2');
});

test('the same again fails the plan, and says how to run it again', async () => {
  const again = await site.under('the same again', version('3', { BROKEN: '3' }));
  expect([again.code, again.lost]).toEqual([1, []]);
  expect(again.output).toMatch(/terraform apply\s+-replace=docker_container.shop_shop-release/);
});

test('a corrected one goes through, and nothing is lost', async () => {
  const corrected = await site.under('a corrected release task', version('4'));
  expect([failure(corrected), corrected.lost]).toEqual(['', []]);
  expect((await once(PORT, '/')).body).toBe('4');
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

/** Takes half a second for what it has begun, and says when it is done with that. */
const WORKS = `
import os, signal, sys, time
def stop(*_):
    time.sleep(0.5)
    print('done', flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print('works on', os.environ['VERSION'], flush=True)
while True:
    time.sleep(1)
`;

const withWorker = (VERSION: string, props: Partial<WorkerProps> = {}): Change => ({
  shop: { release, replicas: 2, environment: { VERSION } },
  beside: (stack, shop) =>
    new Worker(stack, 'queue', { like: shop, command: ['python3', '-c', WORKS], ...props }),
});

const queue = (): string[] => site.running('queue-');

/** When each container of the queue started and ended, in the order of their start, as the engine tells it to whoever listens. */
function lives(since: Date): { readonly event: string; readonly id: string }[] {
  const listed = docker(
    ...['events', '--since', since.toISOString(), '--until', new Date().toISOString()],
    ...['--filter', 'type=container', '--filter', 'event=start', '--filter', 'event=die'],
    ...['--format', '{{.Status}} {{.ID}} {{.Actor.Attributes.name}}'],
  );
  return listed
    .split('\n')
    .filter((line) => line.includes(`${site.stack}-queue`))
    .map((line) => line.split(' '))
    .map(([event = '', id = '']) => ({ event, id }));
}

test('a worker runs beside the application, in its new version after the next apply', async () => {
  const first = await site.under('a worker added', withWorker('4'));
  expect([failure(first), first.lost]).toEqual(['', []]);
  const [old = ''] = queue();
  expect(docker('logs', old)).toBe('works on 4');
  const since = new Date();
  const next = await site.under('a worker replaced', withWorker('5'));
  expect([failure(next), next.lost]).toEqual(['', []]);
  expect(queue()).toHaveLength(1);
  expect(docker('logs', queue()[0] ?? '')).toBe('works on 5');
  expect(lives(since).map(({ event }) => event)).toEqual(['start', 'die']);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('of one that is alone, there are never two', async () => {
  await site.applied(withWorker('5', { alone: true }));
  const since = new Date();
  const next = await site.under('a worker that is alone replaced', withWorker('6', { alone: true }));
  expect([failure(next), next.lost]).toEqual(['', []]);
  expect(lives(since).map(({ event }) => event)).toEqual(['die', 'start']);
  expect(docker('logs', queue()[0] ?? '')).toBe('works on 6');
  expect(await site.deployment.planIsEmpty()).toBe(true);
});
