import { CONNECTION_BYTES, WORKER_BYTES, mebibytesText, workerRoomBytes } from './container-room';
import type { Box } from './container-room';
import { concurrencyOf, limitsRequests } from './gunicorn-concurrency';
import type { Concurrency } from './gunicorn-concurrency';
import { queueSizing } from './queue-sizing';
import { derived, given, givenOr, inSeconds, serverDefault } from './sized';
import type { Sized } from './sized';
import { stopGraceSeconds } from './timeouts';
import { derivedWorkers, loopsForCpus, workersForCpus } from './worker-count';
import type { CpuRule } from './worker-count';

/** A number of workers, or a formula of the declared cpus. */
export type WorkersAsked = number | { readonly perCpu: number; readonly extra: number };

/** What a user of gunicorn has said about its numbers. */
export interface GunicornAsked {
  readonly workerClass: string;
  readonly workers?: WorkersAsked;
  readonly threads?: number;
  readonly workerConnections?: number;
  readonly backlog?: number;
  readonly maxRequests?: number;
  readonly maxRequestsJitter?: number;
  readonly timeout?: number;
  readonly gracefulTimeout?: number;
  readonly dirtyWorkers?: number;
}

/** The numbers of a gunicorn application, under the names of its props; absent is what has no meaning for its workers. */
export interface GunicornSizing {
  readonly workers: Sized;
  readonly threads: Sized;
  readonly workerConnections?: Sized;
  readonly backlog: Sized;
  readonly somaxconn: Sized;
  readonly maxRequests?: Sized;
  readonly maxRequestsJitter?: Sized;
  readonly timeout: Sized;
  readonly gracefulTimeout: Sized;
  /** From the stop signal to SIGKILL. */
  readonly stopGrace: Sized;
}

/** Connections of an asynchronous worker when gunicorn is told nothing. */
const SERVER_CONNECTIONS = 1000;

/** Fewest connections for which an asynchronous worker is worth having. */
const LEAST_CONNECTIONS = 16;

/** Seconds of both timeouts when gunicorn is told nothing. */
const SERVER_TIMEOUT = 30;

/** Threads of a gthread worker that nobody has given a number: one alone would make it a sync worker. */
const DERIVED_THREADS = 2;

/** Every number of a gunicorn application that its container has a say in, with the reasoning. */
export function gunicornSizing(asked: GunicornAsked, container: Box): GunicornSizing {
  const box = { ...container, besideBytes: (asked.dirtyWorkers ?? 0) * WORKER_BYTES };
  const kind = concurrencyOf(asked.workerClass, asked.threads);
  const threads = threadsOf(asked, kind);
  const workers = workersOf(asked, kind, threads.value, box);
  const timeout = givenOr(asked.timeout, serverDefault(SERVER_TIMEOUT, meaningOfTimeout(kind)));
  const drain = givenOr(asked.gracefulTimeout, drainAfter(timeout.value, kind));
  return {
    workers,
    threads,
    ...connectionsOf(asked, workers.value, box),
    ...queueSizing('backlog', givenOr(asked.backlog, serverDefault(2048))),
    ...recycling(asked),
    timeout: inSeconds(timeout),
    gracefulTimeout: inSeconds(drain),
    stopGrace: inSeconds(
      derived(stopGraceSeconds(drain.value), `gracefulTimeout of ${String(drain.value)} s and 5 s more`),
    ),
  };
}

function threadsOf({ threads }: GunicornAsked, kind: Concurrency): Sized {
  if (kind === 'threads') {
    const why = `two workers of ${String(DERIVED_THREADS)} for each cpu`;
    return givenOr(threads, derived(DERIVED_THREADS, why));
  }
  return givenOr(threads, serverDefault(1));
}

function workersOf(
  { workers, workerClass, workerConnections }: GunicornAsked,
  kind: Concurrency,
  threads: number,
  box: Box,
): Sized {
  if (typeof workers === 'number') return given(workers);
  const minds = mindsConnections(workerClass);
  const most = (minds ? workerConnections : undefined) ?? SERVER_CONNECTIONS;
  const least = minds ? (workerConnections ?? LEAST_CONNECTIONS) : 0;
  const bytes = (connections: number): number => WORKER_BYTES + connections * CONNECTION_BYTES;
  return derivedWorkers(
    'workers',
    cpuRuleOf(workers, kind, threads, box),
    box,
    bytes(kind === 'loop' ? most : 0),
    bytes(least),
  );
}

/** The user's own formula, or the one of the kind. */
function cpuRuleOf(
  asked: Exclude<WorkersAsked, number> | undefined,
  kind: Concurrency,
  threads: number,
  box: Box,
): CpuRule {
  if (asked !== undefined) return workersForCpus(box, asked.perCpu, asked.extra, 1);
  return kind === 'loop' ? loopsForCpus(box) : workersForCpus(box, 2, 1, threads);
}

/** As many as the server allows, or as the memory of a worker holds beside the worker itself; where the class minds the number at all. */
function connectionsOf(
  { workerConnections, workerClass }: GunicornAsked,
  workers: number,
  box: Box,
): Pick<GunicornSizing, 'workerConnections'> {
  if (workerConnections !== undefined) return { workerConnections: given(workerConnections) };
  if (!mindsConnections(workerClass)) return {};
  const share = (workerRoomBytes(box) ?? Infinity) / workers;
  const fit = Math.floor((share - WORKER_BYTES) / CONNECTION_BYTES);
  if (fit >= SERVER_CONNECTIONS) return { workerConnections: serverDefault(SERVER_CONNECTIONS) };
  const why = `what ${mebibytesText(Math.max(0, share))} for each worker hold, at 64 KiB a connection`;
  return { workerConnections: derived(Math.max(LEAST_CONNECTIONS, fit), why) };
}

/** Whether the number of connections is a limit for a class of workers. */
function mindsConnections(workerClass: string): boolean {
  return /^gevent(?:_wsgi|_pywsgi)?$/.test(workerClass);
}

function recycling({ maxRequests, maxRequestsJitter }: GunicornAsked): Partial<GunicornSizing> {
  if (maxRequests === undefined) return {};
  const tenth = derived(
    Math.floor(maxRequests / 10),
    'a tenth of maxRequests, so that workers do not recycle together',
  );
  return {
    maxRequests: given(maxRequests),
    maxRequestsJitter: givenOr(maxRequestsJitter, tenth),
  };
}

/** Requests in flight may go on for as long as any request may, where there is such a limit. */
function drainAfter(timeout: number, kind: Concurrency): Sized {
  return limitsRequests(kind) && timeout > SERVER_TIMEOUT
    ? derived(timeout, 'as long as timeout lets a request run')
    : serverDefault(SERVER_TIMEOUT);
}

function meaningOfTimeout(kind: Concurrency): string {
  if (limitsRequests(kind)) return 'the longest time of a request: its worker is killed after that';
  const heartbeat = 'a heartbeat of the worker, no limit of requests';
  return kind === 'unknown' ? `${heartbeat} as far as is known of its class` : heartbeat;
}
