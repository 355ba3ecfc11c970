import type { AppBase } from '../../lib/topology/app';
import { PLAIN_HOST } from '../../lib/topology/docker-host';
import type { Backend, Frontend, Location, Server } from '../../lib/topology/frontend';
import { DEFAULT_LOGGING } from '../../lib/topology/plan/helper-container';
import { gunicornSizing } from '../../lib/topology/derive/gunicorn-sizing';
import { uwsgiSizing } from '../../lib/topology/derive/uwsgi-sizing';
import { requestTimeoutMs } from '../../lib/topology/derive/timeouts';
import type { GunicornApp } from '../../lib/topology/gunicorn-app';
import type { App, Topology } from '../../lib/topology/topology';
import type { UwsgiApp } from '../../lib/topology/uwsgi-app';

const BASE: Omit<AppBase, 'id' | 'construct' | 'serverVersion' | 'module' | 'protocol'> = {
  image: { kind: 'registry', name: 'local/base:1' },
  uid: 10001,
  gid: 10001,
  chdir: '/opt/p_test',
  transport: { kind: 'unix' },
  socketMode: '660',
  replicas: 1,
  environment: {},
  secretFiles: [],
  mounts: [],
  networks: [],
  health: { intervalMs: 5000, timeoutMs: 3000, retries: 3, waitSeconds: 60 },
  restart: 'unless-stopped',
  logging: DEFAULT_LOGGING,
  labels: {},
  listeners: [],
  hardening: { readOnlyRoot: true, noNewPrivileges: true, capabilities: [] },
  development: false,
};

/** A uWSGI application like the hand-written one. */
export function uwsgiApp(id: string, over: Partial<UwsgiApp> = {}): UwsgiApp {
  return {
    ...BASE,
    id,
    construct: `Site/${id}`,
    server: 'uwsgi',
    serverVersion: '2.0.21',
    module: { kind: 'file', file: 'p.py', callable: 'app' },
    protocol: 'uwsgi',
    pythonPlugin: 'modular',
    pluginName: 'python3',
    plugins: [],
    autoProcname: true,
    processes: 4,
    threads: 4,
    enableThreads: true,
    master: true,
    thunderLock: true,
    bufferSizeBytes: 32_768,
    postBufferingBytes: 8192,
    listen: 1024,
    harakiriSeconds: 30,
    reloadMercySeconds: 30,
    lazyApps: false,
    singleInterpreter: true,
    needApp: true,
    strict: true,
    vacuum: true,
    staticMaps: [],
    http: false,
    settings: { 'disable-logging': true, 'log-4xx': true, 'log-5xx': true },
    sizing: uwsgiSizing({ serverVersion: '2.0.21' }, { tmpfsBytes: 0 }),
    options: [],
    ...over,
  };
}

/** A gunicorn application like the hand-written one. */
export function gunicornApp(id: string, over: Partial<GunicornApp> = {}): GunicornApp {
  return {
    ...BASE,
    id,
    construct: `Site/${id}`,
    server: 'gunicorn',
    serverVersion: '20.1.0',
    module: { kind: 'dotted', module: 'g', callable: 'app' },
    protocol: 'http',
    workers: 3,
    workerClass: 'gevent',
    workerConnections: 10_240,
    backlog: 2048,
    timeoutSeconds: 30,
    gracefulTimeoutSeconds: 30,
    keepaliveSeconds: 75,
    loglevel: 'info',
    accesslog: '-',
    errorlog: '-',
    named: {},
    preloadApp: false,
    hooks: {},
    settings: {},
    sizing: gunicornSizing({ workerClass: 'gevent' }, { tmpfsBytes: 0 }),
    ...over,
  };
}

/** What a frontend passes to when it passes to one application. */
export function backendOf(app: App): Backend {
  const requestTimeout = requestTimeoutMs(app);
  const { transport } = app;
  const slots = Array.from({ length: app.replicas }, (_, slot) => ({
    address: { kind: 'slot' as const, app: app.id, slot, protocol: app.protocol },
  }));
  const alias = {
    kind: 'alias' as const,
    app: app.id,
    host: app.id,
    port: transport?.kind === 'tcp' ? transport.port : 0,
  };
  return {
    name: app.id,
    protocol: app.protocol,
    members: transport?.kind === 'tcp' ? [{ address: alias }] : slots,
    ...(requestTimeout === undefined ? {} : { requestTimeoutMs: requestTimeout }),
    apps: [app.id],
  };
}

/** A location that passes a prefix to an application. */
export function passTo(path: string, app: App): Location {
  return locationOf(path, {
    kind: 'pass',
    backend: backendOf(app),
    options: { uwsgiParams: {}, headers: {} },
  });
}

/** A location with any action. */
export function locationOf(
  path: string,
  action: Location['action'],
  kind: Location['match']['kind'] = 'prefix',
): Location {
  return {
    construct: `Site/web${path}`,
    match: { kind, path },
    action,
    policies: [],
    directives: [],
    locations: [],
  };
}

/** A server block. */
export function serverOf(serverNames: readonly string[], locations: readonly Location[]): Server {
  return { construct: 'Site/web', serverNames, locations, policies: [], directives: [] };
}

/** A frontend on Debian 12's nginx. */
export function frontendOf(servers: readonly Server[], over: Partial<Frontend> = {}): Frontend {
  return {
    id: 'web',
    construct: 'Site/web',
    image: { kind: 'registry', name: 'local/base:1' },
    version: '1.22.1',
    modules: [],
    streamModule: 'modules/ngx_stream_module.so',
    extraDirectives: [],
    uid: 101,
    gid: 101,
    gate: true,
    listeners: [{ port: 8000, address: '0.0.0.0' }],
    workerProcesses: 1,
    workerConnections: 1024,
    keepaliveTimeoutMs: 65_000,
    shutdownTimeoutSeconds: 30,
    accessLog: { format: 'combined', omitPaths: [] },
    clientMaxBodySizeBytes: 75 * 1024 ** 2,
    health: { intervalMs: 5000, timeoutMs: 3000, retries: 3, waitSeconds: 60 },
    networks: [],
    restart: 'unless-stopped',
    logging: DEFAULT_LOGGING,
    labels: {},
    hardening: { readOnlyRoot: true, noNewPrivileges: true, capabilities: [] },
    servers,
    upstreams: [],
    policies: [],
    directives: [],
    eventsDirectives: [],
    mainDirectives: [],
    ...over,
  };
}

/** A topology of these parts. */
export function topologyOf(
  apps: readonly App[],
  frontends: readonly Frontend[],
  rest: Partial<Topology> = {},
): Topology {
  return {
    stack: 'Site',
    host: PLAIN_HOST,
    apps,
    workers: [],
    frontends,
    staticMounts: [],
    dataVolumes: [],
    ...rest,
  };
}
