import {
  Duration,
  Listener,
  Mount,
  DataVolume,
  Size,
  Transport,
  UwsgiApp,
  UwsgiCache,
  UwsgiCheaperAlgo,
  UwsgiFileServeMode,
  UwsgiLogFormat,
  UwsgiLogger,
  UwsgiOption,
  UwsgiPlugin,
  UwsgiProtocol,
  UwsgiStatsPush,
  WsgiModule,
} from 'cdktf-wsgi';
import type { UwsgiAppProps } from 'cdktf-wsgi';
import { UWSGI, siteStack } from '../helpers/stacks';

function build(over: Partial<UwsgiAppProps>): object {
  return siteStack((site) => {
    new UwsgiApp(site, 'x', { ...UWSGI, ...over });
  });
}

const time = Duration.seconds(5);
const published = { listeners: [Listener.http(9090)] };

describe('props that do nothing without another', () => {
  test.each<[Partial<UwsgiAppProps>, string]>([
    [{ cheaperStep: 2 }, 'cheaperStep 2 has no effect without cheaper'],
    [{ cheaperAlgo: UwsgiCheaperAlgo.SPARE2 }, 'cheaperAlgo has no effect without cheaper'],
    [{ cheaperOverload: time }, 'cheaperOverload has no effect without cheaper'],
    [{ cheaperRssLimitSoft: Size.mebibytes(1) }, 'cheaperRssLimitSoft has no effect without cheaper'],
    [{ statsNoCores: true }, 'statsNoCores true has no effect without stats'],
    [{ spoolerProcesses: 2 }, 'spoolerProcesses 2 has no effect without spooler'],
    [{ spoolerHarakiri: time }, 'spoolerHarakiri has no effect without spooler'],
    [{ muleHarakiri: time }, 'muleHarakiri has no effect without mule or mules'],
    [{ muleReloadMercy: time, mule: [] }, 'muleReloadMercy has no effect without mule or mules'],
    [
      { harakiriGracefulSignal: 10 },
      'harakiriGracefulSignal 10 has no effect without harakiriGracefulTimeout',
    ],
    [{ geventMonkeyPatch: true }, 'geventMonkeyPatch true has no effect without gevent'],
    [{ httpKeepalive: time, ...published }, 'httpKeepalive has no effect without http'],
    [{ http: true }, 'http true has no effect without listeners'],
    [{ manageScriptName: true }, 'manageScriptName true has no effect without mountApps'],
    [{ staticExpires: { x: time } }, 'staticExpires has no effect without staticMaps or checkStatic'],
    [{ maxRequestsDelta: 5 }, 'maxRequestsDelta 5 has no effect without maxRequests'],
    [{ maxWorkerLifetimeDelta: time }, 'maxWorkerLifetimeDelta has no effect without maxWorkerLifetime'],
    [{ touchChainReload: ['/tmp/x'] }, 'touchChainReload has no effect without lazyApps'],
    [{ pyAutoreload: time }, 'pyAutoreload has no effect without development'],
    [{ catchExceptions: true }, 'catchExceptions true has no effect without development'],
    [
      { harakiri: Duration.seconds(0), harakiriVerbose: true },
      'harakiriVerbose has no effect with harakiri of 0, which is never',
    ],
    [{ soKeepalive: true }, 'soKeepalive true has no effect on a Unix socket'],
  ])('fails on %j', (over, message) => {
    expect(() => {
      build(over);
    }).toThrow(message);
  });
});

describe('props that contradict each other', () => {
  test.each<[Partial<UwsgiAppProps>, string]>([
    [
      { gevent: 5, asyncio: 5, plugin: UwsgiPlugin.modular() },
      'gevent 5 and asyncio 5: a worker has one loop',
    ],
    [{ gevent: 5, threads: 2 }, 'threads 2 beside gevent 5'],
    [{ enableThreads: false, threads: 4 }, 'enableThreads false beside threads 4'],
    [{ cheaper: 1, cheaperAlgo: UwsgiCheaperAlgo.MANUAL }, 'cheaperAlgo MANUAL without masterFifo'],
    [
      { log4xx: false, log5xx: false, logformat: UwsgiLogFormat.of('%(uri)') },
      'logformat has no effect: with log4xx and log5xx false no request is logged',
    ],
    [
      { staticMaps: { '/s': '/s' }, fileServeMode: UwsgiFileServeMode.X_ACCEL_REDIRECT },
      'fileServeMode x-accel-redirect behind an NginxFrontend',
    ],
    [
      { options: [UwsgiOption.of('async', '10'), UwsgiOption.of('ugreen', 'false')] },
      'async 10 without a loop engine',
    ],
    [
      { maxWorkerLifetime: time },
      "maxWorkerLifetime of 5 s is not above minWorkerLifetime, uWSGI's default of 10 s",
    ],
    [
      { maxWorkerLifetime: Duration.minutes(1), minWorkerLifetime: Duration.minutes(10) },
      'maxWorkerLifetime of 60 s is not above minWorkerLifetime, 600 s',
    ],
    [
      { cheaper: 1, cheaperRssLimitSoft: Size.gibibytes(1), memoryReport: false },
      'cheaperRssLimitSoft with memoryReport false',
    ],
    [{ http: true, ...published, transport: Transport.tcp(3031) }, 'http true beside a transport'],
    [
      { http: true, ...published, protocol: UwsgiProtocol.HTTP },
      'protocol HTTP has no effect beside http true: the router speaks uwsgi to the workers',
    ],
    [
      { http: true, ...published, httpTimeout: Duration.seconds(60), harakiri: Duration.minutes(5) },
      'httpTimeout of 60 s is not above the 300 s that harakiri lets a request run',
    ],
    [
      { http: true, ...published, httpTimeout: Duration.seconds(30) },
      'httpTimeout of 30 s is not above the 30 s that harakiri lets a request run',
    ],
    [
      { mountApps: { '/api': WsgiModule.file('api.py', 'other') } },
      'uWSGI looks in a file for the callable of module, "app", not for "other"',
    ],
  ])('fails on %j', (over, message) => {
    expect(() => {
      build(over);
    }).toThrow(message);
  });
});

describe('threads and what ends their worker', () => {
  const OLD = { serverVersion: '2.0.26', threads: 4 };

  test.each<[Partial<UwsgiAppProps>, string]>([
    [
      { ...OLD, maxRequests: 500 },
      'maxRequests with threads 4: uWSGI 2.0.26 loses requests of a worker that it recycles\n' +
        '  run uWSGI 2.0.27 or newer, or use processes instead of threads\n  construct: site/x\n  rule: UWS-THREADS-RECYCLE',
    ],
    [{ ...OLD, maxWorkerLifetime: Duration.minutes(1) }, 'maxWorkerLifetime with threads 4'],
    [{ ...OLD, reloadOnAs: Size.mebibytes(100) }, 'reloadOnAs with threads 4'],
    [{ ...OLD, reloadOnRss: Size.mebibytes(100) }, 'reloadOnRss with threads 4'],
    [{ threads: 2, reloadOnException: true }, 'reloadOnException true with threads 2: a worker whose'],
  ])('fail together: %j', (over, message) => {
    expect(() => {
      build(over);
    }).toThrow(message);
  });

  test.each<[Partial<UwsgiAppProps>]>([
    [{ ...OLD, serverVersion: '2.0.27', maxRequests: 500, maxWorkerLifetime: Duration.minutes(1) }],
    [{ ...OLD, threads: 1, maxRequests: 500, reloadOnException: true }],
    [{ serverVersion: '2.0.21', reloadOnRss: Size.mebibytes(100) }],
    [{ ...OLD, memory: Size.mebibytes(512) }],
  ])('go together: %j', (over) => {
    expect(() => {
      build(over);
    }).not.toThrow();
  });
});

describe('values that uWSGI would take for something else', () => {
  test.each<[string, () => unknown, string]>([
    [
      'nothing as a time',
      () => build({ socketTimeout: Duration.seconds(0) }),
      'socketTimeout of 0 is nothing',
    ],
    [
      'part of a second',
      () => build({ socketTimeout: Duration.milliseconds(1) }),
      'not a whole number of seconds',
    ],
    ['nothing as a size', () => build({ limitPost: Size.bytes(0) }), 'limitPost of 0 is nothing'],
    [
      'a queue that C counts as negative',
      () => build({ listen: 2 ** 31 }),
      'listen 2147483648 is more than uWSGI can run with',
    ],
    [
      'more processes than a kernel has',
      () => build({ processes: 1e9 }),
      'processes 1000000000 is more than',
    ],
    ['more threads than a kernel has', () => build({ threads: 2 ** 33 }), 'threads 8589934592 is more than'],
    [
      'a buffer that holds no request',
      () => build({ bufferSize: Size.bytes(1) }),
      'bufferSize of 1 bytes holds no request',
    ],
    ['one greenlet', () => build({ gevent: 1 }), 'gevent 1 is not a count'],
    [
      'too many variables',
      () => build({ maxVars: 2 ** 40 }),
      'maxVars 1099511627776 is more than uWSGI takes',
    ],
    [
      'a relative path',
      () => build({ masterFifo: ['fifo'] }),
      'masterFifo[0] "fifo" is not an absolute path',
    ],
    ['an empty text', () => build({ procnamePrefix: '' }), 'procnamePrefix "" is empty'],
    ['a line break', () => build({ hookPreApp: ['print:a\nmaster = 0'] }), 'line break'],
    [
      'a mount of /',
      () => build({ mountApps: { '/': WsgiModule.file('p.py', 'app') } }),
      'mountApps "/" is not',
    ],
    [
      'a broken expression',
      () => build({ staticMaps: { '/s': '/s' }, staticExpires: { '([': time } }),
      'staticExpires "([" is not a regular expression: a \'[\' is never closed, at position 1',
    ],
    [
      'another one',
      () => build({ staticMaps: { '/s': '/s' }, staticGzip: ['\\.js$', '*a'] }),
      'staticGzip[1] "*a" is not a regular expression: there is nothing that \'*\' could repeat, at position 0',
    ],
    [
      'a blank in an expression',
      () => build({ staticMaps: { '/s': '/s' }, staticExpires: { 'a b': time } }),
      'staticExpires "a b"',
    ],
    ['a percentage of 101', () => UwsgiCheaperAlgo.busyness({ max: 101 }), 'max 101 is not a percentage'],
    ['percentages that cross', () => UwsgiCheaperAlgo.busyness({ max: 20 }), 'min 25 is not below max 20'],
    ['an unknown placeholder', () => UwsgiLogFormat.of('%(url)'), 'did you mean "%(uri)"?'],
  ])('fails on %s', (_, action, message) => {
    expect(action).toThrow(message);
  });

  test('fails on a placeholder of the log that is the name of an option in the file', () => {
    expect(() => {
      build({
        logformat: UwsgiLogFormat.of('%(addr)'),
        options: [UwsgiOption.of('set-placeholder', 'addr=1')],
      });
    }).toThrow('which uWSGI always replaces by the value of that option');
  });
});

describe('paths that uWSGI writes to', () => {
  test.each<[Partial<UwsgiAppProps>, string]>([
    [
      { masterFifo: ['/run/fifo'] },
      'masterFifo[0] "/run/fifo": nobody may write there, the root is read-only',
    ],
    [{ pyTracebacker: '/srv/tb' }, 'pyTracebacker "/srv/tb": nobody may write there'],
    [
      { cache2: [UwsgiCache.of('c', { items: 2, store: '/srv/c' })] },
      'cache2[0] "/srv/c": nobody may write there',
    ],
    [
      { logger: [UwsgiLogger.stdio(), UwsgiLogger.custom('file:/var/log/a.log', 'logfile')] },
      'logger[1] "/var/log/a.log": nobody may write there, the root is read-only\n' +
        "  leave it out: without a logger the log is the container's output, or mount something at /var/log",
    ],
    [
      { reqLogger: [UwsgiLogger.custom('req file:logfile=log/a,maxsize=100', 'logfile')] },
      'reqLogger[0] "log/a": nobody may write there',
    ],
    [{ spooler: ['/run/tasks'] }, 'spooler[0] "/run/tasks": there is no such directory, or it is read-only'],
    ...['/tmp', '/tmp/tasks', '/dev/shm', '/srv/memory'].map((at): [Partial<UwsgiAppProps>, string] => [
      { spooler: [at], mounts: [Mount.tmpfs('/srv/memory', Size.mebibytes(1))] },
      `spooler[0] "${at}" is in memory: its tasks would be lost with the container, at every rollout\n  use Mount.volume`,
    ]),
    [
      {
        spooler: ['/srv/tasks'],
        mounts: [Mount.hostPath('/srv/tasks', '/srv/tasks', { readOnly: true })],
      },
      'spooler[0] "/srv/tasks": there is no such directory, or it is read-only',
    ],
  ])('fails on %j', (over, message) => {
    expect(() => {
      build(over);
    }).toThrow(message);
  });

  test('may be in memory, on a volume or on the host', () => {
    expect(() =>
      siteStack((site) => {
        const data = new DataVolume(site, 'data');
        new UwsgiApp(site, 'x', {
          ...UWSGI,
          spooler: ['/srv/tasks'],
          masterFifo: ['/srv/memory/fifo'],
          logger: [UwsgiLogger.custom('file:/srv/memory/log', 'logfile')],
          mounts: [Mount.volume(data, '/srv/tasks'), Mount.tmpfs('/srv/memory', Size.mebibytes(1))],
        });
      }),
    ).not.toThrow();
  });
});

describe('plugins', () => {
  test.each<[Partial<UwsgiAppProps>, string]>([
    [{ asyncio: 5 }, "asyncio needs the plugin asyncio, which PyPI's uWSGI does not have"],
    [{ statsPush: [UwsgiStatsPush.statsd('s:1')] }, 'statsPush needs the plugin stats_pusher_statsd'],
    [
      { plugin: UwsgiPlugin.modular(), logger: [UwsgiLogger.custom('mongodb:x', 'mongodblog')] },
      "logger needs the plugin mongodblog, which Debian's uWSGI does not have",
    ],
  ])('fails on %j, which the build does not have', (over, message) => {
    expect(() => {
      build(over);
    }).toThrow(message);
  });

  test('that an image has besides may be named', () => {
    expect(() => {
      build({ statsPush: [UwsgiStatsPush.statsd('s:1')], plugins: ['stats_pusher_statsd'] });
    }).not.toThrow();
  });
});
