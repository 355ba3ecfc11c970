import fc from 'fast-check';
import { MASTER_BYTES, WORKER_BYTES } from '../../lib/topology/derive/container-room';
import type { Box } from '../../lib/topology/derive/container-room';
import { concurrencyOf } from '../../lib/topology/derive/gunicorn-concurrency';
import { gunicornSizing } from '../../lib/topology/derive/gunicorn-sizing';
import type { GunicornAsked } from '../../lib/topology/derive/gunicorn-sizing';
import type { Sized } from '../../lib/topology/derive/sized';
import { uwsgiSizing } from '../../lib/topology/derive/uwsgi-sizing';
import type { UwsgiAsked } from '../../lib/topology/derive/uwsgi-sizing';

const MEBIBYTE = 1024 ** 2;
const TMP = 64 * MEBIBYTE;

function box(cpus?: number, mebibytes?: number): Box {
  return {
    ...(cpus === undefined ? {} : { cpus }),
    ...(mebibytes === undefined ? {} : { memoryBytes: mebibytes * MEBIBYTE }),
    tmpfsBytes: TMP,
  };
}

const values = (sizing: object) =>
  Object.fromEntries(Object.entries(sizing).map(([name, sized]) => [name, (sized as Sized).value]));

describe('gunicorn is sized by class, cpus and memory', () => {
  test.each<[string, Partial<GunicornAsked>, Box, Record<string, number>]>([
    ['sync', {}, box(), { workers: 3, threads: 1 }],
    ['sync', {}, box(2), { workers: 5, threads: 1 }],
    ['sync', {}, box(0.5), { workers: 2 }],
    ['sync', {}, box(4, 512), { workers: 6 }],
    ['sync', {}, box(4, 176), { workers: 1 }],
    ['sync', { threads: 4 }, box(2), { workers: 2, threads: 4 }],
    ['sync', { threads: 32 }, box(1), { workers: 2, threads: 32 }],
    ['gthread', { threads: 4, workerConnections: 9 }, box(8), { workers: 8, workerConnections: 9 }],
    ['gthread', { threads: 4 }, box(1, 180), { workers: 1 }],
    ['gthread', {}, box(2), { workers: 4, threads: 2 }],
    ['gthread', { threads: 8 }, box(4), { workers: 2 }],
    ['gevent', {}, box(), { workers: 2, workerConnections: 1000 }],
    ['gevent', {}, box(3), { workers: 3 }],
    ['gevent', {}, box(3, 512), { workers: 3, workerConnections: 1000 }],
    ['gevent', { workers: 4 }, box(3, 512), { workers: 4, workerConnections: 576 }],
    ['gevent', {}, box(1, 177), { workers: 1, workerConnections: 16 }],
    ['gevent', { workers: 1 }, box(1, 96), { workers: 1, workerConnections: 16 }],
    ['gevent', { workerConnections: 4000 }, box(4, 1024), { workers: 2, workerConnections: 4000 }],
    ['gevent', { workers: 1 }, box(1, 177 + 1 / 16), { workerConnections: 17 }],
    ['gevent', { workers: 1 }, box(1, 177 - 1 / 16), { workerConnections: 16 }],
    ['gevent', { workers: 1 }, box(1, 238.5 - 1 / 16), { workerConnections: 999 }],
    ['gevent', { workers: 1 }, box(1, 238.5 + 1 / 16), { workerConnections: 1000 }],
    ['asgi', { workerConnections: 50 }, box(1, 256), { workers: 1, workerConnections: 50 }],
    ['uvicorn_worker.UvicornWorker', {}, box(4), { workers: 4 }],
    ['shop.workers.Own', {}, box(2), { workers: 5 }],
    ['sync', { workers: { perCpu: 1, extra: 0 } }, box(4), { workers: 4 }],
    ['sync', { workers: { perCpu: 2, extra: 1 } }, box(16, 256), { workers: 2 }],
    ['gevent', { workers: { perCpu: 2, extra: 1 } }, box(16, 256), { workers: 1 }],
    ['sync', { workers: 9 }, box(1, 128), { workers: 9 }],
    ['sync', { dirtyWorkers: 4 }, box(4, 512), { workers: 2 }],
    ['sync', { dirtyWorkers: 8 }, box(4, 688), { workers: 1 }],
    ['gevent', { workers: 2, dirtyWorkers: 3 }, box(3, 512), { workers: 2, workerConnections: 640 }],
    ['sync', { maxRequests: 1000 }, box(), { maxRequests: 1000, maxRequestsJitter: 100 }],
    ['sync', { maxRequests: 1000, maxRequestsJitter: 0 }, box(), { maxRequestsJitter: 0 }],
    ['sync', {}, box(), { backlog: 2048, somaxconn: 4096, timeout: 30, gracefulTimeout: 30, stopGrace: 35 }],
    ['sync', { backlog: 4096 }, box(), { backlog: 4096, somaxconn: 4096 }],
    ['sync', { backlog: 4097 }, box(), { backlog: 4097, somaxconn: 4097 }],
    ['sync', {}, box(1, 240), { workers: 2 }],
    ['sync', {}, box(1, 240 - 1 / 16), { workers: 1 }],
    ['sync', { timeout: 31 }, box(), { gracefulTimeout: 31, stopGrace: 36 }],
    ['sync', { timeout: 29 }, box(), { gracefulTimeout: 30, stopGrace: 35 }],
    ['sync', { backlog: 9000 }, box(), { backlog: 9000, somaxconn: 9000 }],
    ['sync', { timeout: 120 }, box(), { gracefulTimeout: 120, stopGrace: 125 }],
    ['gevent', { timeout: 120 }, box(), { gracefulTimeout: 30 }],
    ['shop.workers.Own', { timeout: 120 }, box(), { gracefulTimeout: 30 }],
    ['sync', { timeout: 120, gracefulTimeout: 5 }, box(), { gracefulTimeout: 5, stopGrace: 10 }],
  ])('%s %j in %j: %j', (workerClass, asked, room, expected) => {
    expect(values(gunicornSizing({ workerClass, ...asked }, room))).toMatchObject(expected);
  });

  test.each(['sync', 'gthread', 'tornado', 'asgi', 'uvicorn_worker.UvicornWorker'])(
    'nobody counts connections for %s, which minds no such number or has it by its threads',
    (workerClass) => {
      expect(gunicornSizing({ workerClass }, box(1, 256))).not.toHaveProperty('workerConnections');
    },
  );

  test('a sync worker with threads is one of gthread', () => {
    expect(concurrencyOf('sync', 2)).toBe('threads');
    expect(concurrencyOf('shop.OwnSyncWorker', 2)).toBe('threads');
    expect(concurrencyOf('sync', 1)).toBe('processes');
    expect(concurrencyOf('shop.OwnSyncWorker', 1)).toBe('unknown');
  });
});

const asked: UwsgiAsked = { serverVersion: '2.0.30' };

describe('uWSGI is sized by cpus and memory', () => {
  test.each<[Partial<UwsgiAsked>, Box, Record<string, number>]>([
    [{}, box(), { processes: 2, threads: 1, listen: 1024, somaxconn: 4096 }],
    [{}, box(4), { processes: 8 }],
    [{}, box(0.5), { processes: 1 }],
    [{ threads: 4 }, box(4), { processes: 4 }],
    [{ loopCores: 100 }, box(1), { processes: 2 }],
    [{}, box(4, 512), { processes: 6, reloadOnRss: 66 }],
    [{ processes: 2 }, box(4, 512), { processes: 2, reloadOnRss: 200 }],
    [{ besideProcesses: 12 }, box(4, 1152), { processes: 4, reloadOnRss: 68 }],
    [{ besideProcesses: 12 }, box(4, 944), { processes: 1 }],
    [{ besideProcesses: 12, processes: 1 }, box(4, 384), { processes: 1 }],
    [{ loopCores: 1000 }, box(4, 512), { processes: 3, reloadOnRss: 133 }],
    [{ cacheBytes: 200 * MEBIBYTE }, box(4, 512), { processes: 3, reloadOnRss: 66 }],
    [{ reloadOnRss: 300 }, box(4, 1024), { processes: 3, reloadOnRss: 300 }],
    [{ listen: 8192 }, box(), { listen: 8192, somaxconn: 8192 }],
    [{}, box(), { harakiri: 30, workerReloadMercy: 30, stopGrace: 35 }],
    [{ harakiri: 120 }, box(), { workerReloadMercy: 120, stopGrace: 125 }],
    [{ harakiri: 0 }, box(), { workerReloadMercy: 60 }],
    [{ harakiri: 10, harakiriGracefulTimeout: 100 }, box(), { workerReloadMercy: 110, stopGrace: 115 }],
    [{ workerReloadMercy: 7 }, box(), { stopGrace: 12 }],
    [{ maxRequests: 500 }, box(), { maxRequests: 500, maxRequestsDelta: 50 }],
    [{ maxWorkerLifetime: 3600 }, box(), { maxWorkerLifetimeDelta: 360 }],
  ])('%j in %j: %j', (over, room, expected) => {
    expect(values(uwsgiSizing({ ...asked, ...over }, room))).toMatchObject(expected);
  });

  test('a release without max-requests-delta gets none', () => {
    const sizing = uwsgiSizing({ serverVersion: '2.0.28', maxRequests: 500 }, box());
    expect(sizing).not.toHaveProperty('maxRequestsDelta');
  });

  test('nobody is recycled by memory where that loses the requests of threads', () => {
    const threads = (serverVersion: string): object =>
      uwsgiSizing({ serverVersion, threads: 4, processes: 2 }, box(4, 512));
    expect(threads('2.0.26')).not.toHaveProperty('reloadOnRss');
    expect(threads('2.0.27')).toHaveProperty('reloadOnRss');
    expect(uwsgiSizing({ serverVersion: '2.0.21', processes: 2 }, box(4, 512))).toHaveProperty('reloadOnRss');
  });

  test('a share that no application fits in recycles nobody', () => {
    expect(values(uwsgiSizing({ ...asked, processes: 2 }, box(1, 240)))).toMatchObject({ reloadOnRss: 64 });
    expect(uwsgiSizing({ ...asked, processes: 2 }, box(1, 240 - 1 / 16))).not.toHaveProperty('reloadOnRss');
    expect(uwsgiSizing({ ...asked, processes: 8 }, box(1, 256))).not.toHaveProperty('reloadOnRss');
    expect(uwsgiSizing(asked, box(1))).not.toHaveProperty('reloadOnRss');
  });
});

test('every number says where it comes from, and a derived one from what', () => {
  const sizing = gunicornSizing({ workerClass: 'sync', backlog: 100 }, box(2));
  expect(sizing.backlog).toEqual({ value: 100, from: 'given' });
  expect(sizing.threads).toEqual({ value: 1, from: 'server' });
  expect(sizing.workers).toEqual({ value: 5, from: 'derived', why: '2 for each of 2 cpus, and 1' });
  expect(gunicornSizing({ workerClass: 'sync' }, box(8, 256)).workers.why).toBe(
    '256 MiB of memory hold 2 of 64 MiB each; 2 for each of 8 cpus, and 1 would be 17',
  );
  expect(gunicornSizing({ workerClass: 'sync', dirtyWorkers: 4 }, box(8, 512)).workers.why).toBe(
    '512 MiB of memory, with 256 MiB for what runs beside the workers, hold 2 of 64 MiB each; 2 for each of 8 cpus, and 1 would be 17',
  );
  expect(gunicornSizing({ workerClass: 'gevent' }, box()).timeout.why).toContain('a heartbeat');
});

describe('for any cpus and memory the result fits its container', () => {
  const boxes = fc
    .record({
      cpus: fc.option(fc.double({ min: 0.01, max: 128, noNaN: true }), { nil: undefined }),
      mebibytes: fc.integer({ min: 6, max: 65_536 }),
      tmpfs: fc.integer({ min: 1, max: 512 }),
    })
    .map(({ cpus, mebibytes, tmpfs }) => ({ ...box(cpus, mebibytes), tmpfsBytes: tmpfs * MEBIBYTE }));
  const threads = fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined });

  const fits = (used: number, { memoryBytes = 0, tmpfsBytes }: Box): boolean =>
    MASTER_BYTES + tmpfsBytes + used <= memoryBytes;
  /** Undefined where the memory is refused, which it is where it holds no worker. */
  const sized = <T>(size: () => T, least: number, room: Box): T | undefined => {
    if (fits(least, room)) return size();
    expect(size).toThrow('holds no worker');
    return undefined;
  };

  test('gunicorn: its workers and the connections that they hold', () => {
    const formula = fc.record({
      perCpu: fc.double({ min: 0, max: 64, noNaN: true }),
      extra: fc.integer({ min: 0, max: 64 }),
    });
    const askedOf = fc.record(
      {
        workerClass: fc.constantFrom('sync', 'gthread', 'gevent', 'tornado', 'asgi', 'a.Class'),
        workers: formula,
        threads: fc.integer({ min: 1, max: 64 }),
        dirtyWorkers: fc.integer({ min: 0, max: 16 }),
        workerConnections: fc.integer({ min: 1, max: 20_000 }),
      },
      { requiredKeys: ['workerClass'] },
    );
    fc.assert(
      fc.property(boxes, askedOf, (room, asked) => {
        const others = (asked.dirtyWorkers ?? 0) * WORKER_BYTES;
        const held = asked.workerClass === 'gevent' ? (asked.workerConnections ?? 16) : 0;
        const least = others + WORKER_BYTES + held * 64 * 1024;
        const sizing = sized(() => gunicornSizing(asked, room), least, room);
        if (sizing === undefined) return;
        const connections = sizing.workerConnections?.value ?? 0;
        const worker = WORKER_BYTES + (held === 0 ? 0 : connections) * 64 * 1024;
        expect(sizing.workers.value).toBeGreaterThanOrEqual(1);
        expect(fits(others + sizing.workers.value * worker, room)).toBe(true);
        expect(sizing.backlog.value).toBeLessThanOrEqual(sizing.somaxconn.value);
        expect(sizing.gracefulTimeout.value).toBeLessThan(sizing.stopGrace.value);
      }),
      { numRuns: 500 },
    );
  });

  test('uWSGI: its workers, at the memory at which they are recycled, and what runs beside them', () => {
    const optional = (max: number): fc.Arbitrary<number> =>
      fc.oneof(fc.constant(0), fc.integer({ min: 1, max }));
    const beside = fc.record({
      mules: optional(16),
      spooler: optional(8),
      loopCores: optional(2000),
      cache2: optional(1024),
      reloadOnRss: optional(4096),
    });
    fc.assert(
      fc.property(
        boxes,
        threads,
        beside,
        (room, count, { mules, spooler, loopCores, cache2, reloadOnRss }) => {
          const worker = Math.max(WORKER_BYTES + loopCores * 64 * 1024, reloadOnRss * MEBIBYTE);
          const others = (mules + spooler) * WORKER_BYTES + cache2 * MEBIBYTE;
          const size = () =>
            uwsgiSizing(
              {
                ...asked,
                ...(count === undefined ? {} : { threads: count }),
                ...(loopCores === 0 ? {} : { loopCores }),
                besideProcesses: mules + spooler,
                cacheBytes: cache2 * MEBIBYTE,
                ...(reloadOnRss === 0 ? {} : { reloadOnRss }),
              },
              room,
            );
          const sizing = sized(size, others + worker, room);
          if (sizing === undefined) return;
          const recycledAt = (sizing.reloadOnRss?.value ?? 0) * MEBIBYTE;
          const processes = sizing.processes.value;
          expect(processes).toBeGreaterThanOrEqual(1);
          expect(fits(processes * Math.max(recycledAt, worker) + others, room)).toBe(true);
          expect(sizing.listen.value).toBeLessThanOrEqual(sizing.somaxconn.value);
          expect(sizing.workerReloadMercy.value).toBeLessThan(sizing.stopGrace.value);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('threads never make more than four for a cpu, but for the two workers that there have to be', () => {
    fc.assert(
      fc.property(boxes, fc.integer({ min: 2, max: 64 }), (room, count) => {
        const free = { ...room, memoryBytes: 64 * 1024 * MEBIBYTE };
        const { workers } = gunicornSizing({ workerClass: 'gthread', threads: count }, free);
        expect(workers.value <= 2 || workers.value * count <= 4 * (room.cpus ?? 1)).toBe(true);
      }),
    );
  });
});
