import { ConfigError } from '../../errors';
import type { AppBase } from '../../topology/app';
import { boxOf } from '../../topology/derive/container-room';
import { gunicornSizing } from '../../topology/derive/gunicorn-sizing';
import type { GunicornAsked } from '../../topology/derive/gunicorn-sizing';
import type { GunicornApp } from '../../topology/gunicorn-app';
import type { Duration } from '../../values/duration';
import { givenCount, wholeSeconds } from '../checked/values';
import type { GunicornAppProps } from './gunicorn-app';
import { classOf } from './combination';
import { checkDirtyGrace } from './dirty-props';
import { given, unlessServers } from '../app/model-members';

/** The numbers of an application's model that the sizing decides. */
type SizedNumbers = Pick<
  GunicornApp,
  | 'workers'
  | 'threads'
  | 'workerConnections'
  | 'backlog'
  | 'timeoutSeconds'
  | 'gracefulTimeoutSeconds'
  | 'maxRequests'
  | 'maxRequestsJitter'
  | 'sizing'
>;

/** Ids of processes and threads that a kernel has unless it is told otherwise (`kernel.pid_max`). */
const MOST_PROCESSES = 32_768;

/** What every kernel takes for `net.core.somaxconn`; gunicorn does not start from 2**31 on (seen). */
const MOST_WAITING = 65_535;

/** Milliseconds are counted in 31 bits by some that wait; gunicorn answers nothing with much more (2**40 s, seen). */
const MOST_SECONDS = Math.floor((2 ** 31 - 1) / 1000);

/** How many and how long, from what the user says and what the container may use. */
export function sizedNumbers(props: GunicornAppProps, base: AppBase): SizedNumbers {
  const sizing = gunicornSizing(askedOf(props), boxOf(base));
  checkDirtyGrace(props, sizing.gracefulTimeout.value);
  return {
    workers: checkedWorkers(sizing.workers.value),
    ...unlessServers('threads', sizing.threads),
    ...unlessServers('workerConnections', sizing.workerConnections),
    backlog: sizing.backlog.value,
    timeoutSeconds: sizing.timeout.value,
    gracefulTimeoutSeconds: sizing.gracefulTimeout.value,
    ...unlessServers('maxRequests', sizing.maxRequests),
    ...unlessServers('maxRequestsJitter', sizing.maxRequestsJitter),
    sizing,
  };
}

function askedOf(props: GunicornAppProps): GunicornAsked {
  const { workers, timeout, gracefulTimeout } = props;
  return {
    workerClass: classOf(props),
    ...(workers === undefined ? {} : { workers: workers._model }),
    ...givenCount('threads', bounded('threads', props.threads, MOST_PROCESSES)),
    ...givenCount('workerConnections', props.workerConnections),
    ...givenCount('backlog', bounded('backlog', props.backlog, MOST_WAITING)),
    ...recyclingOf(props),
    ...given('timeout', secondsOf('timeout', timeout)),
    ...given('gracefulTimeout', someSeconds('gracefulTimeout', gracefulTimeout)),
    ...givenCount('dirtyWorkers', props.dirtyWorkers, 0),
  };
}

/** A number, unless it is more than can be meant. */
function bounded(prop: string, value: number | undefined, most: number): number | undefined {
  if (value === undefined || !(value > most)) return value;
  throw new ConfigError({
    what: `${prop} ${String(value)} is more than the kernel or gunicorn can count`,
    fix: `give a whole number up to ${String(most)}`,
  });
}

function secondsOf(prop: string, value: Duration | undefined): number | undefined {
  const seconds = wholeSeconds(prop, value);
  if (seconds === undefined || seconds <= MOST_SECONDS) return seconds;
  throw new ConfigError({
    what: `${prop} of ${String(seconds)} s is longer than nginx, the engine and gunicorn can all wait`,
    fix: `give at most Duration.seconds(${String(MOST_SECONDS)}), which is 24 days`,
  });
}

/** Seen: with 0 a request in flight at the stop gets no answer. */
function someSeconds(prop: string, value: Duration | undefined): number | undefined {
  const seconds = secondsOf(prop, value);
  if (seconds !== 0) return seconds;
  throw new ConfigError({
    what: `${prop} of 0 lets no request in flight finish: each rollout would lose some`,
    fix: 'give Duration.seconds(1) or more, or leave it out',
  });
}

function recyclingOf({ maxRequests, maxRequestsJitter }: GunicornAppProps) {
  if (maxRequests === undefined ? maxRequestsJitter !== undefined : isVain(maxRequests, maxRequestsJitter)) {
    throw new ConfigError({
      what: `maxRequestsJitter ${String(maxRequestsJitter)} has no effect without maxRequests, nor with 0`,
      fix: 'give maxRequests too, such as 1000, or leave the jitter out',
      rule: 'GUN-JITTER',
    });
  }
  return {
    ...givenCount('maxRequests', maxRequests, 0),
    ...givenCount('maxRequestsJitter', maxRequestsJitter, 0),
  };
}

/** A spread around nothing; no spread is as good as none there. */
function isVain(maxRequests: number, maxRequestsJitter: number = 0): boolean {
  return maxRequests === 0 && maxRequestsJitter > 0;
}

function checkedWorkers(workers: number): number {
  if (!Number.isSafeInteger(workers) || workers < 1) {
    throw new ConfigError({
      what: `workers ${String(workers)}: gunicorn would listen and never answer`,
      fix: 'give a whole number from 1',
      rule: 'GUN-WORKERS',
    });
  }
  bounded('workers', workers, MOST_PROCESSES);
  return workers;
}
