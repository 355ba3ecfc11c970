import { failure } from './deployment';
import { docker, leftOf, running } from './docker';
import { once, startLoad } from './load';
import { Rollouts } from './rollouts';

/** Two copies of one program under two names, each on a port of its own. */
const sites: Rollouts[] = [];

beforeAll(async () => {
  for (const [stack, port] of [
    ['left', 8330],
    ['right', 8331],
  ] as const) {
    const site = await Rollouts.start(stack, port);
    sites.push(site);
    const { code, output } = await site.apply();
    if (code !== 0) throw new Error(failure({ code, output }));
  }
});

test('14: two copies of one program serve side by side, and know nothing of each other', async () => {
  for (const site of sites) expect(await site.deployment.planIsEmpty()).toBe(true);
  expect((await once(8330, '/')).status).toBe(200);
  expect((await once(8331, '/')).status).toBe(200);
  const change = { shop: { environment: { VERSION: '2' } } };
  expect(await sites[0]?.under('14: one of two copies changed', change)).toMatchObject({ code: 0, lost: [] });
  expect([(await once(8330, '/')).body, (await once(8331, '/')).body]).toEqual(['2', '1']);
  expect(await sites[1]?.deployment.planIsEmpty()).toBe(true);
});

test('14: whatever was built is an image of its own, so that removing one never meets the removal of another', () => {
  const ids = docker('image', 'ls', '-q', '--no-trunc', '--filter', 'label=cdktf-wsgi.image').split('\n');
  expect(ids.length).toBeGreaterThan(5);
  expect(new Set(ids).size).toBe(ids.length);
});

test('14: a port that another stack has is an error of the apply, and the other one serves on', async () => {
  const third = await Rollouts.start('thief', 8330);
  const load = startLoad(8330, ['/', '/api/'], ['/slow']);
  const { code, output } = await third.apply();
  expect((await load.stop()).lost).toEqual([]);
  expect(code).toBe(1);
  expect(output).toMatch(/port is already allocated|address already in use/);
  await third.end();
});

test('14: one destroyed, the other serves on, and nothing of the first is left', async () => {
  const load = startLoad(8331, ['/', '/api/', '/static/site.css'], ['/slow']);
  await sites[0]?.end();
  expect((await load.stop()).lost).toEqual([]);
  expect(running('right').length).toBeGreaterThan(3);
  expect(docker('ps', '-q', '--filter', 'label=cdktf-wsgi.stack=left')).toBe('');
  await sites[1]?.end();
  expect(leftOf('right')).toEqual([]);
});
