import { ConfigError, shown } from '../../errors';
import type { Duration } from '../../values/duration';
import { wholeSeconds } from '../checked/values';
import { countWithin, seconds } from './rows';
import type { Row, Rows } from './rows';

/** Processes beside the workers that do what takes long and keep state, such as a loaded model; from gunicorn 25.0. */
export interface GunicornDirtyProps {
  /**
   * Applications in them, `module:Class`, or `module:Class:2` for no more than two processes of one.
   *
   * @default - none (gunicorn)
   */
  readonly dirtyApps?: string[];
  /**
   * How many there are.
   *
   * @default 0 (gunicorn)
   */
  readonly dirtyWorkers?: number;
  /**
   * Longest time of a task; its process is killed after that.
   *
   * @default Duration.seconds(300) (gunicorn)
   */
  readonly dirtyTimeout?: Duration;
  /**
   * Tasks that one of them does at once.
   *
   * @default 1 (gunicorn)
   */
  readonly dirtyThreads?: number;
  /**
   * Time that these processes get to end when the server is told to stop, no longer than `gracefulTimeout`, after which the server kills
   * them. A task is not waited for: who asked for it is told at once that the connection is closed (27.0.1).
   *
   * @default Duration.seconds(30) (gunicorn)
   */
  readonly dirtyGracefulTimeout?: Duration;
}

const apps: Row<string[]> = (values, prop) =>
  values.map((value) => {
    if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*(?::[1-9]\d*)?$/.test(value)) {
      throw new ConfigError({
        what: `${prop} ${shown(value)} is not a module and a class`,
        fix: "give both with a ':' between them, such as 'shop.models:Recommender'",
      });
    }
    return value;
  });

export const DIRTY_ROWS: Rows<GunicornDirtyProps> = {
  dirtyApps: apps,
  dirtyWorkers: countWithin(0),
  dirtyTimeout: seconds,
  dirtyThreads: countWithin(1),
  dirtyGracefulTimeout: seconds,
};

/**
 * Refuses time that these processes would not get: the server kills them with its workers (source: `Arbiter.stop`, 27.0.1).
 *
 * @throws ConfigError that names the prop and both times.
 */
export function checkDirtyGrace({ dirtyGracefulTimeout }: GunicornDirtyProps, gracefulSeconds: number): void {
  const dirty = wholeSeconds('dirtyGracefulTimeout', dirtyGracefulTimeout) ?? 0;
  if (dirty <= gracefulSeconds) return;
  throw new ConfigError({
    what: `dirtyGracefulTimeout of ${String(dirty)} s is longer than gracefulTimeout, after whose ${String(gracefulSeconds)} s the server kills all that is left`,
    fix: `give at most Duration.seconds(${String(gracefulSeconds)}), or gracefulTimeout: Duration.seconds(${String(dirty)})`,
  });
}
