import { isAtLeast } from '../../server-version';
import { losesThreadsWhenRecycling } from '../../uwsgi/thread-recycling';
import { CONNECTION_BYTES, WORKER_BYTES, memoryText, workerRoomBytes } from './container-room';
import type { Box } from './container-room';
import { queueSizing } from './queue-sizing';
import { derived, given, givenOr, inMebibytes, inSeconds, serverDefault } from './sized';
import type { Sized } from './sized';
import { stopGraceSeconds } from './timeouts';
import { derivedWorkers, loopsForCpus, workersForCpus } from './worker-count';
import { MEBIBYTE } from '../../values/mebibyte';

/** What a user of uWSGI has said about its numbers. */
export interface UwsgiAsked {
  readonly serverVersion: string;
  readonly processes?: number;
  readonly threads?: number;
  /** Requests that an event loop (gevent, asyncio) takes at once; absent without one. */
  readonly loopCores?: number;
  /** Mules and processes of spoolers: each has the application too. */
  readonly besideProcesses?: number;
  /** Shared memory of caches. */
  readonly cacheBytes?: number;
  readonly listen?: number;
  readonly harakiri?: number;
  readonly harakiriGracefulTimeout?: number;
  readonly maxRequests?: number;
  readonly maxRequestsDelta?: number;
  readonly maxWorkerLifetime?: number;
  readonly maxWorkerLifetimeDelta?: number;
  /** In MiB. */
  readonly reloadOnRss?: number;
  readonly workerReloadMercy?: number;
  readonly muleReloadMercy?: number;
}

/** The numbers of a uWSGI application, under the names of its props; absent is what uWSGI leaves off. */
export interface UwsgiSizing {
  readonly processes: Sized;
  readonly threads: Sized;
  readonly listen: Sized;
  readonly somaxconn: Sized;
  readonly harakiri: Sized;
  readonly maxRequests?: Sized;
  readonly maxRequestsDelta?: Sized;
  readonly maxWorkerLifetime?: Sized;
  readonly maxWorkerLifetimeDelta?: Sized;
  readonly reloadOnRss?: Sized;
  readonly workerReloadMercy: Sized;
  /** From the stop signal to SIGKILL. */
  readonly stopGrace: Sized;
}

/** Release that spreads `max-requests`. */
const DELTA_SINCE = '2.0.29';

/** Every number of a uWSGI application that its container has a say in, with the reasoning. */
export function uwsgiSizing(asked: UwsgiAsked, container: Box): UwsgiSizing {
  const box = { ...container, besideBytes: besideBytes(asked) };
  const workerBytes = Math.max(
    WORKER_BYTES + (asked.loopCores ?? 0) * CONNECTION_BYTES,
    (asked.reloadOnRss ?? 0) * MEBIBYTE,
  );
  const threads = givenOr(asked.threads, serverDefault(1));
  const forCpus =
    asked.loopCores === undefined ? workersForCpus(box, 2, 0, threads.value) : loopsForCpus(box);
  const processes =
    asked.processes === undefined
      ? derivedWorkers('processes', forCpus, box, workerBytes)
      : given(asked.processes);
  const burst =
    'a burst of 1024: on a Unix socket a full queue is refused at once, and uWSGI itself asks for 100';
  const harakiri = givenOr(
    asked.harakiri,
    derived(30, 'the longest time of a request; uWSGI itself has no limit'),
  );
  const drain = givenOr(asked.workerReloadMercy, drainAfter(harakiri.value, asked.harakiriGracefulTimeout));
  return {
    processes,
    threads,
    ...queueSizing('listen', givenOr(asked.listen, derived(1024, burst))),
    harakiri: inSeconds(harakiri),
    ...recycling(asked),
    ...reloadOnRss(asked, processes.value, workerBytes, box),
    workerReloadMercy: inSeconds(drain),
    stopGrace: stopGraceAfter(drain.value, asked.muleReloadMercy ?? 0),
  };
}

function besideBytes({ besideProcesses = 0, cacheBytes = 0 }: UwsgiAsked): number {
  return besideProcesses * WORKER_BYTES + cacheBytes;
}

/** Mules may take longer than requests do. */
function stopGraceAfter(workers: number, mules: number): Sized {
  const [name, longest] = mules > workers ? ['muleReloadMercy', mules] : ['workerReloadMercy', workers];
  return inSeconds(derived(stopGraceSeconds(longest), `${name} of ${String(longest)} s and 5 s more`));
}

/** Requests in flight may go on for as long as any request may. */
function drainAfter(harakiri: number, graceful: number = 0): Sized {
  if (harakiri === 0) return serverDefault(60);
  const names = graceful === 0 ? 'harakiri lets' : 'harakiri and harakiriGracefulTimeout let';
  return derived(harakiri + graceful, `as long as ${names} a request run`);
}

function recycling(asked: UwsgiAsked): Partial<UwsgiSizing> {
  const spread = (name: string, of: number): Sized =>
    derived(Math.floor(of / 10), `a tenth of ${name}, so that workers do not recycle together`);
  const { maxRequests, maxRequestsDelta, maxWorkerLifetime, maxWorkerLifetimeDelta } = asked;
  return {
    ...(maxRequests === undefined ? {} : { maxRequests: given(maxRequests) }),
    ...(maxRequestsDelta !== undefined ||
    (maxRequests !== undefined && isAtLeast(asked.serverVersion, DELTA_SINCE))
      ? { maxRequestsDelta: givenOr(maxRequestsDelta, spread('maxRequests', maxRequests ?? 0)) }
      : {}),
    ...(maxWorkerLifetime === undefined
      ? {}
      : {
          maxWorkerLifetime: inSeconds(given(maxWorkerLifetime)),
          maxWorkerLifetimeDelta: inSeconds(
            givenOr(maxWorkerLifetimeDelta, spread('maxWorkerLifetime', maxWorkerLifetime)),
          ),
        }),
  };
}

/**
 * The memory at which a worker is recycled after its request: its share of what is declared. RSS counts what workers have in common
 * for each of them, so that together they stay below. A share that no application fits in would recycle all the time: then none. Nor
 * is there one where recycling loses requests.
 */
function reloadOnRss(
  { reloadOnRss: asked, threads = 1, serverVersion }: UwsgiAsked,
  processes: number,
  workerBytes: number,
  box: Box,
): Pick<UwsgiSizing, 'reloadOnRss'> {
  if (asked !== undefined) return { reloadOnRss: inMebibytes(given(asked)) };
  if (threads > 1 && losesThreadsWhenRecycling(serverVersion)) return {};
  const room = workerRoomBytes(box);
  if (room === undefined || room / processes < workerBytes) return {};
  const why = `the share of one of ${String(processes)} in what ${memoryText(box)} leave beside the master and tmpfs`;
  return { reloadOnRss: inMebibytes(derived(Math.floor(room / processes / MEBIBYTE), why)) };
}
