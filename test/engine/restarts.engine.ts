import { failure } from './deployment';
import { docker, dockerCan, dockerLines } from './docker';
import { killFirstProcess, livesOf } from './kill';
import { once, servesAgain } from './load';
import { Rollouts } from './rollouts';

const PORT = 8325;
const ROUTES = ['/', '/api/', '/static/site.css'].map((path) => ({ port: PORT, path }));

let site: Rollouts;

beforeAll(async () => {
  site = await Rollouts.start('restarts', PORT);
  await site.applied();
});

afterAll(() => site.end());

const PARTS = ['web-gate', 'web-nginx', 'shop-0', 'api-0'] as const;

test.each(PARTS)(
  '11: %s killed alone by the kernel comes back without an apply, and nothing else does',
  async (part) => {
    const killed = site.only(part);
    const before = livesOf(PARTS.map((each) => site.only(each)));
    killFirstProcess(killed);
    expect(await servesAgain(ROUTES, 60)).toBeLessThan(30);
    const after = livesOf(PARTS.map((each) => site.only(each)));
    expect(after.map(({ restarts }, at) => restarts - (before[at]?.restarts ?? 0))).toEqual(
      PARTS.map((each) => (each === part ? 1 : 0)),
    );
    expect(site.only(part)).toBe(killed);
    expect(await site.deployment.planIsEmpty()).toBe(true);
  },
);

/** A file in each kind of memory: one that is a container's own, and those that containers share. */
const MARKS = [
  ['web-gate', '/tmp/mark'],
  ['web-nginx', '/tmp/mark'],
  ['web-nginx', '/run/edge/mark'],
  ['shop-0', '/run/wsgi/mark'],
  ['api-0', '/run/wsgi/mark'],
  ['api-0', '/tmp/mark'],
] as const;

test('11: all of them stopped and started, their memory lost as at a reboot', async () => {
  for (const [part, file] of MARKS) docker('exec', site.only(part), 'touch', file);
  const all = site.running();
  docker('stop', '-t', '2', ...all);
  expect(site.running()).toEqual([]);
  docker('start', ...all.reverse());
  expect(await servesAgain(ROUTES, 60)).toBeLessThan(60);
  const left = MARKS.filter(([part, file]) => dockerCan('exec', site.only(part), 'test', '-e', file));
  expect(left).toEqual([]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('11: after a prune an apply puts the helpers back, and nothing is lost', async () => {
  const helpers = (): string[] =>
    dockerLines(
      ...['ps', '-aq', '--filter', `label=cdktf-wsgi.stack=${site.stack}`],
      ...['--filter', 'status=exited', '--filter', 'status=created'],
    );
  const before = helpers().length;
  docker('container', 'prune', '-f', '--filter', `label=cdktf-wsgi.stack=${site.stack}`);
  expect([before > 0, helpers()]).toEqual([true, []]);
  expect(await site.deployment.planIsEmpty()).toBe(false);
  const outcome = await site.under('11: an apply after a prune', {});
  expect([failure(outcome), outcome.lost]).toEqual(['', []]);
  expect([outcome.begun, outcome.gone, helpers().length]).toEqual([[], [], before]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('12: a worker killed in mid-request costs that request alone', async () => {
  const { lost } = await site.during('12: a worker killed in mid-request', async () => {
    const { status } = await once(PORT, '/die');
    expect(status).toBe(502);
    return { code: 0, output: '' };
  });
  expect(lost).toEqual([]);
});

test('12: an application killed in mid-request comes back by itself, and everything else serves', async () => {
  const restarts = (): number | undefined => livesOf([site.only('shop-0')])[0]?.restarts;
  const before = restarts() ?? 0;
  const outcome = await site.during('12: an application killed in mid-request', async () => {
    const slow = once(PORT, '/slow');
    await new Promise((done) => setTimeout(done, 500));
    killFirstProcess(site.only('shop-0'));
    expect((await slow).status).toBe(502);
    await servesAgain(ROUTES, 60);
    return { code: 0, output: '' };
  });
  expect(outcome.lost.length).toBeGreaterThan(0);
  expect(outcome.lost.filter((each) => /^\/(api|static)/.test(each))).toEqual([]);
  expect([outcome.begun, outcome.gone]).toEqual([[], []]);
  expect(restarts()).toBe(before + 1);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});
