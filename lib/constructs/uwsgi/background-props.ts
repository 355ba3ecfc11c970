import type { Duration } from '../../values/duration';
import type { UwsgiCron } from './cron';
import type { UwsgiTimer } from './timer';
import type { UwsgiDaemon } from './daemon';
import type { UwsgiCache } from './cache';
import { ConfigError, shown } from '../../errors';
import { item } from '../checked/values';
import { count, lines, paths, seconds, texts } from './conversion';
import type { Conversions, UwsgiSettings } from './conversion';

/** Work beside the requests. */
export interface UwsgiBackgroundProps {
  /**
   * Directories of tasks that the application leaves to spooler processes; each is a mount of its own, such as `Mount.volume`. A stop
   * of the server kills a task that has run for another second, whatever `workerReloadMercy` says; its file stays, and the next server
   * does it again from the start.
   *
   * @default - none (uWSGI)
   */
  readonly spooler?: string[];
  /**
   * Processes of each spooler.
   *
   * @default 1 (uWSGI)
   */
  readonly spoolerProcesses?: number;
  /**
   * Longest time of a task.
   *
   * @default - unlimited (uWSGI)
   */
  readonly spoolerHarakiri?: Duration;
  /**
   * Commands at times of the clock, in UTC; with replicas, in each of them.
   *
   * @default - none (uWSGI)
   */
  readonly cron?: UwsgiCron[];
  /**
   * Signals at intervals, which the application has a function for.
   *
   * @default - none (uWSGI)
   */
  readonly timer?: UwsgiTimer[];
  /**
   * Programs of mules, which run beside the workers: Python files such as `mule.py`, or functions such as `shop.mule:run`, which are
   * called without arguments.
   *
   * @default - none (uWSGI)
   */
  readonly mule?: string[];
  /**
   * Mules without a program, for functions that the application sends to them.
   *
   * @default 0 (uWSGI)
   */
  readonly mules?: number;
  /**
   * Longest time of what a mule was sent.
   *
   * @default - unlimited (uWSGI)
   */
  readonly muleHarakiri?: Duration;
  /**
   * Time that mules get to end when the server is told to stop.
   *
   * @default - `workerReloadMercy` (uWSGI: 60 s)
   */
  readonly muleReloadMercy?: Duration;
  /**
   * Programs that live and end with the server, within about a second of its stop; a `Worker` has a container of its own instead, and
   * time to finish: `stopGrace`.
   *
   * @default - none (uWSGI)
   */
  readonly attachDaemon2?: UwsgiDaemon[];
  /**
   * Caches in shared memory, for the application and for routes.
   *
   * @default - none (uWSGI)
   */
  readonly cache2?: UwsgiCache[];
}

/** Process ids of a kernel that nobody has told more. */
const MOST_PROCESSES = 32_767;

/** Seen: a name of anything else starts a mule that has no program. */
const MULE = {
  convert: (programs: readonly string[], prop: string): UwsgiSettings => {
    programs.forEach((program, at) => {
      if (program === '' || /\.py$|^[A-Za-z_][\w.]*:[A-Za-z_]\w*$/.test(program)) return;
      throw new ConfigError({
        what: `${item(prop, at)} ${shown(program)} is neither a Python file nor a function: the mule would do nothing`,
        fix: "give a file such as 'mule.py' or a function such as 'shop.mule:run'; mules has those without a program",
      });
    });
    return texts('mule').convert(programs, prop);
  },
};

/** The options that the props become. */
export const UWSGI_BACKGROUND_OPTIONS: Conversions<UwsgiBackgroundProps> = {
  spooler: paths('spooler'),
  spoolerProcesses: count('spooler-processes', 1, MOST_PROCESSES),
  spoolerHarakiri: seconds('spooler-harakiri'),
  cron: lines('cron'),
  timer: lines('timer'),
  mule: MULE,
  mules: count('mules', 1, MOST_PROCESSES),
  muleHarakiri: seconds('mule-harakiri'),
  muleReloadMercy: seconds('mule-reload-mercy'),
  attachDaemon2: lines('attach-daemon2'),
  cache2: lines('cache2'),
};
