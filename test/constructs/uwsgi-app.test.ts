import {
  AppImage,
  NginxFrontend,
  Duration,
  FileMode,
  Listener,
  Review,
  Size,
  Transport,
  UwsgiApp,
  UwsgiLogEncoder,
  UwsgiOption,
  UwsgiPlugin,
  UwsgiProtocol,
  WsgiModule,
} from 'cdktf-wsgi';
import type { UwsgiAppProps } from 'cdktf-wsgi';
import { UWSGI, container, siteStack } from '../helpers/stacks';

describe('every prop of UwsgiApp shows in its file', () => {
  const lines = (over: Partial<UwsgiAppProps>): string[] => {
    const stack = siteStack((site) => {
      new UwsgiApp(site, 'x', { ...UWSGI, ...over });
    });
    return (Review.of(stack).files['x/uwsgi.ini'] ?? '').split('\n');
  };

  test.each<[Partial<UwsgiAppProps>, string]>([
    [{}, 'processes = 2'],
    [{}, 'buffer-size = 65535'],
    [{}, 'max-vars = 3277'],
    [{}, 'post-buffering = 8192'],
    [{}, 'listen = 1024'],
    [{}, 'harakiri = 30'],
    [{}, 'worker-reload-mercy = 30'],
    [{}, 'master = true'],
    [{}, 'strict = true'],
    [{}, 'need-app = true'],
    [{}, 'vacuum = true'],
    [{}, 'single-interpreter = true'],
    [{}, 'enable-threads = true'],
    [{}, 'thunder-lock = true'],
    [{}, 'lazy-apps = false'],
    [{}, 'chdir = /app'],
    [{}, 'chmod-socket = 660'],
    [{}, 'socket = /run/wsgi/%h.sock'],
    [{ cpus: 3 }, 'processes = 6'],
    [{ processes: 5 }, 'processes = 5'],
    [{ threads: 3 }, 'threads = 3'],
    [{ enableThreads: false }, 'enable-threads = false'],
    [{ bufferSize: Size.kibibytes(16) }, 'buffer-size = 16384'],
    [{ bufferSize: Size.kibibytes(16) }, 'max-vars = 820'],
    [{ postBuffering: Size.kibibytes(4) }, 'post-buffering = 4096'],
    [{ listen: 64 }, 'listen = 64'],
    [{ harakiri: Duration.minutes(1) }, 'harakiri = 60'],
    [{ umask: FileMode.of('007') }, 'umask = 007'],
    [{ maxRequests: 100 }, 'max-requests = 100'],
    [{ maxRequests: 100, maxRequestsDelta: 10 }, 'max-requests-delta = 10'],
    [{ maxWorkerLifetime: Duration.hours(1) }, 'max-worker-lifetime = 3600'],
    [{ minWorkerLifetime: Duration.seconds(5) }, 'min-worker-lifetime = 5'],
    [{ reloadOnAs: Size.mebibytes(300) }, 'reload-on-as = 300'],
    [{ reloadOnRss: Size.mebibytes(200) }, 'reload-on-rss = 200'],
    [{ evilReloadOnAs: Size.mebibytes(500) }, 'evil-reload-on-as = 500'],
    [{ evilReloadOnRss: Size.mebibytes(400) }, 'evil-reload-on-rss = 400'],
    [{ stats: 9191 }, 'stats = 0.0.0.0:9191'],
    [{ stats: 9191, statsHttp: true }, 'stats-http = true'],
    [{ staticMaps: { '/static': '/app/static' } }, 'static-map = /static=/app/static'],
    [{ workerReloadMercy: Duration.seconds(9) }, 'worker-reload-mercy = 9'],
    [{ processes: 4, cheaper: 1 }, 'cheaper = 1'],
    [{ processes: 4, cheaper: 1, cheaperInitial: 2 }, 'cheaper-initial = 2'],
    [{ processes: 4, cheaper: 1, cheaperStep: 2 }, 'cheaper-step = 2'],
    [{ lazyApps: true }, 'lazy-apps = true'],
    [{ singleInterpreter: false }, 'single-interpreter = false'],
    [{ needApp: false }, 'need-app = false'],
    [{ strict: false }, 'strict = false'],
    [{ vacuum: false }, 'vacuum = false'],
    [{ chdir: '/opt/shop' }, 'chdir = /opt/shop'],
    [{ socketMode: FileMode.of('666') }, 'chmod-socket = 666'],
    [{ protocol: UwsgiProtocol.HTTP }, 'http-socket = /run/wsgi/%h.sock'],
    [{ transport: Transport.tcp(3031) }, 'socket = 0.0.0.0:3031'],
    [{ listeners: [Listener.http(9090)] }, 'http-socket = 0.0.0.0:9090'],
    [{ plugin: UwsgiPlugin.modular() }, 'need-plugin = python3'],
    [{ module: WsgiModule.dotted('shop.wsgi', 'app') }, 'module = shop.wsgi'],
    [{ options: [UwsgiOption.of('log-x-forwarded-for', 'true')] }, 'log-x-forwarded-for = true'],
  ])('%j renders %j', (over, line) => {
    expect(lines(over)).toContain(line);
  });

  test('the stats server speaks no HTTP unless told', () => {
    expect(lines({ stats: 9191 }).join('\n')).not.toContain('stats-http');
  });

  test('one process needs no thunder lock', () => {
    expect(lines({ processes: 1 })).not.toContain('thunder-lock = true');
  });
});

test.each(['daemonize', 'pidfile', 'emperor', 'idle', 'cpu-affinity'])(
  'fails on the uWSGI option %s, which a container cannot use',
  (name) => {
    expect(() => {
      siteStack((site) => {
        new UwsgiApp(site, 'x', { ...UWSGI, options: [UwsgiOption.of(name, '99')] });
      });
    }).toThrow(`${name} has no place in a container: `);
  },
);

test.each<[string, Partial<UwsgiAppProps>, string]>([
  [
    'an option that has a prop',
    { options: [UwsgiOption.of('stats', ':9191')] },
    'stats among options has a prop of its own, which checks it and knows what follows from it\n  use the prop stats',
  ],
  [
    'statistics on the loopback of the container',
    { options: [UwsgiOption.of('stats', '127.0.0.1:9191')] },
    'stats 127.0.0.1:9191 answers nobody: the loopback of a container is the container alone\n  use the prop stats',
  ],
  [
    'another name of an option that has a prop',
    { options: [UwsgiOption.of('virtualenv', '/venv')] },
    'use the prop home',
  ],
  ...(
    [
      ['static-check', '/app', 'checkStatic'],
      ['pp', '/lib', 'pythonpath'],
      ['python-path', '/lib', 'pythonpath'],
      ['plugins', 'gevent', 'plugins'],
      ['logdate', '%Y', 'logDate'],
      ['log-prefix', 'shop', 'logDate'],
      ['logger-req', 'stdio', 'reqLogger'],
      ['fileserve-mode', 'x-sendfile', 'fileServeMode'],
    ] as const
  ).map(([name, value, prop]): [string, Partial<UwsgiAppProps>, string] => [
    `${name}, another name of an option that has a prop,`,
    { options: [UwsgiOption.of(name, value)] },
    `${name} among options has a prop of its own, which checks it and knows what follows from it\n  use the prop ${prop}`,
  ]),
  [
    'an option that the construct settles',
    { options: [UwsgiOption.of('uid', '99')] },
    'uid has no place among options: the container is started as that user, and uWSGI refuses to change it unless it is root\n  use the prop uid',
  ],
  [
    'source code served under every URL',
    { checkStatic: ['/app'] },
    "checkStatic would serve /app, and the application's source code in /app with it\n  give a directory of its own, such as /app/static",
  ],
  [
    'an option of a plugin that a modular build has not loaded',
    { plugin: UwsgiPlugin.modular(), options: [UwsgiOption.of('rrdtool', '/tmp')] },
    "rrdtool belongs to the plugin rrdtool, which is not loaded\n  name it: plugins: ['rrdtool']",
  ],
  [
    'an option of a plugin that an embedded build does not have',
    { options: [UwsgiOption.of('cgi', '/tmp')] },
    "cgi belongs to the plugin cgi, which is not loaded\n  add the plugin to the image and name it: plugins: ['cgi']",
  ],
  [
    'many requests in a worker without a loop',
    { options: [UwsgiOption.of('async', '10')] },
    'async 10 without a loop engine: requests of one worker would mix',
  ],
  [
    'a second loop',
    { gevent: 10, options: [UwsgiOption.of('async', '10')] },
    'async 10 contradicts the prop gevent, which sets it',
  ],
  [
    'another action for SIGTERM',
    { options: [UwsgiOption.of('hook-master-start', 'unix_signal:15 reload')] },
    'hook-master-start unix_signal:15 reload takes SIGTERM from the hook',
  ],
  [
    'a stats server on a Unix socket, which nothing outside could reach,',
    { options: [UwsgiOption.of('stats', '/tmp/stats.sock')] },
    'stats /tmp/stats.sock answers nobody: a Unix socket is in the container alone\n  use the prop stats, which answers on every address',
  ],
  [
    'the same under the other name of the option',
    { options: [UwsgiOption.of('stats-server', 'stats.sock')] },
    'stats-server stats.sock answers nobody',
  ],
  [
    'less address space than the server itself takes',
    { limitAs: Size.mebibytes(59) },
    'limitAs of 59 MiB is less than uWSGI and Python take before the application is loaded: the server would not start\n  give Size.mebibytes(60)',
  ],
  [
    'an action that uWSGI does not have',
    { hookPreApp: ['print:a', '!pint:b'] },
    'hookPreApp[1] "!pint:b": uWSGI has no action "pint", and ends where it gets to it\n  did you mean "print"?; where a plugin of the image adds it, name that in plugins',
  ],
  [
    'an action with a blank before its colon',
    { hookAccepting: ['print : a'] },
    'hookAccepting[0] "print : a": uWSGI has no action "print "',
  ],
  [
    'an action that uWSGI does not have, among options',
    { options: [UwsgiOption.of('hook-as-user', 'touch:/tmp/a')] },
    'hook-as-user "touch:/tmp/a": uWSGI has no action "touch", and ends where it gets to it\n  give one of cd, chdir,',
  ],
  [
    'a word that is no action',
    { hookPreApp: ['print'] },
    'hookPreApp[0] "print" is not an action and its argument\n  put a colon between them, such as \'print:hello\'',
  ],
  [
    'an unknown action after a touch',
    { options: [UwsgiOption.of('hook-touch', '/tmp/a pint:b')] },
    'hook-touch "/tmp/a pint:b": uWSGI has no action "pint"',
  ],
  [
    'a touch without an action',
    { options: [UwsgiOption.of('hook-touch', '/tmp/a')] },
    "put a colon between them, such as '/tmp/touched print:hello'",
  ],
  [
    'an encoder that uWSGI does not have',
    { logEncoder: [UwsgiLogEncoder.nl(), UwsgiLogEncoder.custom('jso', '{}')] },
    'logEncoder[1] "jso {}": uWSGI has no encoder "jso", and would not start\n  did you mean "json"?',
  ],
  [
    'an encoder that uWSGI does not have, among options',
    { options: [UwsgiOption.of('log-req-encoder', 'base64')] },
    'log-req-encoder "base64": uWSGI has no encoder "base64", and would not start\n  give one of prefix, suffix, nl, format, json, gzip, compress;',
  ],
  [
    'an encoder of a plugin that is not loaded',
    { logEncoder: [UwsgiLogEncoder.custom('msgpack', 'map:1|str:m|msg')] },
    "belongs to the plugin msgpack, which is not loaded\n  name it: plugins: ['msgpack'], with an image that has it",
  ],
  [
    'an encoder that makes lines of nothing',
    { logEncoder: [UwsgiLogEncoder.custom('format')] },
    'logEncoder[0] "format" has no text: every line of the log would be empty\n  give it one, such as \'format ${msg}\'',
  ],
  [
    'an encoder without the library that it needs',
    {
      image: AppImage.python('examples/hand-written/p_test'),
      chdir: '/app',
      logEncoder: [UwsgiLogEncoder.custom('gzip')],
    },
    'logEncoder[0] "gzip" needs zlib, which the uWSGI of AppImage.python is built without',
  ],
  [
    'source code served by a prop',
    { staticMaps: { '/': '/' } },
    'staticMaps "/" would serve /, and the application\'s source code in /app with it',
  ],
  ...(
    [
      ['static-map2', '/=/app', '/app'],
      ['static-map2', '/app=/', '/app'],
      ['route', '^/x/(.*) static:/app/$1', '/app'],
      ['route-run', 'static:./${PATH_INFO}', '/app'],
      ['route-if', 'exists:/x;/y static:/$1', '/'],
    ] as const
  ).map(([name, value, directory]): [string, Partial<UwsgiAppProps>, string] => [
    `source code served by ${name} ${value}`,
    { options: [UwsgiOption.of(name, value)] },
    `${name} ${value} would serve ${directory}, and the application's source code in /app with it`,
  ]),
  ['a log file', { options: [UwsgiOption.of('logto', '/tmp/log')] }, 'logto has no place in a container'],
  [
    'a socket that nobody knows',
    { options: [UwsgiOption.of('fastcgi-socket', ':9000')] },
    'fastcgi-socket has no place among options: nobody knows the socket',
  ],
  [
    'the mode of the socket by its other name',
    { options: [UwsgiOption.of('chmod', '666')] },
    'use the prop socketMode',
  ],
  [
    'options of another file',
    { options: [UwsgiOption.of('yaml', '/app/uwsgi.yaml')] },
    'yaml has no place in a container: nothing checks or shows what it reads',
  ],
  [
    'a jail in the container',
    { options: [UwsgiOption.of('pivot-root', '/srv /old')] },
    'pivot-root has no place in a container',
  ],
  [
    'a reload at every write, in production',
    { options: [UwsgiOption.of('fs-reload', '/app')] },
    'fs-reload /app reloads the server at every write, its requests with it\n  give development: true',
  ],
  [
    'an option that uWSGI does not have',
    { options: [UwsgiOption.of('harakirii', '1')] },
    'uWSGI has no option "harakirii"\n  did you mean "harakiri"?',
  ],
])('refuses %s at once', (_, over, message) => {
  const build = (): object => siteStack((site) => new UwsgiApp(site, 'x', { ...UWSGI, ...over }));
  expect(build).toThrow(message);
  expect(build).toThrow('construct: site/x');
});

test.each<[Partial<UwsgiAppProps>, string]>([
  [{ statsHttp: true }, 'statsHttp true has no effect without stats'],
  [{ stats: 0 }, 'stats 0: 0 is not a port'],
  [
    { umask: FileMode.of('660') },
    'umask 660 takes rights from the owner, and the application could not use its own files',
  ],
  [
    { staticMaps: { static: '/x' } },
    'staticMaps "static" to "/x" is not a URL prefix and an absolute directory',
  ],
])('refuses %j at once', (over, message) => {
  expect(() => siteStack((site) => new UwsgiApp(site, 'x', { ...UWSGI, ...over }))).toThrow(message);
});

test.each<[string, Partial<UwsgiAppProps>]>([
  [
    'a reload at every write, in development',
    { development: true, options: [UwsgiOption.of('fs-reload', '/app')] },
  ],
  [
    'what a plugin that is loaded provides',
    { plugins: ['rrdtool'], options: [UwsgiOption.of('rrdtool', '/tmp')] },
  ],
  [
    'what a plugin provides that is loaded by hand',
    { options: [UwsgiOption.of('need-plugin', 'cgi'), UwsgiOption.of('cgi', '/tmp')] },
  ],
  [
    'actions and encoders that uWSGI has, whatever stands around their names',
    {
      hookPreApp: ['!print:a', 'exec:echo b: c'],
      options: [
        UwsgiOption.of('hook-touch', '/tmp/a  print:b'),
        UwsgiOption.of('log-req-encoder', 'prefix:requests >'),
        UwsgiOption.of('after-request-hook', 'symbol'),
      ],
    },
  ],
  [
    'actions and encoders that a plugin of the image may add',
    {
      plugins: ['sentry'],
      hookPreApp: ['sentry:dsn=https://a'],
      logEncoder: [UwsgiLogEncoder.custom('own')],
    },
  ],
  [
    'the encoder of a plugin that is loaded',
    { plugins: ['msgpack'], logEncoder: [UwsgiLogEncoder.custom('msgpack', 'map:1|str:m|msg')] },
  ],
  [
    'files of a directory of their own, and one file',
    {
      plugins: ['router_static'],
      options: [
        UwsgiOption.of('static-map2', '/static=/app'),
        UwsgiOption.of('route', '^/x/(.*) static:/app/static/$1'),
        UwsgiOption.of('route', '^/robots.txt static:/app/robots.txt'),
      ],
    },
  ],
  [
    'another loop',
    { plugins: ['ugreen'], options: [UwsgiOption.of('async', '10'), UwsgiOption.of('ugreen', 'true')] },
  ],
])('passes %s through', (_, over) => {
  const stack = siteStack((site) => {
    new UwsgiApp(site, 'x', {
      ...UWSGI,
      plugin: UwsgiPlugin.modular(),
      listeners: [Listener.http(1)],
      ...over,
    });
  });
  expect(Review.of(stack).findings).toEqual([]);
});

describe('the timeout of the router', () => {
  const time = Duration.minutes(5);
  test.each<[string, Partial<UwsgiAppProps>, string | undefined]>([
    ['is a step longer than harakiri', { harakiri: time }, 'http-timeout = 305'],
    [
      'counts the mercy of harakiri as well',
      { harakiri: time, harakiriGracefulTimeout: Duration.seconds(10) },
      'http-timeout = 315',
    ],
    ['is what it is told to be', { harakiri: time, httpTimeout: Duration.minutes(6) }, 'http-timeout = 360'],
    ["is uWSGI's own where harakiri is the default", {}, undefined],
    ["is uWSGI's own where nothing bounds a request", { harakiri: Duration.seconds(0) }, undefined],
    ['is not bound to a harakiri that watches the worker', { harakiri: time, gevent: 10 }, undefined],
  ])('%s: %j', (_, over, line) => {
    const stack = siteStack((site) => {
      new UwsgiApp(site, 'x', { ...UWSGI, http: true, listeners: [Listener.http(9090)], ...over });
    });
    const text = Review.of(stack).files['x/uwsgi.ini'] ?? '';
    expect(text.match(/^http-timeout = .*$/m)?.[0]).toBe(line);
  });
});

test('a Unix socket for nginx and a port for the world stand side by side', () => {
  const stack = siteStack((site) => {
    const app = new UwsgiApp(site, 'x', {
      ...UWSGI,
      transport: Transport.unixSocket(),
      listeners: [Listener.http(9090), Listener.http(9090, { address: '::1' })],
    });
    expect(app.urls).toEqual(['http://localhost:9090/', 'http://[::1]:9090/']);
    new NginxFrontend(site, 'web').addBackend('/', app);
  });
  const lines = (Review.of(stack).files['x/uwsgi.ini'] ?? '').split('\n');
  expect(lines.filter((line) => /^(?:http-)?socket/.test(line))).toEqual([
    'http-socket = 0.0.0.0:9090',
    'socket = /run/wsgi/%h.sock',
  ]);
  expect(Review.of(stack).findings).toEqual([]);
});

describe.each([
  'threads',
  'listen',
  'maxRequests',
  'maxRequestsDelta',
  'cheaperInitial',
  'cheaperStep',
  'replicas',
  'uid',
  'gid',
  'cpus',
  'processes',
])('the number %s', (prop) => {
  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 1e300])('fails on %p', (value) => {
    expect(() => siteStack((site) => new UwsgiApp(site, 'x', { ...UWSGI, [prop]: value }))).toThrow(prop);
  });
});

test('the grace that the topology tells of is the one that the container has, with mules that take longer too', () => {
  const stack = siteStack((site) => {
    new UwsgiApp(site, 'x', {
      ...UWSGI,
      listeners: [Listener.http(1)],
      mules: 1,
      muleReloadMercy: Duration.seconds(50),
    });
  });
  const { apps } = JSON.parse(Review.of(stack).topology) as { apps: [{ sizing: { stopGrace: unknown } }] };
  expect(apps[0].sizing.stopGrace).toEqual({
    value: 55,
    unit: 's',
    from: 'derived',
    why: 'muleReloadMercy of 50 s and 5 s more',
  });
  expect(container(stack, 'x-0')['destroy_grace_seconds']).toBe(55);
});
