import { failure } from './deployment';
import { dockerLines, leftOf } from './docker';
import { once, startLoad } from './load';
import { Rollouts } from './rollouts';

/** Two copies of one program under two names, each on a port of its own. */
const LEFT = 8330;
const RIGHT = 8331;
let left: Rollouts;
let right: Rollouts;
const others: Rollouts[] = [];

beforeAll(async () => {
  left = await Rollouts.start('left', LEFT);
  right = await Rollouts.start('right', RIGHT);
  await left.applied();
  await right.applied();
});

afterAll(async () => {
  for (const other of others) await other.end();
  await right.end();
});

test('14: two copies of one program serve side by side, and know nothing of each other', async () => {
  expect(await left.deployment.planIsEmpty()).toBe(true);
  expect(await right.deployment.planIsEmpty()).toBe(true);
  const before = right.running();
  const change = { shop: { environment: { VERSION: '2' } } };
  const outcome = await left.under('14: one of two copies changed', change);
  expect([failure(outcome), outcome.lost, outcome.begun]).toEqual(['', [], ['shop-0']]);
  expect([(await once(LEFT, '/')).body, (await once(RIGHT, '/')).body]).toEqual(['2', '1']);
  expect(right.running()).toEqual(before);
  expect(await right.deployment.planIsEmpty()).toBe(true);
});

test('14: whatever was built is an image of its own, so that removing one never meets the removal of another', () => {
  const ids = dockerLines('image', 'ls', '-q', '--no-trunc', '--filter', 'label=cdktf-wsgi.image');
  expect(ids.length).toBeGreaterThan(5);
  expect(new Set(ids).size).toBe(ids.length);
});

test('14: a port that another stack has is an error of the apply, and the other one serves on', async () => {
  const third = await Rollouts.start('thief', LEFT);
  others.push(third);
  const load = startLoad(LEFT, ['/', '/api/'], ['/slow']);
  const { code, output } = await third.apply();
  expect((await load.stop()).lost).toEqual([]);
  expect(code).toBe(1);
  expect(output).toMatch(/port is already allocated|address already in use/);
});

test('14: one destroyed, the other serves on, and nothing of the first is left', async () => {
  const load = startLoad(RIGHT, ['/', '/api/', '/static/site.css'], ['/slow']);
  await left.end();
  expect((await load.stop()).lost).toEqual([]);
  expect(right.running().length).toBeGreaterThan(3);
  expect(leftOf(left.stack)).toEqual([]);
});
