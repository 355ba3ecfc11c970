import { GENERATION_HOSTNAME, engineName, uniqueName } from '../../lib/docker/names';
import { capability, cpuLimits, goDuration, memoryLimits } from '../../lib/docker/normal-forms';
import { specHash } from '../../lib/docker/spec-hash';

test.each([
  [0, '0s'],
  [500, '500ms'],
  [5000, '5s'],
  [1500, '1.5s'],
  [60_000, '1m0s'],
  [90_000, '1m30s'],
  [3_600_000, '1h0m0s'],
])('%p milliseconds are %p to Go', (milliseconds, text) => {
  expect(goDuration(milliseconds)).toBe(text);
});

test('capabilities have their prefix, but for ALL', () => {
  expect(['chown', 'CAP_CHOWN', 'ALL'].map(capability)).toEqual(['CAP_CHOWN', 'CAP_CHOWN', 'ALL']);
});

test('memory is stated with its swap, cpus as period and quota', () => {
  expect(memoryLimits(256 * 1024 ** 2)).toEqual({ memory: 256, memorySwap: 256 });
  expect(memoryLimits(256 * 1024 ** 2 + 1)).toEqual({ memory: 257, memorySwap: 257 });
  expect(cpuLimits(0.5)).toEqual({ cpuPeriod: 100_000, cpuQuota: 50_000 });
  expect([memoryLimits(undefined), cpuLimits(undefined)]).toEqual([{}, {}]);
});

test('names are readable, unique and new at each creation', () => {
  expect(uniqueName('My Site', 'web/nginx')).toBe('my-site-web-nginx-${substr(uuid(),0,8)}');
  expect(uniqueName('s'.repeat(80), 'x')).toHaveLength(48 + '-${substr(uuid(),0,8)}'.length);
  expect(GENERATION_HOSTNAME).toBe('${formatdate("YYYYMMDDhhmmss", timestamp())}-${substr(uuid(),0,8)}');
});

test('the hash of a plan does not depend on the order of its members, and on everything else', () => {
  expect(specHash({ a: 1, b: { c: 2, d: 3 } })).toBe(specHash({ b: { d: 3, c: 2 }, a: 1 }));
  expect(specHash({ a: [1, 2] })).not.toBe(specHash({ a: [2, 1] }));
});

test.each([
  ['Site', 'site'],
  ['a/b c', 'a-b-c'],
  ['a__b..c', 'a-b-c'],
  ['-x-', 'x'],
  ['é', 'unnamed'],
])('%p is %p to the engine, whose image names are strictest', (name, letters) => {
  expect(engineName(name)).toBe(letters);
});
