import { ConfigError, allOf, shown } from '../../errors';
import { RECYCLES_THREADS_SINCE, losesThreadsWhenRecycling } from '../../uwsgi/thread-recycling';
import { isGiven } from '../checked/values';
import { UwsgiProtocol } from '../app/protocol';
import type { UwsgiAppProps } from './uwsgi-app';
import { checkVain } from './vain';

interface Dependence {
  readonly props: readonly (keyof UwsgiAppProps)[];
  /** Of these one must be given. */
  readonly on: readonly (keyof UwsgiAppProps)[];
  readonly rule?: string;
}

/** Props that do nothing, or something else, without another. */
const DEPENDENCES: readonly Dependence[] = [
  {
    props: ['cheaperInitial', 'cheaperStep', 'cheaperAlgo', 'cheaperOverload', 'cheaperRssLimitSoft'],
    on: ['cheaper'],
    rule: 'UWS-CHEAPER',
  },
  { props: ['statsHttp', 'statsNoCores'], on: ['stats'] },
  { props: ['spoolerProcesses', 'spoolerHarakiri'], on: ['spooler'] },
  { props: ['muleHarakiri', 'muleReloadMercy'], on: ['mule', 'mules'] },
  { props: ['harakiriGracefulSignal'], on: ['harakiriGracefulTimeout'] },
  { props: ['geventMonkeyPatch', 'geventEarlyMonkeyPatch'], on: ['gevent'], rule: 'UWS-ASYNC-LOOP' },
  { props: ['httpTimeout', 'httpKeepalive', 'httpAutoChunked', 'httpWebsockets'], on: ['http'] },
  { props: ['http'], on: ['listeners'], rule: 'UWS-HTTP' },
  { props: ['manageScriptName'], on: ['mountApps'] },
  {
    props: ['staticExpires', 'staticGzip', 'staticSafe', 'staticSkipExt', 'fileServeMode'],
    on: ['staticMaps', 'checkStatic'],
  },
  { props: ['maxRequestsDelta'], on: ['maxRequests'] },
  { props: ['maxWorkerLifetimeDelta'], on: ['maxWorkerLifetime'] },
  { props: ['touchChainReload'], on: ['lazyApps'] },
  { props: ['pyAutoreload'], on: ['development'], rule: 'UWS-AUTORELOAD' },
  { props: ['catchExceptions'], on: ['development'] },
];

/**
 * Refuses props that cannot work together.
 *
 * @throws ConfigError that names both.
 */
export function checkCombinations(props: UwsgiAppProps, version: string): void {
  const checks: readonly ((props: UwsgiAppProps, version: string) => void)[] = [
    ...DEPENDENCES.map((dependence) => dependenceCheck(dependence)),
    checkLoops,
    checkRouter,
    checkHarakiri,
    checkLifetimes,
    checkFileServing,
    checkVain,
    checkMounts,
    checkRecycling,
  ];
  allOf(checks, (check) => {
    check(props, version);
  });
}

const dependenceCheck =
  ({ props: names, on, rule }: Dependence) =>
  (props: UwsgiAppProps): void => {
    const found = names.find((name) => isGiven(props[name]));
    if (found === undefined || on.some((name) => isGiven(props[name]))) return;
    throw new ConfigError({
      what: `${found} ${shownValue(props[found])}has no effect without ${on.join(' or ')}`,
      fix: `give ${on.join(' or ')} too, or leave ${found} out`,
      ...(rule === undefined ? {} : { rule }),
    });
  };

function shownValue(value: unknown): string {
  return typeof value === 'object' ? '' : `${shown(value).replaceAll('"', '')} `;
}

function checkLoops({ gevent, asyncio, threads, soKeepalive, transport, listeners }: UwsgiAppProps): void {
  if (gevent !== undefined && asyncio !== undefined) {
    throw new ConfigError({
      what: `gevent ${String(gevent)} and asyncio ${String(asyncio)}: a worker has one loop`,
      fix: 'leave one of them out',
      rule: 'UWS-ASYNC-LOOP',
    });
  }
  const loop = gevent ?? asyncio;
  if (loop !== undefined && threads !== undefined && threads > 1) {
    throw new ConfigError({
      what: `threads ${String(threads)} beside ${gevent === undefined ? 'asyncio' : 'gevent'} ${String(loop)}: the worker would handle as many requests as it has threads, not more`,
      fix: 'leave threads out',
      rule: 'UWS-ASYNC-LOOP',
    });
  }
  if (soKeepalive === true && transport?._model.kind !== 'tcp' && (listeners ?? []).length === 0) {
    throw new ConfigError({
      what: 'soKeepalive true has no effect on a Unix socket',
      fix: 'use Transport.tcp(port) or listeners, or leave it out',
    });
  }
}

function checkRouter({ http, transport, protocol }: UwsgiAppProps): void {
  if (http !== true) return;
  if (transport === undefined) {
    if (protocol !== UwsgiProtocol.HTTP) return;
    throw new ConfigError({
      what: 'protocol HTTP has no effect beside http true: the router speaks uwsgi to the workers, and there is no transport',
      fix: 'leave protocol out: the world speaks HTTP to the router',
      rule: 'UWS-HTTP',
    });
  }
  throw new ConfigError({
    what: 'http true beside a transport: the router is a second proxy behind nginx, and would pass to its socket',
    fix: 'leave http out, or the transport of an application that has no nginx',
    rule: 'UWS-HTTP',
  });
}

function checkHarakiri(props: UwsgiAppProps): void {
  const { harakiri, harakiriGracefulTimeout, harakiriQueueThreshold, harakiriVerbose } = props;
  if (harakiri?.toMilliseconds() !== 0) return;
  const vain = { harakiriGracefulTimeout, harakiriQueueThreshold, harakiriVerbose };
  const found = Object.entries(vain).find(([, value]) => isGiven(value));
  if (found === undefined) return;
  throw new ConfigError({
    what: `${found[0]} has no effect with harakiri of 0, which is never`,
    fix: 'give harakiri a time, or leave it out',
    rule: 'UWS-HARAKIRI',
  });
}

/** Seen: nginx has no location for the file, and asks the application for it again. */
function checkFileServing({ fileServeMode, listeners, transport }: UwsgiAppProps): void {
  if (fileServeMode === undefined || (transport === undefined && isGiven(listeners))) return;
  throw new ConfigError({
    what: `fileServeMode ${fileServeMode} behind an NginxFrontend: it has no location that would send the file`,
    fix: 'leave fileServeMode out, and let nginx serve the files itself: StaticMount',
  });
}

/** Seconds before which uWSGI recycles no worker when it is told nothing (seen). */
const SERVER_MIN_LIFETIME = 10;

/** Seen: uWSGI does not start with a longest age that is not above the shortest. */
function checkLifetimes({ minWorkerLifetime, maxWorkerLifetime }: UwsgiAppProps): void {
  const most = maxWorkerLifetime?.toMilliseconds() ?? 0;
  const least = minWorkerLifetime?.toMilliseconds() ?? SERVER_MIN_LIFETIME * 1000;
  if (maxWorkerLifetime === undefined || most > least) return;
  const whose = minWorkerLifetime === undefined ? "uWSGI's default of " : '';
  throw new ConfigError({
    what: `maxWorkerLifetime of ${String(most / 1000)} s is not above minWorkerLifetime, ${whose}${String(least / 1000)} s`,
    fix: 'give a longer maxWorkerLifetime, or a shorter minWorkerLifetime',
    rule: 'UWS-LIFETIME',
  });
}

/** Seen: the callable of a mounted file is that of the whole server. */
function checkMounts({ mountApps, module }: UwsgiAppProps): void {
  for (const [prefix, mounted] of Object.entries(mountApps ?? {})) {
    const { kind, callable } = mounted._model;
    if (kind !== 'file' || callable === module._model.callable) continue;
    throw new ConfigError({
      what: `mountApps ${shown(prefix)}: uWSGI looks in a file for the callable of module, ${shown(module._model.callable)}, not for ${shown(callable)}`,
      fix: 'use WsgiModule.dotted, or call both the same',
    });
  }
}

/** A worker ends with all its threads, and not every uWSGI waits for what the others are at. */
function checkRecycling(props: UwsgiAppProps, version: string): void {
  const { threads = 1, reloadOnException } = props;
  if (threads <= 1) return;
  const recycling = (['maxRequests', 'maxWorkerLifetime', 'reloadOnAs', 'reloadOnRss'] as const).find(
    (name) => props[name] !== undefined,
  );
  if (recycling !== undefined && losesThreadsWhenRecycling(version)) {
    throw new ConfigError({
      what: `${recycling} with threads ${String(threads)}: uWSGI ${version} loses requests of a worker that it recycles`,
      fix: `run uWSGI ${RECYCLES_THREADS_SINCE} or newer, or use processes instead of threads`,
      rule: 'UWS-THREADS-RECYCLE',
    });
  }
  if (reloadOnException === true) {
    throw new ConfigError({
      what: `reloadOnException true with threads ${String(threads)}: a worker whose request raised ends at once, and the requests of its other threads with it`,
      fix: 'leave it out, or use processes instead of threads',
      rule: 'UWS-THREADS-RECYCLE',
    });
  }
}
