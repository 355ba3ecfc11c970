import type { GunicornAppProps, UwsgiAppProps } from 'cdktf-wsgi';
import {
  AppImage,
  Duration,
  ExternalBackend,
  GunicornApp,
  GunicornProtocol,
  Listener,
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
import type { Limits, Variant } from './variant';

const PORT = 5000;

/** Requests that a worker with a loop holds at once. */
const LOOP_CORES = 20;

/** What distinguishes one uWSGI of the contract from another. */
export interface UwsgiVariant {
  readonly release: '2.0.21' | '2.0.28' | '2.0.31';
  readonly protocol: UwsgiProtocol;
  readonly transport: 'unix' | 'tcp';
  readonly threads?: number;
  /** Requests that each worker holds at once in greenlets; Debian's build alone has asyncio. */
  readonly loop?: 'gevent' | 'asyncio';
}

/** A variant with uWSGI whose workers nginx speaks to. */
export function uwsgi(variant: UwsgiVariant): Variant {
  const { release, protocol, transport, threads, loop } = variant;
  const props: Partial<UwsgiAppProps> = {
    protocol,
    transport: transportOf(transport),
    ...(threads === undefined ? {} : { threads }),
    ...(loop === undefined ? {} : { [loop]: LOOP_CORES }),
  };
  return {
    ...programOf(release),
    title: `uWSGI ${release}, protocol ${protocol} over ${socketName(transport)}, ${loop ?? (threads === undefined ? 'processes' : 'threads')}`,
    family: uwsgiFamily(variant),
    speaks: protocol,
    app: (scope, id, limits) => new UwsgiApp(scope, id, { ...uwsgiProps(release, limits), ...props }),
  };
}

/**
 * A variant with uWSGI whose http router takes the requests. The construct refuses it a transport, so that nginx passes to what it
 * publishes, as to a server that lives elsewhere.
 */
export function uwsgiRouter(release: UwsgiVariant['release']): Variant {
  return {
    ...programOf(release),
    title: `uWSGI ${release}, http router`,
    family: release === '2.0.21' ? 'oldUwsgiRouter' : 'uwsgiRouter',
    speaks: 'http',
    app: (scope, id, limits) => {
      const port = limits === 'short' ? PORT + 1 : PORT;
      const listeners = [Listener.http(port)];
      new UwsgiApp(scope, id, { ...uwsgiProps(release, limits), http: true, listeners });
      return ExternalBackend.http(id, port);
    },
  };
}

/** Debian's modular build for 2.0.21, PyPI's embedded one for the others. */
function programOf(release: UwsgiVariant['release']): Pick<Variant, 'programs' | 'command'> {
  if (release === '2.0.21') return { programs: ['nginx', 'uwsgi'] };
  return { programs: ['nginx', `uwsgi-${release}`], command: serverCommand(`uwsgi-${release}`) };
}

function uwsgiProps(release: UwsgiVariant['release'], limits: Limits): UwsgiAppProps {
  const short = {
    processes: WORKERS.short,
    harakiri: REQUEST_LIMIT,
    workerReloadMercy: REQUEST_LIMIT,
    maxRequests: MAX_REQUESTS,
  };
  return {
    image: AppImage.registry('local/base:1'),
    module: WsgiModule.file('contract.py', 'application'),
    serverVersion: release,
    plugin: release === '2.0.21' ? UwsgiPlugin.modular() : UwsgiPlugin.embedded(),
    processes: WORKERS.generous,
    minWorkerLifetime: Duration.seconds(1),
    reloadOnRss: MEMORY_LIMIT,
    ...(limits === 'short' ? short : {}),
  };
}

function uwsgiFamily({ release, protocol, loop }: UwsgiVariant): Family {
  if (loop === 'asyncio') return 'uwsgiAsyncio';
  if (loop === 'gevent') return release === '2.0.21' ? 'oldUwsgiGevent' : 'uwsgiGevent';
  if (protocol === UwsgiProtocol.UWSGI) return release === '2.0.21' ? 'oldUwsgi' : 'uwsgi';
  return release === '2.0.21' ? 'oldUwsgiHttp' : 'uwsgiHttp';
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
    gracefulTimeout: REQUEST_LIMIT,
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
    app: (scope, id, limits) =>
      new GunicornApp(scope, id, { ...props, ...(limits === 'short' ? short : {}) }),
  };
}

/** What gunicorn before 27 does otherwise. */
function differencesOf(release: string, workerClass: WorkerClass): Partial<Promises> {
  if (isAtLeast(release, '27.0.0') || workerClass === WorkerClass.UVICORN) return {};
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
