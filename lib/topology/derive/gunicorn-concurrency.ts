/**
 * How a worker deals with more than one request at a time. A class of a user's own is `unknown`: it is sized as one that takes one
 * request at a time, and nobody counts on more than that it tells the arbiter now and then that it lives.
 */
export type Concurrency = 'processes' | 'threads' | 'loop' | 'unknown';

/** The kind of a worker class, by gunicorn's short name where it has one. */
export function concurrencyOf(workerClass: string, threads: number | undefined): Concurrency {
  // gunicorn goes by the name: with threads, whatever is called so is run as gthread (source: `worker_class`).
  if (/^sync$|SyncWorker$/.test(workerClass) && (threads ?? 1) > 1) return 'threads';
  if (workerClass === 'sync') return 'processes';
  if (workerClass === 'gthread') return 'threads';
  return /^(?:gevent(?:_wsgi|_pywsgi)?|eventlet|tornado|asgi)$|uvicorn/i.test(workerClass)
    ? 'loop'
    : 'unknown';
}

/**
 * Whether `timeout` ends a request. For other than sync workers it is a heartbeat (seen: a 5 s request passed a 2 s timeout with
 * gthread and gevent).
 */
export function limitsRequests(kind: Concurrency): boolean {
  return kind === 'processes';
}
