import { isAtLeast } from '../server-version';

/**
 * True for a uWSGI that loses requests when it recycles a worker with threads: a worker that has had its requests or outgrown its
 * memory hangs and keeps what it had accepted (2.0.21, 2.0.24), one that is too old ends with the requests of its other threads in it
 * (2.0.21, 2.0.24) or hangs now and then (2.0.25, 2.0.26). None was lost with 2.0.27, 2.0.28 and 2.0.31, nor with one thread (all seen).
 */
export function losesThreadsWhenRecycling(version: string): boolean {
  return !isAtLeast(version, RECYCLES_THREADS_SINCE);
}

/** Release that waits for the threads of a worker that it recycles. */
export const RECYCLES_THREADS_SINCE = '2.0.27';
