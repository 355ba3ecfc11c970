import { failure } from './deployment';
import { crash, docker, running } from './docker';
import { once, servesAgain } from './load';
import { Rollouts } from './rollouts';

const PORT = 8325;
const ROUTES = ['/', '/api/', '/static/site.css'].map((path) => ({ port: PORT, path }));

let site: Rollouts;

beforeAll(async () => {
  site = await Rollouts.start('restarts', PORT);
  const { code, output } = await site.apply();
  if (code !== 0) throw new Error(failure({ code, output }));
});

afterAll(() => site.end());

test.each(['web-gate', 'web-nginx', 'shop-0', 'api-0'])(
  '11: %s killed alone comes back without an apply',
  async (part) => {
    crash('restarts', part);
    expect(await servesAgain(ROUTES, 60)).toBeLessThan(30);
    expect(await site.deployment.planIsEmpty()).toBe(true);
  },
);

test('11: all of them stopped and started, their memory lost', async () => {
  const all = running('restarts');
  docker('stop', '-t', '2', ...all);
  docker('start', ...all.reverse());
  expect(await servesAgain(ROUTES, 60)).toBeLessThan(60);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('11: after a prune an apply puts the helpers back, and nothing is lost', async () => {
  docker('container', 'prune', '-f', '--filter', 'label=cdktf-wsgi.stack=restarts');
  const { code, output, lost } = await site.under('11: an apply after a prune', {});
  expect(failure({ code, output })).toBe('');
  expect(lost).toEqual([]);
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
  const { lost } = await site.during('12: an application killed in mid-request', async () => {
    crash('restarts', 'shop-0');
    await servesAgain(ROUTES, 60);
    return { code: 0, output: '' };
  });
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.filter((each) => each.startsWith('/api') || each.startsWith('/static'))).toEqual([]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});
