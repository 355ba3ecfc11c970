import { ReleaseTask } from 'cdktf-wsgi';
import { docker, running } from './docker';
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
  docker('ps', '-aq', '--no-trunc', '--filter', 'name=release-shop-release').split('\n');

const at = (id: string, field: string): Date => new Date(docker('inspect', '--format', `{{${field}}}`, id));

test('a release task has ended before the first generation starts', async () => {
  const { code, output } = await site.apply(version('1'));
  expect(code === 0 ? '' : output).toBe('');
  const [task = ''] = tasks();
  expect(docker('logs', task)).toBe('migrating to 1');
  const generations = running('release', 'shop-').filter((id) => id !== task);
  expect(generations).toHaveLength(2);
  for (const id of generations)
    expect(at(id, '.State.StartedAt').getTime()).toBeGreaterThan(at(task, '.State.FinishedAt').getTime());
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('it runs once for another version, and nothing is lost', async () => {
  const before = tasks();
  const { code, output, lost } = await site.under('a release task, and another version', version('2'));
  expect([code === 0 ? '' : output, lost]).toEqual(['', []]);
  const after = tasks();
  expect([after.length, after[0] === before[0]]).toEqual([1, false]);
  expect(docker('logs', after[0] ?? '')).toBe('migrating to 2');
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('one that fails stops the apply with its own output, and the old version serves on', async () => {
  const serving = running('release', 'shop-');
  const failed = await site.under('a release task that fails', version('3', { BROKEN: '3' }));
  expect([failed.code, failed.lost]).toEqual([1, []]);
  expect(failed.output).toContain('the release task of release/shop failed; the old version goes on serving');
  expect(failed.output).toContain('migrating to 3');
  expect(running('release', 'shop-')).toEqual(serving);
  expect((await once(PORT, '/')).body).toBe('2');
});

test('the same again fails the plan, and says how to run it again', async () => {
  const again = await site.under('the same again', version('3', { BROKEN: '3' }));
  expect([again.code, again.lost]).toEqual([1, []]);
  expect(again.output).toMatch(/terraform apply\s+-replace=docker_container.shop_shop-release/);
});

test('a corrected one goes through, and nothing is lost', async () => {
  const { code, output, lost } = await site.under('a corrected release task', version('4'));
  expect([code === 0 ? '' : output, lost]).toEqual(['', []]);
  expect((await once(PORT, '/')).body).toBe('4');
  expect(await site.deployment.planIsEmpty()).toBe(true);
});
