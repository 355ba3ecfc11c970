import { ConfigError, shown } from '../../errors';
import type { AppBase } from '../../topology/app';
import { boxOf } from '../../topology/derive/container-room';
import { uwsgiSizing } from '../../topology/derive/uwsgi-sizing';
import type { UwsgiAsked } from '../../topology/derive/uwsgi-sizing';
import type { UwsgiApp } from '../../topology/uwsgi-app';
import { wholeMebibytes, wholeNumber } from '../checked/values';
import { given, unlessServers } from '../app/model-members';
import { MOST, boundedSeconds } from './conversion';
import type { UwsgiAppProps } from './uwsgi-app';

/** The numbers of an application's model that the sizing decides. */
type SizedNumbers = Pick<
  UwsgiApp,
  | 'processes'
  | 'threads'
  | 'listen'
  | 'harakiriSeconds'
  | 'reloadMercySeconds'
  | 'maxRequests'
  | 'maxRequestsDelta'
  | 'maxWorkerLifetimeSeconds'
  | 'maxWorkerLifetimeDeltaSeconds'
  | 'reloadOnRssMebibytes'
  | 'cheaper'
  | 'cheaperInitial'
  | 'cheaperStep'
  | 'sizing'
>;

/** Process and thread ids of a kernel that nobody has told more. */
const MOST_PROCESSES = 32_767;

function counted<K extends string>(
  name: K,
  value: number | undefined,
  least: number = 1,
  most: number = MOST,
): { readonly [name in K]?: number } {
  if (value !== undefined && wholeNumber(name, value, least) > most) {
    throw new ConfigError({
      what: `${name} ${shown(value)} is more than uWSGI can run with`,
      fix: `give a whole number from ${String(least)} to ${String(most)}`,
      rule: 'UWS-INT',
    });
  }
  return given(name, value);
}

/** How many and how long, from what the user says and what the container may use. */
export function sizedNumbers(props: UwsgiAppProps, base: AppBase): SizedNumbers {
  const sizing = uwsgiSizing(askedOf(props, base), boxOf(base));
  return {
    processes: checkedProcesses(sizing.processes.value, props),
    ...unlessServers('threads', sizing.threads),
    listen: sizing.listen.value,
    harakiriSeconds: sizing.harakiri.value,
    reloadMercySeconds: sizing.workerReloadMercy.value,
    ...unlessServers('maxRequests', sizing.maxRequests),
    ...unlessServers('maxRequestsDelta', sizing.maxRequestsDelta),
    ...unlessServers('maxWorkerLifetimeSeconds', sizing.maxWorkerLifetime),
    ...unlessServers('maxWorkerLifetimeDeltaSeconds', sizing.maxWorkerLifetimeDelta),
    ...unlessServers('reloadOnRssMebibytes', sizing.reloadOnRss),
    ...counted('cheaper', props.cheaper),
    ...counted('cheaperInitial', props.cheaperInitial),
    ...counted('cheaperStep', props.cheaperStep),
    sizing,
  };
}

function askedOf(props: UwsgiAppProps, { serverVersion }: AppBase): UwsgiAsked {
  return {
    serverVersion,
    ...given('processes', props.processes),
    ...counted('threads', props.threads, 1, MOST_PROCESSES),
    ...given('loopCores', props.gevent ?? props.asyncio),
    besideProcesses: besideProcesses(props),
    cacheBytes: (props.cache2 ?? []).reduce((sum, { _bytes }) => sum + _bytes, 0),
    ...counted('listen', props.listen),
    ...given('harakiri', boundedSeconds('harakiri', props.harakiri)),
    ...given(
      'harakiriGracefulTimeout',
      boundedSeconds('harakiriGracefulTimeout', props.harakiriGracefulTimeout),
    ),
    ...counted('maxRequests', props.maxRequests),
    ...counted('maxRequestsDelta', props.maxRequestsDelta, 0),
    ...given('maxWorkerLifetime', boundedSeconds('maxWorkerLifetime', props.maxWorkerLifetime)),
    ...given(
      'maxWorkerLifetimeDelta',
      boundedSeconds('maxWorkerLifetimeDelta', props.maxWorkerLifetimeDelta),
    ),
    ...given('reloadOnRss', wholeMebibytes('reloadOnRss', props.reloadOnRss)),
    ...given('muleReloadMercy', boundedSeconds('muleReloadMercy', props.muleReloadMercy)),
    ...given('workerReloadMercy', boundedSeconds('workerReloadMercy', props.workerReloadMercy)),
  };
}

function besideProcesses({
  mule = [],
  mules = 0,
  spooler = [],
  spoolerProcesses = 1,
}: UwsgiAppProps): number {
  return mule.length + mules + spooler.length * spoolerProcesses;
}

function checkedProcesses(processes: number, { cheaper, cheaperInitial }: UwsgiAppProps): number {
  if (!Number.isSafeInteger(processes) || processes < 1) {
    throw new ConfigError({
      what: `processes ${String(processes)}: uWSGI would accept and never answer`,
      fix: 'give a whole number from 1',
      rule: 'UWS-PROC-ZERO',
    });
  }
  counted('processes', processes, 1, MOST_PROCESSES);
  if (cheaper !== undefined && cheaper >= processes) {
    throw new ConfigError({
      what: `cheaper ${String(cheaper)} is not below processes ${String(processes)}: uWSGI would not start`,
      fix: 'give cheaper a smaller number, or processes a larger one',
      rule: 'UWS-CHEAPER',
    });
  }
  if (cheaperInitial !== undefined && (cheaperInitial < (cheaper ?? 0) || cheaperInitial > processes)) {
    throw new ConfigError({
      what: `cheaperInitial ${String(cheaperInitial)} is not between cheaper ${String(cheaper)} and processes ${String(processes)}`,
      fix: 'give a number between them',
      rule: 'UWS-CHEAPER',
    });
  }
  return processes;
}
