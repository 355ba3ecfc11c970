import {
  Duration,
  FileMode,
  Listener,
  Mount,
  Size,
  Transport,
  UwsgiCache,
  UwsgiCheaperAlgo,
  UwsgiCron,
  UwsgiDaemon,
  UwsgiFileServeMode,
  UwsgiLogEncoder,
  UwsgiLogFormat,
  UwsgiLogger,
  UwsgiPlugin,
  UwsgiStatsPush,
  UwsgiTimer,
  UwsgiWsgiEnvBehaviour,
  WsgiModule,
} from 'cdktf-wsgi';
import type { AppProps, UwsgiAppProps } from 'cdktf-wsgi';

/** The props that are uWSGI's own and become options. */
export type OptionProps = Omit<
  UwsgiAppProps,
  keyof AppProps | 'serverVersion' | 'plugin' | 'protocol' | 'options'
>;

/** A value of a prop that is not its default, and the lines that come into the file with it. */
export interface Sample<V> {
  readonly value: V;
  /** What it does not work without; given before, so that its lines do not count. */
  readonly beside?: Partial<UwsgiAppProps>;
  readonly lines: readonly string[];
  /** Lines that follow from it where nothing else is said of them. */
  readonly brings?: readonly string[];
}

const hour = Duration.hours(1);
const stats = { stats: 9191 };
const tasks = { mounts: [Mount.hostPath('/srv/tasks', '/srv/tasks')] };
const spooler = { spooler: ['/srv/tasks'], ...tasks };
const mules = { mules: 1 };
const cheaper = { cheaper: 1 };
const served = { staticMaps: { '/static': '/app/static' } };
const router = { listeners: [Listener.http(9090)], http: true };
const modular = { plugin: UwsgiPlugin.modular() };

/** One sample for every prop: a prop without one does not compile. */
export const SAMPLES: { readonly [P in keyof Required<OptionProps>]: Sample<NonNullable<OptionProps[P]>> } = {
  umask: { value: FileMode.of('002'), lines: ['umask = 002'] },
  processes: { value: 3, lines: ['processes = 3'] },
  threads: { value: 4, lines: ['threads = 4'] },
  enableThreads: { value: false, lines: ['enable-threads = false'] },
  master: { value: true, lines: [] },
  thunderLock: { value: true, beside: { processes: 1 }, lines: ['thunder-lock = true'] },
  lazyApps: { value: true, lines: ['lazy-apps = true'] },
  singleInterpreter: { value: false, lines: ['single-interpreter = false'] },
  needApp: { value: false, lines: ['need-app = false'] },
  strict: { value: false, lines: ['strict = false'] },
  vacuum: { value: false, lines: ['vacuum = false'] },
  autoProcname: { value: false, lines: ['auto-procname = false'] },
  procnamePrefix: { value: 'shop:', lines: ['procname-prefix = shop:'] },
  closeOnExec: { value: true, lines: ['close-on-exec = true'] },
  plugins: {
    value: ['carbon', 'gevent'],
    beside: modular,
    lines: ['need-plugin = carbon', 'need-plugin = gevent_python3'],
  },
  pluginsDir: { value: '/usr/lib/uwsgi/plugins', lines: ['plugins-dir = /usr/lib/uwsgi/plugins'] },
  home: { value: '/usr', lines: ['home = /usr'] },
  pythonpath: { value: ['/srv/one', '/srv/two'], lines: ['pythonpath = /srv/one', 'pythonpath = /srv/two'] },
  pyImport: { value: ['json', 'csv'], lines: ['import = json', 'import = csv'] },
  pyargv: { value: '--site shop', lines: ['pyargv = --site shop'] },
  mountApps: {
    value: { '/api': WsgiModule.file('p.py', 'app'), '/v2': WsgiModule.dotted('other', 'second') },
    lines: ['mount = /api=p.py', 'mount = /v2=other:second', 'manage-script-name = true'],
  },
  manageScriptName: {
    value: false,
    beside: { mountApps: { '/api': WsgiModule.file('p.py', 'app') } },
    lines: ['manage-script-name = false'],
  },
  wsgiEnvBehaviour: { value: UwsgiWsgiEnvBehaviour.HOLY, lines: ['wsgi-env-behaviour = holy'] },
  wsgiAcceptBuffer: { value: true, lines: ['wsgi-accept-buffer = true'] },
  wsgiDisableFileWrapper: { value: true, lines: ['wsgi-disable-file-wrapper = true'] },
  pyCallOsafterfork: { value: true, lines: ['py-call-osafterfork = true'] },
  pyCallUwsgiForkHooks: { value: true, lines: ['py-call-uwsgi-fork-hooks = true'] },
  pyTracebacker: { value: '/tmp/tb', lines: ['py-tracebacker = /tmp/tb'] },
  pyAutoreload: { value: Duration.seconds(2), beside: { development: true }, lines: ['py-autoreload = 2'] },
  catchExceptions: { value: true, beside: { development: true }, lines: ['catch-exceptions = true'] },
  reloadOnException: { value: true, lines: ['reload-on-exception = true'] },
  gevent: { value: 50, lines: ['gevent = 50', 'gevent-monkey-patch = true'] },
  geventMonkeyPatch: { value: false, beside: { gevent: 50 }, lines: ['gevent-monkey-patch = false'] },
  geventEarlyMonkeyPatch: {
    value: true,
    beside: { gevent: 50 },
    lines: ['gevent-early-monkey-patch = true'],
  },
  asyncio: {
    value: 50,
    beside: modular,
    lines: [
      'need-plugin = asyncio_python3',
      'need-plugin = greenlet_python3',
      'asyncio = 50',
      'greenlet = true',
    ],
  },
  harakiri: { value: Duration.minutes(1), lines: ['harakiri = 60'], brings: ['worker-reload-mercy = 60'] },
  harakiriGracefulTimeout: {
    value: Duration.seconds(5),
    lines: ['harakiri-graceful-timeout = 5'],
    brings: ['worker-reload-mercy = 35'],
  },
  harakiriGracefulSignal: {
    value: 10,
    beside: { harakiriGracefulTimeout: Duration.seconds(5) },
    lines: ['harakiri-graceful-signal = 10'],
  },
  harakiriQueueThreshold: { value: 10, lines: ['harakiri-queue-threshold = 10'] },
  harakiriVerbose: { value: true, lines: ['harakiri-verbose = true'] },
  socketTimeout: { value: Duration.seconds(9), lines: ['socket-timeout = 9'] },
  soKeepalive: { value: true, beside: { transport: Transport.tcp(3031) }, lines: ['so-keepalive = true'] },
  workerReloadMercy: { value: Duration.seconds(9), lines: ['worker-reload-mercy = 9'] },
  maxRequests: { value: 1000, lines: ['max-requests = 1000'], brings: ['max-requests-delta = 100'] },
  maxRequestsDelta: { value: 10, beside: { maxRequests: 1000 }, lines: ['max-requests-delta = 10'] },
  maxWorkerLifetime: {
    value: hour,
    lines: ['max-worker-lifetime = 3600'],
    brings: ['max-worker-lifetime-delta = 360'],
  },
  maxWorkerLifetimeDelta: {
    value: Duration.minutes(5),
    beside: { maxWorkerLifetime: hour },
    lines: ['max-worker-lifetime-delta = 300'],
  },
  minWorkerLifetime: { value: Duration.seconds(5), lines: ['min-worker-lifetime = 5'] },
  reloadOnAs: { value: Size.gibibytes(4), lines: ['reload-on-as = 4096'] },
  reloadOnRss: { value: Size.mebibytes(200), lines: ['reload-on-rss = 200'] },
  evilReloadOnAs: { value: Size.gibibytes(8), lines: ['evil-reload-on-as = 8192'] },
  evilReloadOnRss: { value: Size.mebibytes(400), lines: ['evil-reload-on-rss = 400'] },
  limitAs: { value: Size.gibibytes(16), lines: ['limit-as = 16384'] },
  skipAtexit: { value: true, lines: ['skip-atexit = true'] },
  touchReload: {
    value: ['/tmp/reload', '/tmp/more'],
    lines: ['touch-reload = /tmp/reload', 'touch-reload = /tmp/more'],
  },
  touchChainReload: {
    value: ['/tmp/chain'],
    beside: { lazyApps: true },
    lines: ['touch-chain-reload = /tmp/chain'],
  },
  cheaper: { value: 1, lines: ['cheaper = 1'] },
  cheaperAlgo: {
    value: UwsgiCheaperAlgo.busyness({ max: 60, min: 20, multiplier: 5 }),
    beside: cheaper,
    lines: [
      'cheaper-algo = busyness',
      'cheaper-busyness-max = 60',
      'cheaper-busyness-min = 20',
      'cheaper-busyness-multiplier = 5',
    ],
  },
  cheaperInitial: { value: 2, beside: cheaper, lines: ['cheaper-initial = 2'] },
  cheaperStep: { value: 2, beside: cheaper, lines: ['cheaper-step = 2'] },
  cheaperOverload: { value: Duration.seconds(30), beside: cheaper, lines: ['cheaper-overload = 30'] },
  cheaperRssLimitSoft: {
    value: Size.mebibytes(512),
    beside: cheaper,
    lines: ['cheaper-rss-limit-soft = 536870912'],
    brings: ['memory-report = true'],
  },
  bufferSize: { value: Size.kibibytes(16), lines: ['buffer-size = 16384'], brings: ['max-vars = 820'] },
  postBuffering: { value: Size.kibibytes(4), lines: ['post-buffering = 4096'] },
  postBufferingBufsize: { value: Size.kibibytes(16), lines: ['post-buffering-bufsize = 16384'] },
  limitPost: { value: Size.mebibytes(75), lines: ['limit-post = 78643200'] },
  maxVars: { value: 200, lines: ['max-vars = 200'] },
  chunkedInputLimit: { value: Size.mebibytes(2), lines: ['chunked-input-limit = 2097152'] },
  chunkedInputTimeout: { value: Duration.seconds(8), lines: ['chunked-input-timeout = 8'] },
  listen: { value: 64, lines: ['listen = 64'] },
  ignoreSigpipe: { value: true, lines: ['ignore-sigpipe = true'] },
  ignoreWriteErrors: { value: true, lines: ['ignore-write-errors = true'] },
  disableWriteException: { value: true, lines: ['disable-write-exception = true'] },
  disableLogging: { value: false, lines: ['disable-logging = false'] },
  log4xx: { value: false, lines: ['log-4xx = false'] },
  log5xx: { value: false, lines: ['log-5xx = false'] },
  logSlow: { value: Duration.milliseconds(1500), lines: ['log-slow = 1500'] },
  logBig: { value: Size.mebibytes(1), lines: ['log-big = 1048576'] },
  logformat: {
    value: UwsgiLogFormat.of('%(addr) "%(method) %(uri)" %(status) %(var.HTTP_HOST) 100%'),
    lines: ['logformat = %%(addr) "%%(method) %%(uri)" %%(status) %%(var.HTTP_HOST) 100%%'],
  },
  logDate: { value: '%Y-%m-%d %H:%M:%S', lines: ['log-date = %%Y-%%m-%%d %%H:%%M:%%S'] },
  logMaster: { value: true, lines: ['log-master = true'] },
  threadedLogger: { value: true, lines: ['threaded-logger = true'] },
  logger: {
    value: [UwsgiLogger.stdio(), UwsgiLogger.rsyslog('127.0.0.1:5140', 'shop')],
    lines: ['logger = stdio', 'logger = rsyslog:127.0.0.1:5140,shop'],
  },
  reqLogger: {
    value: [UwsgiLogger.socket('127.0.0.1:5141'), UwsgiLogger.syslog('shop')],
    lines: ['req-logger = socket:127.0.0.1:5141', 'req-logger = syslog:shop'],
  },
  logEncoder: {
    value: [
      UwsgiLogEncoder.prefix('shop:'),
      UwsgiLogEncoder.suffix('.'),
      UwsgiLogEncoder.format('[${strftime:%H}] ${msg}'),
      UwsgiLogEncoder.json('{"t":${unix},"m":"${msg}"}'),
      UwsgiLogEncoder.nl(),
    ],
    lines: [
      'log-encoder = prefix shop:',
      'log-encoder = suffix .',
      'log-encoder = format [${strftime:%%H}] ${msg}',
      'log-encoder = json {"t":${unix},"m":"${msg}"}',
      'log-encoder = nl',
    ],
  },
  memoryReport: { value: true, lines: ['memory-report = true'] },
  stats: { value: 9192, lines: ['stats = 0.0.0.0:9192'] },
  statsHttp: { value: true, beside: stats, lines: ['stats-http = true'] },
  statsNoCores: { value: true, beside: stats, lines: ['stats-no-cores = true'] },
  enableMetrics: { value: true, lines: ['enable-metrics = true'] },
  statsPush: {
    value: [UwsgiStatsPush.statsd('127.0.0.1:8125', 'shop'), UwsgiStatsPush.socket('127.0.0.1:9000')],
    beside: modular,
    lines: [
      'need-plugin = stats_pusher_statsd',
      'need-plugin = stats_pusher_socket',
      'stats-push = statsd:127.0.0.1:8125,shop',
      'stats-push = socket:127.0.0.1:9000',
    ],
  },
  carbon: { value: ['127.0.0.1:2003'], lines: ['carbon = 127.0.0.1:2003'] },
  staticMaps: { value: { '/static': '/app/static' }, lines: ['static-map = /static=/app/static'] },
  checkStatic: { value: ['/srv/public'], lines: ['check-static = /srv/public'] },
  staticExpires: {
    value: { '\\.css$': hour, '/img/(a|b)': Duration.days(1) },
    beside: served,
    lines: ['static-expires = \\.css$ 3600', 'static-expires = /img/(a|b) 86400'],
  },
  staticGzip: { value: ['\\.js$'], beside: served, lines: ['static-gzip = \\.js$'] },
  staticSafe: { value: ['/srv/shared'], beside: served, lines: ['static-safe = /srv/shared'] },
  staticSkipExt: {
    value: ['.py', '.pyc'],
    beside: served,
    lines: ['static-skip-ext = .py', 'static-skip-ext = .pyc'],
  },
  fileServeMode: {
    value: UwsgiFileServeMode.X_ACCEL_REDIRECT,
    beside: { ...served, listeners: [Listener.http(9090)] },
    lines: ['file-serve-mode = x-accel-redirect'],
  },
  offloadThreads: { value: 2, lines: ['offload-threads = 2'] },
  http: { value: true, beside: { listeners: [Listener.http(9090)] }, lines: ['http = 0.0.0.0:9090'] },
  httpTimeout: { value: Duration.seconds(40), beside: router, lines: ['http-timeout = 40'] },
  httpKeepalive: { value: Duration.seconds(8), beside: router, lines: ['http-keepalive = 8'] },
  httpAutoChunked: { value: true, beside: router, lines: ['http-auto-chunked = true'] },
  httpWebsockets: { value: true, beside: router, lines: ['http-websockets = true'] },
  spooler: {
    value: ['/srv/tasks'],
    beside: tasks,
    lines: ['spooler = /srv/tasks'],
  },
  spoolerProcesses: { value: 2, beside: spooler, lines: ['spooler-processes = 2'] },
  spoolerHarakiri: { value: hour, beside: spooler, lines: ['spooler-harakiri = 3600'] },
  cron: {
    value: [UwsgiCron.of('/bin/date', { minute: -10 }), UwsgiCron.of('/bin/true', { hour: 3, weekday: 0 })],
    lines: ['cron = -10 -1 -1 -1 -1 /bin/date', 'cron = -1 3 -1 -1 0 /bin/true'],
  },
  timer: { value: [UwsgiTimer.of(17, Duration.minutes(1))], lines: ['timer = 17 60'] },
  mule: { value: ['mule.py'], lines: ['mule = mule.py'], brings: ['mule-reload-mercy = 30'] },
  mules: { value: 2, lines: ['mules = 2'], brings: ['mule-reload-mercy = 30'] },
  muleHarakiri: { value: hour, beside: mules, lines: ['mule-harakiri = 3600'] },
  muleReloadMercy: { value: Duration.seconds(7), beside: mules, lines: ['mule-reload-mercy = 7'] },
  attachDaemon2: {
    value: [UwsgiDaemon.of('sleep 100', { stopsignal: 2, reloadsignal: 1, chdir: '/tmp' })],
    lines: ['attach-daemon2 = cmd=sleep 100,stopsignal=2,reloadsignal=1,chdir=/tmp'],
  },
  cache2: {
    value: [
      UwsgiCache.of('pages', { items: 100, blocksize: Size.kibibytes(4), keysize: 128, store: '/tmp/pages' }),
    ],
    lines: ['cache2 = name=pages,items=100,blocksize=4096,keysize=128,store=/tmp/pages'],
  },
  execAsap: { value: ['/bin/true'], lines: ['exec-asap = /bin/true'] },
  execPreApp: {
    value: ['/bin/true', '/bin/date'],
    lines: ['exec-pre-app = /bin/true', 'exec-pre-app = /bin/date'],
  },
  hookPreApp: { value: ['print:loading'], lines: ['hook-pre-app = print:loading'] },
  hookAccepting: { value: ['print:ready'], lines: ['hook-accepting = print:ready'] },
  masterFifo: { value: ['/tmp/fifo'], lines: ['master-fifo = /tmp/fifo'] },
};
