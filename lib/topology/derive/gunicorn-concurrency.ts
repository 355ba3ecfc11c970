/**
 * How a worker deals with more than one request at a time. A class of a user's own is `unknown`: it is sized as one that takes one
 * request at a time, and nobody counts on more than that it tells the arbiter now and then that it lives.
 */
export type Concurrency = 'processes' | 'threads' | 'loop' | 'unknown';

/** gunicorn's own classes by the names of their modules, which a user may write as well. */
const FULL_NAMES: Readonly<Record<string, string>> = {
  'gunicorn.workers.sync.SyncWorker': 'sync',
  'gunicorn.workers.gthread.ThreadWorker': 'gthread',
  'gunicorn.workers.ggevent.GeventWorker': 'gevent',
  'gunicorn.workers.gtornado.TornadoWorker': 'tornado',
  'gunicorn.workers.gasgi.ASGIWorker': 'asgi',
};

/** The kind of a worker class. */
export function concurrencyOf(workerClass: string, threads: number | undefined): Concurrency {
  const name = Object.hasOwn(FULL_NAMES, workerClass) ? FULL_NAMES[workerClass] : workerClass;
  // gunicorn goes by the name: with threads, whatever is called so is run as gthread (source: `worker_class`).
  if (/^sync$|SyncWorker$/.test(workerClass) && (threads ?? 1) > 1) return 'threads';
  if (name === 'sync') return 'processes';
  if (name === 'gthread') return 'threads';
  return /^(?:gevent(?:_wsgi|_pywsgi)?|eventlet|tornado|asgi)$|uvicorn/i.test(name ?? '')
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
