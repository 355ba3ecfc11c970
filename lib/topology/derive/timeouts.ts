import type { App } from '../topology';
import { concurrencyOf, limitsRequests } from './gunicorn-concurrency';
import type { UwsgiApp } from '../uwsgi-app';

/** Seconds by which each outer limit exceeds the inner one, so that the innermost one acts first. */
const STEP_SECONDS = 5;

/** How long a client's request may wait at nginx when nothing bounds the application. */
const UNBOUNDED_READ_MS = 60_000;

/** How long a WebSocket may be silent: as long as the gate keeps a connection on which nothing moves. */
export const IDLE_SOCKET_MS = 3_600_000;

/** Longest time a request may take before the application's server ends it, in milliseconds; undefined when nothing does. */
export function requestTimeoutMs(app: App): number | undefined {
  if (app.server === 'uwsgi') return harakiriMs(app);
  const { workerClass, threads, timeoutSeconds } = app;
  const bounded = limitsRequests(concurrencyOf(workerClass, threads)) && timeoutSeconds > 0;
  return bounded ? timeoutSeconds * 1000 : undefined;
}

/**
 * A worker has one harakiri, which every request of it sets anew and every answer takes away (source: `set_harakiri`): with many
 * requests in one worker it watches the worker, and no request. Nor is there a limit where it acts only on a long queue.
 */
function harakiriMs({ harakiriSeconds, settings }: UwsgiApp): number | undefined {
  const unbounded = ['gevent', 'asyncio', 'harakiri-queue-threshold'].some((name) =>
    Object.hasOwn(settings, name),
  );
  if (harakiriSeconds === 0 || unbounded) return undefined;
  const mercy = settings['harakiri-graceful-timeout'];
  return (harakiriSeconds + (typeof mercy === 'number' ? mercy : 0)) * 1000;
}

/**
 * How long nginx waits for an answer: a step longer than the application's own limit, so that the worker is
 * freed before the client hears 504 (the other way round the worker goes on with a request nobody waits for).
 */
export function readTimeoutMs(applicationLimitMs: number | undefined): number {
  return applicationLimitMs === undefined ? UNBOUNDED_READ_MS : applicationLimitMs + STEP_SECONDS * 1000;
}

/**
 * Seconds of silence after which uWSGI's own router gives a request up: a step longer than `harakiri`, for the same reason. Undefined
 * where nothing bounds the application, and uWSGI's 60 s stand.
 */
export function routerTimeoutSeconds(app: UwsgiApp): number | undefined {
  const limit = app.http ? harakiriMs(app) : undefined;
  return limit === undefined ? undefined : limit / 1000 + STEP_SECONDS;
}

/** Seconds that a server gives its requests in flight, and its mules, when it is told to stop. */
export function drainSeconds(app: App): number {
  if (app.server === 'gunicorn') return app.gracefulTimeoutSeconds;
  const mules = app.settings['mule-reload-mercy'];
  return Math.max(app.reloadMercySeconds, typeof mules === 'number' ? mules : 0);
}

/** Seconds from the stop signal to SIGKILL: a step longer than the server's own drain. */
export function stopGraceSeconds(drain: number): number {
  return drain + STEP_SECONDS;
}
