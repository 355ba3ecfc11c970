import type { IApp, GunicornAppProps, UwsgiAppProps } from 'cdktf-wsgi';
import {
  AppImage,
  Duration,
  GunicornApp,
  GunicornProtocol,
  Transport,
  UwsgiApp,
  UwsgiPlugin,
  UwsgiProtocol,
  WorkerClass,
  WorkerCount,
  WsgiModule,
} from 'cdktf-wsgi';
import { isAtLeast } from '../../lib/server-version';
import { serverCommand } from '../helpers/programs';
import type { ProgramName } from '../helpers/programs';
import { GARBLED } from './promises';
import type { Family, Promises } from './promises';
import { MAX_REQUESTS, MEMORY_LIMIT, REQUEST_LIMIT, WORKERS } from './variant';
import type { Variant } from './variant';

const PORT = 5000;

/** Requests that a worker with a loop holds at once. */
const LOOP_CORES = 20;

/** What distinguishes one uWSGI of the contract from another. */
export interface UwsgiVariant {
  readonly release: '2.0.21' | '2.0.28' | '2.0.31';
  readonly protocol: UwsgiProtocol;
  readonly transport: 'unix' | 'tcp';
  readonly threads?: number;
  /** Requests that each worker holds at once in greenlets; Debian's build alone has both loops. */
  readonly loop?: 'gevent' | 'asyncio';
}

/** A variant with uWSGI: Debian's modular build for 2.0.21, PyPI's embedded one for the others. */
export function uwsgi(variant: UwsgiVariant): Variant {
  const { release, protocol, transport, threads, loop } = variant;
  const debian = release === '2.0.21';
  const props: UwsgiAppProps = {
    image: AppImage.registry('local/base:1'),
    module: WsgiModule.file('contract.py', 'application'),
    serverVersion: release,
    plugin: debian ? UwsgiPlugin.modular() : UwsgiPlugin.embedded(),
    protocol,
    transport: transportOf(transport),
    processes: WORKERS.generous,
    minWorkerLifetime: Duration.seconds(1),
    reloadOnRss: MEMORY_LIMIT,
    ...(threads === undefined ? {} : { threads }),
    ...(loop === undefined ? {} : { [loop]: LOOP_CORES }),
  };
  const short: Partial<UwsgiAppProps> = {
    processes: WORKERS.short,
    harakiri: REQUEST_LIMIT,
    maxRequests: MAX_REQUESTS,
  };
  return {
    title: `uWSGI ${release}, protocol ${protocol} over ${socketName(transport)}, ${loop ?? (threads === undefined ? 'processes' : 'threads')}`,
    family: uwsgiFamily(variant),
    speaks: protocol,
    programs: ['nginx', debian ? 'uwsgi' : `uwsgi-${release}`],
    ...(debian ? {} : { command: serverCommand(`uwsgi-${release}`) }),
    app: (scope, id, limits): IApp =>
      new UwsgiApp(scope, id, { ...props, ...(limits === 'short' ? short : {}) }),
  };
}

function uwsgiFamily({ protocol, loop }: UwsgiVariant): Family {
  if (loop !== undefined) return loop === 'gevent' ? 'uwsgiGevent' : 'uwsgiAsyncio';
  return protocol === UwsgiProtocol.UWSGI ? 'uwsgi' : 'uwsgiHttp';
}

/** What distinguishes one gunicorn of the contract from another. */
export interface GunicornVariant {
  /** Debian's own, or one of PyPI. */
  readonly release: '20.1.0' | '23.0.0' | '26.1.0' | '27.0.1';
  readonly workerClass: WorkerClass;
  readonly family: Family;
  readonly transport: 'unix' | 'tcp';
  readonly protocol?: GunicornProtocol;
}

/** A variant with gunicorn; the classes that want ASGI get the application's mirror. */
export function gunicorn({ release, workerClass, family, transport, protocol }: GunicornVariant): Variant {
  const debian = release === '20.1.0';
  const asgi = workerClass === WorkerClass.ASGI || workerClass === WorkerClass.UVICORN;
  const props: GunicornAppProps = {
    image: AppImage.registry('local/base:1'),
    module: WsgiModule.dotted(asgi ? 'contract_asgi' : 'contract', 'application'),
    serverVersion: release,
    protocol: protocol ?? GunicornProtocol.HTTP,
    workerClass,
    transport: transportOf(transport),
    workers: WorkerCount.of(WORKERS.generous),
    ...(workerClass === WorkerClass.GTHREAD ? { threads: 4 } : {}),
  };
  const short: Partial<GunicornAppProps> = {
    workers: WorkerCount.of(WORKERS.short),
    timeout: REQUEST_LIMIT,
    ...(losesByRecycling(release, workerClass) ? {} : { maxRequests: MAX_REQUESTS, maxRequestsJitter: 0 }),
  };
  const program: ProgramName = debian ? 'gunicorn' : `gunicorn-${release}`;
  const spoken = protocol === GunicornProtocol.UWSGI ? ', protocol uwsgi,' : '';
  return {
    title: `gunicorn ${release} ${workerClass.settingValue}${spoken} over ${socketName(transport)}`,
    family,
    differs: differencesOf(release, workerClass),
    speaks: protocol ?? GunicornProtocol.HTTP,
    programs: ['nginx', program],
    ...(debian ? {} : { command: serverCommand(`gunicorn-${release}`) }),
    app: (scope, id, limits): IApp =>
      new GunicornApp(scope, id, { ...props, ...(limits === 'short' ? short : {}) }),
  };
}

/** What gunicorn before 26 does otherwise. */
function differencesOf(release: string, workerClass: WorkerClass): Partial<Promises> {
  if (isAtLeast(release, '26.0.0') || workerClass === WorkerClass.UVICORN) return {};
  return { bytes: GARBLED, recycles: !losesByRecycling(release, workerClass) };
}

/** Its workers close connections that nginx is about to use: the construct refuses to recycle them. */
function losesByRecycling(release: string, workerClass: WorkerClass): boolean {
  return release === '23.0.0' && workerClass === WorkerClass.GTHREAD;
}

function transportOf(kind: 'unix' | 'tcp'): Transport {
  return kind === 'unix' ? Transport.unixSocket() : Transport.tcp(PORT);
}

function socketName(kind: 'unix' | 'tcp'): string {
  return kind === 'unix' ? 'a Unix socket' : 'TCP';
}
