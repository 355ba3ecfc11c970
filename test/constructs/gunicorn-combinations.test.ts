import {
  Duration,
  FileMode,
  GunicornApp,
  GunicornCertReqs,
  GunicornHook,
  GunicornHeaderMap,
  GunicornHttp2Cleartext,
  GunicornHttpParser,
  GunicornHttpProtocol,
  GunicornLogLevel,
  GunicornProtocol,
  GunicornProxyProtocol,
  GunicornReloadEngine,
  HealthCheck,
  Listener,
  Review,
  Size,
  StatsdAddress,
  SyslogAddress,
  Transport,
  WorkerClass,
} from 'cdktf-wsgi';
import type { GunicornAppProps } from 'cdktf-wsgi';
import { TerraformVariable } from 'cdktf';
import { GUNICORN, container, siteStack } from '../helpers/stacks';

const made = (over: Partial<GunicornAppProps>) => () =>
  siteStack((site) => new GunicornApp(site, 'x', { ...GUNICORN, ...over }));

const H2 = { httpProtocols: [GunicornHttpProtocol.H2] };
const PUBLISHED = { listeners: [Listener.http(8443)] };
const TLS = { ...PUBLISHED, certfile: '/run/secrets/tls.pem' };
const NEWEST = { serverVersion: '27.0.1' };
const DIRTY = { ...NEWEST, dirtyWorkers: 1, dirtyApps: ['shop.models:Recommender'] };
const THREADS = { workerClass: WorkerClass.GTHREAD };

describe('props that do not work together are told where they are written, and the first of them is named', () => {
  test.each<[Partial<GunicornAppProps>, string]>([
    [
      { reload: true },
      'reload is for the machine where code is edited\n  leave it out, or give development: true',
    ],
    [{ spew: true }, 'spew is for the machine where code is edited'],
    [
      { development: true, reloadEngine: GunicornReloadEngine.POLL },
      'reloadEngine has no effect without reload',
    ],
    [{ development: true, reload: true, preloadApp: true }, 'rule: GUN-PRELOAD-RELOAD'],
    [{ maxRequests: 500, threads: 2 }, 'maxRequests with threads loses requests before gunicorn 24.1'],
    [
      { maxRequests: 500, workerClass: WorkerClass.GTHREAD, serverVersion: '21.2.0' },
      'rule: GUN-GTHREAD-RECYCLE',
    ],
    [{ reusePort: true }, 'reusePort with a Unix socket leaves gunicorn without any socket'],
    [{ reusePort: true, ...PUBLISHED, transport: Transport.unixSocket() }, 'rule: GUN-REUSEPORT'],
    [{ proxyProtocol: GunicornProxyProtocol.V1 }, 'rule: GUN-PROXYPROTO'],
    [{ proxyProtocol: GunicornProxyProtocol.V1, transport: Transport.tcp(1) }, 'rule: GUN-PROXYPROTO'],
    [{ proxyProtocol: GunicornProxyProtocol.V2, ...PUBLISHED }, 'proxyProtocol v2 needs gunicorn 24.1.0'],
    [{ proxyAllowIps: ['10.0.0.1'] }, 'proxyAllowIps has no effect without proxyProtocol'],
    [
      { httpParser: GunicornHttpParser.FAST, stripHeaderSpaces: true, ...NEWEST },
      'httpParser FAST cannot do what permitObsoleteFolding and stripHeaderSpaces ask for',
    ],
    [{ threads: 2, workerClass: WorkerClass.GEVENT }, 'threads has no effect with this workerClass'],
    [{ threads: 2, workerClass: WorkerClass.ASGI, ...NEWEST }, 'rule: GUN-THREADS-IGNORED'],
    [{ threads: 2, workerClass: WorkerClass.UVICORN }, 'rule: GUN-THREADS-IGNORED'],
    [{ workerConnections: 9 }, 'workerConnections has no effect with this workerClass'],
    [{ workerConnections: 9, workerClass: WorkerClass.TORNADO }, 'rule: GUN-THREADS-IGNORED'],
    [{ workerConnections: 9, workerClass: WorkerClass.ASGI, ...NEWEST }, 'rule: GUN-THREADS-IGNORED'],
    [
      { rootPath: '/shop', ...NEWEST },
      'rootPath has no effect with this workerClass\n  leave it out, or give WorkerClass.ASGI\n',
    ],
    [{ rootPath: '/shop', workerClass: WorkerClass.UVICORN, ...NEWEST }, 'rootPath has no effect'],
    ...[WorkerClass.TORNADO, WorkerClass.UVICORN].flatMap(
      (workerClass): [Partial<GunicornAppProps>, string][] => [
        [
          { workerClass, ...NEWEST, ...PUBLISHED, proxyProtocol: GunicornProxyProtocol.V1 },
          'proxyProtocol has no effect with this workerClass\n  leave it out, or give WorkerClass.SYNC, GTHREAD, GEVENT or ASGI',
        ],
        [{ workerClass, headerMap: GunicornHeaderMap.REFUSE }, 'headerMap has no effect'],
        [{ workerClass, limitRequestFields: 9 }, 'limitRequestFields has no effect'],
        [{ workerClass, preRequest: GunicornHook.imported('a', 'b') }, 'preRequest has no effect'],
        [{ workerClass, sendfile: true }, 'sendfile has no effect'],
      ],
    ),
    [{ workerClass: WorkerClass.TORNADO, accesslog: '-' }, 'accesslog has no effect'],
    [
      { workerClass: WorkerClass.UVICORN, accesslog: '-', accessLogFormat: '%(h)s' },
      'accessLogFormat has no effect',
    ],
    [
      { workerClass: WorkerClass.UVICORN, workerAbort: GunicornHook.imported('a', 'b') },
      'workerAbort has no effect',
    ],
    [
      { workerClass: WorkerClass.UVICORN, ...TLS, sslContext: GunicornHook.imported('a', 'b') },
      'sslContext has no effect',
    ],
    [
      { workerClass: WorkerClass.ASGI, ...NEWEST, casefoldHttpMethod: true },
      'casefoldHttpMethod has no effect',
    ],
    [
      { workerClass: WorkerClass.custom('gunicorn.workers.gtornado.TornadoWorker'), limitRequestFields: 9 },
      'limitRequestFields has no effect',
    ],
    [
      { workerClass: WorkerClass.custom('uvicorn.workers.UvicornH11Worker'), limitRequestFields: 9 },
      'limitRequestFields has no effect',
    ],
    [{ protocol: GunicornProtocol.UWSGI, workerClass: WorkerClass.TORNADO, ...NEWEST }, 'rule: XT-PROTO'],
    [{ protocol: GunicornProtocol.UWSGI, workerClass: WorkerClass.UVICORN, ...NEWEST }, 'rule: XT-PROTO'],
    [
      { protocol: GunicornProtocol.UWSGI, serverVersion: '26.2.0' },
      'protocol UWSGI spoils answers before gunicorn 27.0.0',
    ],
    [{ dirtyThreads: 2, ...NEWEST }, 'dirtyThreads has no effect without dirtyWorkers'],
    [
      { dirtyWorkerInit: GunicornHook.imported('a', 'b'), dirtyWorkers: 0, ...NEWEST },
      'dirtyWorkerInit has no effect without dirtyWorkers',
    ],
    [{ dirtyWorkers: 2, ...NEWEST }, 'dirtyWorkers has nothing to do without dirtyApps'],
    [
      { controlSocketMode: FileMode.of('600'), ...NEWEST },
      'controlSocketMode has no effect without controlSocket',
    ],
    [{ statsdPrefix: 'shop' }, 'statsdPrefix has no effect without statsdHost'],
    [{ syslogPrefix: 'shop' }, 'syslogPrefix has no effect without syslog'],
    [
      { accessLogFormat: '%(h)s' },
      "accessLogFormat has no effect without an access log\n  give accesslog: '-' too, which is the container's output, or leave it out",
    ],
    [{ accessLogFormat: '%(h)s', syslog: true, disableRedirectAccessToSyslog: true }, 'rule: GUN-ACCESSLOG'],
    [
      { ...DIRTY, dirtyGracefulTimeout: Duration.seconds(600) },
      'dirtyGracefulTimeout of 600 s is longer than gracefulTimeout, after whose 30 s the server kills all that is left\n  give at most Duration.seconds(30), or gracefulTimeout: Duration.seconds(600)',
    ],
    [
      { logconfig: '/a.ini', logconfigJson: '/a.json' },
      'logconfig is one of several configurations of logging',
    ],
    [{ certfile: '/a.pem' }, 'certfile is of no use behind nginx'],
    [{ ...TLS, transport: Transport.tcp(1) }, 'rule: GUN-TLS'],
    [{ ...PUBLISHED, keyfile: '/a.key' }, 'keyfile has no effect without certfile'],
    [
      { ...PUBLISHED, sslContext: GunicornHook.imported('a', 'b') },
      'sslContext has no effect without certfile',
    ],
    [
      { ...TLS, workerClass: WorkerClass.TORNADO, serverVersion: '20.1.0' },
      'makes every connection fail with tornado',
    ],
    [
      { ...TLS, certReqs: GunicornCertReqs.REQUIRED, healthCheck: HealthCheck.http('/') },
      'healthCheck asks for a path, and clients without a certificate get no answer',
    ],
    [
      { http2MaxConcurrentStreams: 9, ...NEWEST },
      'http2MaxConcurrentStreams has no effect without GunicornHttpProtocol.H2',
    ],
    [{ ...TLS, ...H2, ...NEWEST }, 'httpProtocols has H2, which these workers do not speak'],
    [{ ...H2, ...THREADS, ...NEWEST }, 'httpProtocols has H2, and nginx speaks HTTP/1.1 to applications'],
    [
      { ...H2, ...THREADS, ...NEWEST, ...PUBLISHED },
      'httpProtocols has H2, which no client can begin without TLS',
    ],
    [
      { ...H2, ...THREADS, ...NEWEST, ...TLS, http2Cleartext: GunicornHttp2Cleartext.BOTH },
      'http2Cleartext has no effect with certfile',
    ],
    [
      {
        ...H2,
        ...THREADS,
        ...NEWEST,
        ...PUBLISHED,
        http2Cleartext: GunicornHttp2Cleartext.PRIOR_KNOWLEDGE,
        healthCheck: HealthCheck.http('/'),
      },
      'http2Cleartext PRIOR_KNOWLEDGE answers 400 to believed peers that speak HTTP/1.1',
    ],
  ])('fails on %j', (over, message) => {
    expect(made(over)).toThrow(message);
  });

  test.each<Partial<GunicornAppProps>>([
    { development: true, reload: true },
    { reload: false },
    { maxRequests: 500, threads: 2, serverVersion: '20.1.0' },
    { maxRequests: 500, threads: 2, serverVersion: '24.1.0' },
    { maxRequests: 500 },
    { maxRequests: 0, threads: 2 },
    { reusePort: true, transport: Transport.tcp(8000) },
    { reusePort: true, ...PUBLISHED },
    { proxyProtocol: GunicornProxyProtocol.V1, ...PUBLISHED },
    { threads: 1, workerClass: WorkerClass.GEVENT },
    { threads: 4, workerClass: WorkerClass.custom('shop.Worker') },
    { workerConnections: 9, threads: 2 },
    { rootPath: '/shop', workerClass: WorkerClass.custom('shop.AsgiWorker'), ...NEWEST },
    { limitRequestFields: 9, workerClass: WorkerClass.custom('shop.Worker') },
    { headerMap: GunicornHeaderMap.REFUSE, limitRequestFields: 9, workerClass: WorkerClass.ASGI, ...NEWEST },
    { workerClass: WorkerClass.UVICORN, accesslog: '-', ...TLS },
    { workerClass: WorkerClass.TORNADO, proxyProtocol: GunicornProxyProtocol.OFF, ...PUBLISHED, ...NEWEST },
    { protocol: GunicornProtocol.UWSGI, workerClass: WorkerClass.ASGI, ...NEWEST },
    { dirtyWorkers: 0, ...NEWEST },
    { ...DIRTY, dirtyGracefulTimeout: Duration.seconds(30) },
    { ...DIRTY, dirtyGracefulTimeout: Duration.seconds(90), gracefulTimeout: Duration.seconds(90) },
    { accessLogFormat: '%(h)s', accesslog: '-' },
    { accessLogFormat: '%(h)s', syslog: true },
    { accessLogFormat: '%(h)s', loggerClass: 'shop.Logger' },
    { accessLogFormat: '%(h)s', ...PUBLISHED },
    { ...TLS, workerClass: WorkerClass.TORNADO },
    { ...TLS, certReqs: GunicornCertReqs.REQUIRED },
    { ...TLS, ...H2, ...THREADS, ...NEWEST },
    { httpProtocols: [GunicornHttpProtocol.H1], ...NEWEST },
  ])('takes %j', (over) => {
    expect(made(over)).not.toThrow();
  });
});

describe('values that gunicorn would refuse, cut or take for others', () => {
  test.each<[() => unknown, string]>([
    [
      made({ limitRequestLine: Size.bytes(8191) }),
      'limitRequestLine of 8191 bytes is beyond what gunicorn takes',
    ],
    [made({ limitRequestFields: 32_769 }), 'limitRequestFields 32769 is beyond what gunicorn takes'],
    [made({ limitRequestFields: 0 }), 'limitRequestFields 0 is not a count'],
    [made({ limitRequestFieldSize: Size.bytes(0) }), 'limitRequestFieldSize of 0 bytes is beyond'],
    [
      made({ ...TLS, ...H2, ...THREADS, ...NEWEST, http2MaxFrameSize: Size.kibibytes(1) }),
      'give 16384 to 16777215 bytes',
    ],
    [made({ accesslog: '-', accessLogFormat: '%(D)d' }), 'rule: GUN-ALF'],
    [made({ procName: ' shop' }), 'procName " shop" has blanks around it'],
    [made({ loggerClass: 'Logger' }), 'loggerClass "Logger" is not the dotted name of a class'],
    [made({ ...TLS, certfile: 'tls.pem' }), 'certfile "tls.pem" is not the absolute path of a file'],
    [made({ pythonpath: ['/a,/b'] }), 'pythonpath[0] "/a,/b" is empty or has a comma'],
    [
      made({ controlSocket: 'gunicorn.ctl', ...NEWEST }),
      'controlSocket "gunicorn.ctl" cannot be the path of a Unix socket',
    ],
    [made({ dirtyWorkers: 1, dirtyApps: ['a.B'], ...NEWEST }), 'dirtyApps "a.B" is not a module and a class'],
    [
      made({ ...NEWEST, workerClass: WorkerClass.ASGI, asgiDisconnectGracePeriod: Duration.milliseconds(1) }),
      'seconds',
    ],
    [made({ forwardedAllowIps: ['nginx'] }), 'rule: GUN-FWD-FORMAT'],
    [made({ settings: { logconfig_dict: { version: 1.5 } } }), 'has a prop of its own'],
    [made({ logconfigDict: { wait: 1.5 } }), '1.5 is not a whole number'],
    [made({ logconfigDict: { version: 2 } }), "version 2 is none that Python's logging knows"],
    [
      () => StatsdAddress.udp('udp://metrics', 1),
      'StatsdAddress.udp: host "udp://metrics" is neither the name of a host',
    ],
    [() => StatsdAddress.udp('metrics', 0), 'StatsdAddress.udp: 0 is not a port'],
    [() => StatsdAddress.unixSocket('run/s'), 'StatsdAddress.unixSocket "run/s" cannot be the path'],
    [() => SyslogAddress.tcp('', 514), 'neither the name of a host'],
    [() => SyslogAddress.unixSocket(`/${'a'.repeat(107)}`), 'of at most 107 characters'],
  ])('fails on %p', (build, message) => {
    expect(build).toThrow(message);
  });
});

describe('hooks', () => {
  test.each<[() => unknown, string]>([
    [
      () => GunicornHook.python('workers = 9'),
      'GunicornHook.python("workers = 9") is not one Python function',
    ],
    [() => GunicornHook.imported('shop-hooks', 'f'), 'these are not a module and a function'],
    [() => GunicornHook.imported('shop', 'a.b'), 'these are not a module and a function'],
    [
      made({ onExit: GunicornHook.python('def on_quit(server): pass') }),
      "onExit is a function called on_quit, and gunicorn calls on_exit\n  write 'def on_exit(server):'",
    ],
    [
      made({ postFork: GunicornHook.python('def post_fork(server): pass') }),
      'postFork takes 1 arguments, and gunicorn calls it with 2\n  give it 2\n  construct: site/x\n  rule: GUN-HOOK-ARITY',
    ],
    [
      made({ onDirtyStarting: GunicornHook.imported('a', 'b'), dirtyWorkers: 1, dirtyApps: ['a:B'] }),
      'dirtyApps needs gunicorn 25.0.0',
    ],
    [
      () => siteStack((site) => GunicornHook.imported(new TerraformVariable(site, 'v', {}).stringValue, 'f')),
      'is a Terraform token',
    ],
  ])('fails on %p', (build, message) => {
    expect(build).toThrow(message);
  });

  test.each([2, 3, 4])('a function after a request may take %d arguments', (count) => {
    const args = ['worker', 'req', 'environ', 'resp'].slice(0, count).join(', ');
    expect(made({ postRequest: GunicornHook.python(`def post_request(${args}): pass`) })).not.toThrow();
  });
});

describe('an application that speaks TLS', () => {
  const app = (
    over: Partial<GunicornAppProps> = TLS,
  ): { readonly urls: string[]; readonly probe: string } => {
    let urls: string[] = [];
    const stack = siteStack((site) => {
      const props = { ...GUNICORN, ...over };
      ({ urls } = new GunicornApp(site, 'x', props));
    });
    return { urls, probe: JSON.stringify(container(stack, 'x-0')['healthcheck']) };
  };

  test('says so in its URLs', () => {
    expect(app().urls).toEqual(['https://localhost:8443/']);
    expect(app({ ...TLS, listeners: [Listener.http(443)] }).urls).toEqual(['https://localhost/']);
  });

  test('is probed with a handshake, and without one where clients need a certificate', () => {
    expect(app().probe).toContain('tls=1');
    expect(app({ ...TLS, healthCheck: HealthCheck.http('/') }).probe).toContain('tls=1');
    expect(app(PUBLISHED).probe).not.toContain('tls=1');
    expect(app({ ...TLS, certReqs: GunicornCertReqs.REQUIRED }).probe).not.toContain('tls=1');
  });
});

test('an application behind uwsgi_pass keeps no connections, since nginx keeps none', () => {
  const text = (over: Partial<GunicornAppProps>): string | undefined =>
    Review.of(
      made({ protocol: GunicornProtocol.UWSGI, loglevel: GunicornLogLevel.ERROR, ...NEWEST, ...over })(),
    ).files['x/gunicorn.conf.py'];
  expect(text({})).toContain('\nkeepalive = 0\n');
  expect(text({ keepalive: Duration.seconds(9) })).toContain('\nkeepalive = 9\n');
});
