import { ConfigError } from '../errors';
import type { AppBase } from '../topology/app';
import { boxOf } from '../topology/derive/container-room';
import { gunicornSizing } from '../topology/derive/gunicorn-sizing';
import type { GunicornAsked } from '../topology/derive/gunicorn-sizing';
import type { GunicornApp } from '../topology/gunicorn-app';
import { givenCount, wholeSeconds } from './checked';
import type { GunicornAppProps } from './gunicorn-app';
import { classOf } from './gunicorn-combination';
import { given, unlessServers } from './model-members';

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

/** How many and how long, from what the user says and what the container may use. */
export function sizedNumbers(props: GunicornAppProps, base: AppBase): SizedNumbers {
  const sizing = gunicornSizing(askedOf(props), boxOf(base));
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
    ...givenCount('threads', props.threads),
    ...givenCount('workerConnections', props.workerConnections),
    ...givenCount('backlog', props.backlog),
    ...recyclingOf(props),
    ...given('timeout', wholeSeconds('timeout', timeout)),
    ...given('gracefulTimeout', wholeSeconds('gracefulTimeout', gracefulTimeout)),
    ...givenCount('dirtyWorkers', props.dirtyWorkers, 0),
  };
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
  return workers;
}
