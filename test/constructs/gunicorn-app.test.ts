import {
  Duration,
  GunicornApp,
  GunicornHook,
  GunicornLogLevel,
  GunicornProtocol,
  Listener,
  NginxFrontend,
  Review,
  Transport,
  WorkerClass,
  WorkerCount,
} from 'cdktf-wsgi';
import type { GunicornAppProps } from 'cdktf-wsgi';
import { GUNICORN, siteStack } from '../helpers/stacks';

describe('every prop of GunicornApp shows in its file', () => {
  const lines = (over: Partial<GunicornAppProps>): string[] => {
    const stack = siteStack((site) => {
      new GunicornApp(site, 'x', { ...GUNICORN, ...over });
    });
    return (Review.of(stack).files['x/gunicorn.conf.py'] ?? '').split('\n');
  };

  test.each<[Partial<GunicornAppProps>, string]>([
    [{}, "wsgi_app = 'g:app'"],
    [{}, "bind = ['unix:/run/wsgi/' + socket.gethostname() + '.sock']"],
    [{}, 'umask = 0o117'],
    [{}, 'workers = 3'],
    [{}, "worker_class = 'sync'"],
    [{}, 'backlog = 2048'],
    [{}, 'timeout = 30'],
    [{}, 'graceful_timeout = 30'],
    [{}, 'keepalive = 75'],
    [{}, "loglevel = 'info'"],
    [{}, "errorlog = '-'"],
    [{}, 'preload_app = False'],
    [{}, "forwarded_allow_ips = '*'"],
    [{ listeners: [Listener.http(8000)] }, "forwarded_allow_ips = '127.0.0.1'"],
    [{}, 'limit_request_line = 8190'],
    [{}, 'limit_request_fields = 1024'],
    [{}, 'limit_request_field_size = 32768'],
    [{}, "worker_tmp_dir = '/dev/shm'"],
    [{ cpus: 2 }, 'workers = 5'],
    [{ workers: WorkerCount.of(7) }, 'workers = 7'],
    [{ workers: WorkerCount.perCpu(1, 0), cpus: 4 }, 'workers = 4'],
    [{ workerClass: WorkerClass.GTHREAD }, "worker_class = 'gthread'"],
    [{ workerClass: WorkerClass.custom('a.B') }, "worker_class = 'a.B'"],
    [{ workerClass: WorkerClass.UVICORN }, "worker_class = 'uvicorn_worker.UvicornWorker'"],
    [{ threads: 8 }, 'threads = 8'],
    [{ workerClass: WorkerClass.GEVENT, workerConnections: 10 }, 'worker_connections = 10'],
    [{ threads: 2, workerConnections: 10 }, 'worker_connections = 10'],
    [{ backlog: 5000 }, 'backlog = 5000'],
    [{ timeout: Duration.seconds(9) }, 'timeout = 9'],
    [{ gracefulTimeout: Duration.seconds(8) }, 'graceful_timeout = 8'],
    [{ keepalive: Duration.seconds(3) }, 'keepalive = 3'],
    [{ maxRequests: 1000 }, 'max_requests_jitter = 100'],
    [{ maxRequests: 1000, maxRequestsJitter: 3 }, 'max_requests_jitter = 3'],
    [{ loglevel: GunicornLogLevel.DEBUG }, "loglevel = 'debug'"],
    [{ accesslog: '-' }, "accesslog = '-'"],
    [{ errorlog: '/tmp/e' }, "errorlog = '/tmp/e'"],
    [{ preloadApp: true }, 'preload_app = True'],
    [{ forwardedAllowIps: ['10.0.0.0/8'] }, "forwarded_allow_ips = '10.0.0.0/8'"],
    [{ transport: Transport.tcp(8000) }, "forwarded_allow_ips = '*'"],
    [{ listeners: [Listener.http(5000)] }, "bind = ['0.0.0.0:5000']"],
    [{ listeners: [Listener.http(5000)] }, "accesslog = '-'"],
    [{ settings: { check_config: false } }, 'check_config = False'],
    [{ serverVersion: '28.0', settings: { later: [{ a: 1 }] } }, "later = [{'a': 1}]"],
    [{ serverVersion: '27.0.0', protocol: GunicornProtocol.UWSGI }, "protocol = 'uwsgi'"],
    [{ serverVersion: '27.0.0', protocol: GunicornProtocol.UWSGI }, "uwsgi_allow_ips = '*'"],
    [{ serverVersion: '25.1.0' }, 'control_socket_disable = True'],
  ])('%j renders %j', (over, line) => {
    expect(lines(over)).toContain(line);
  });

  test('what an application has not read of a body is read after its answer', () => {
    expect(lines({}).join('\n')).toContain(
      [
        'def post_request(worker, req, environ, resp):',
        '    while req.body.read(65536):',
        '        pass',
        '',
      ].join('\n'),
    );
  });

  test('also beside a hook of that name, which gets as many arguments as it takes', () => {
    const postRequest = GunicornHook.python('def post_request(worker, req):\n    worker.log.info(req.uri)');
    const text = lines({ postRequest }).join('\n');
    expect(text).toContain('def own_post_request(worker, req):\n    worker.log.info(req.uri)\n');
    expect(text).toContain(
      [
        'def post_request(worker, req, environ, resp):',
        '    while req.body.read(65536):',
        '        pass',
        '    own_post_request(worker, req)',
        '',
      ].join('\n'),
    );
  });

  test.each<[string, Partial<GunicornAppProps>]>([
    ['has listeners of its own', { listeners: [Listener.http(8000)], transport: Transport.unixSocket() }],
    ['has workers that do not call hooks', { workerClass: WorkerClass.UVICORN }],
  ])('an application that %s keeps what it has not read', (_, over) => {
    expect(lines(over)).not.toContain('    while req.body.read(65536):');
  });

  const written = (postWorkerInit: GunicornHook): string =>
    lines({ postWorkerInit, listeners: [Listener.http(1)] })
      .join('\n')
      .split('\n\n\n')
      .slice(1)
      .join('\n---\n');

  test('a hook that is called when a worker has loaded the application runs before the worker says so', () => {
    const own = 'def post_worker_init(w):\n    if w.age:\n        return\n    w.log.info("x")\n';
    expect(written(GunicornHook.python(own))).toBe(
      [
        'def own_post_worker_init(w):',
        '    if w.age:',
        '        return',
        '    w.log.info("x")',
        '---',
        'def post_worker_init(worker):',
        '    own_post_worker_init(worker)',
        "    open('/tmp/.loaded', 'w').close()",
        '',
      ].join('\n'),
    );
  });

  test('and so does one of a module', () => {
    expect(written(GunicornHook.imported('shop.hooks', 'warm_up'))).toBe(
      [
        'def post_worker_init(worker):',
        '    from shop.hooks import warm_up as hook',
        '',
        '    hook(worker)',
        "    open('/tmp/.loaded', 'w').close()",
        '',
      ].join('\n'),
    );
  });
});

const made = (over: Partial<GunicornAppProps>) => () =>
  siteStack((site) => new GunicornApp(site, 'x', { ...GUNICORN, ...over }));

test.each<[Record<string, unknown>, string]>([
  [{ daemon: true }, 'daemon has no place in a container: the foreground process ends'],
  [{ pidfile: 'x' }, 'pidfile has no place in a container: '],
  [{ user: 99 }, 'user has no place in a container: gunicorn fails to chown'],
  [{ raw_env: ['A=b'] }, 'raw_env has no place in a container: '],
  [{ check_config: true }, 'check_config has no place in a container: '],
  [{ bind: ':80' }, 'settings: bind follows from transport and listeners\n  use transport and listeners'],
  [{ umask: 117 }, 'settings: umask follows from socketMode'],
  [
    { limit_request_line: 100 },
    'settings: limit_request_line has a prop of its own\n  use the prop limitRequestLine',
  ],
  [{ wsgi_app: 'a:b' }, 'settings: wsgi_app has a prop of its own\n  use the prop module'],
  [{ on_starting: 'a.b' }, 'settings: on_starting has a prop of its own\n  use the prop onStarting'],
  [{ worker: 3 }, 'gunicorn has no setting "worker"\n  did you mean "workers"?'],
  [{ debug: true }, 'gunicorn has no setting "debug" since 19.1.1'],
])('fails on the settings %j', (settings, message) => {
  expect(made({ settings })).toThrow(message);
});

describe.each(['threads', 'workerConnections', 'backlog', 'maxRequests', 'replicas', 'uid', 'gid', 'cpus'])(
  'the number %s',
  (prop) => {
    test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 1e300])('fails on %p', (value) => {
      expect(() => siteStack((site) => new GunicornApp(site, 'x', { ...GUNICORN, [prop]: value }))).toThrow(
        prop,
      );
    });
  },
);

test.each<[Partial<GunicornAppProps>, string]>([
  [{ protocol: GunicornProtocol.UWSGI }, 'protocol UWSGI spoils answers before gunicorn 27.0.0'],
  [{ workerClass: WorkerClass.ASGI }, 'worker_class "asgi" needs gunicorn 24'],
  [
    { workerClass: WorkerClass.custom('eventlet'), serverVersion: '26.0.0' },
    'worker_class "eventlet" is gone',
  ],
  [{ forwardedAllowIps: ['10.0.0.0/8'], serverVersion: '22.0.0' }, 'compares as text and never finds'],
  [{ forwardedAllowIps: ['10.0.0.1/8'] }, 'rule: GUN-FWD-FORMAT'],
])('fails on %j with that release', (over, message) => {
  expect(made(over)).toThrow(message);
});

test('the topology tells of every number where it comes from', () => {
  const stack = siteStack((site) => {
    new GunicornApp(site, 'x', { ...GUNICORN, listeners: [Listener.http(1)], cpus: 2, backlog: 512 });
  });
  const { apps } = JSON.parse(Review.of(stack).topology) as { apps: [{ sizing: unknown }] };
  expect(apps[0].sizing).toEqual({
    workers: { value: 5, from: 'derived', why: '2 for each of 2 cpus, and 1' },
    threads: { value: 1, from: 'server' },
    backlog: { value: 512, from: 'given' },
    somaxconn: { value: 4096, from: 'derived', why: "the kernel's own" },
    timeout: {
      value: 30,
      unit: 's',
      from: 'server',
      why: 'the longest time of a request: its worker is killed after that',
    },
    gracefulTimeout: { value: 30, unit: 's', from: 'server' },
    stopGrace: { value: 35, unit: 's', from: 'derived', why: 'gracefulTimeout of 30 s and 5 s more' },
  });
});

describe('what timeout means is said once, and nginx waits accordingly', () => {
  const HEARTBEAT = 'a heartbeat of the worker, no limit of requests';

  test.each<[WorkerClass, string, string]>([
    [WorkerClass.SYNC, 'the longest time of a request: its worker is killed after that', '35s'],
    [
      WorkerClass.custom('gunicorn.workers.sync.SyncWorker'),
      'the longest time of a request: its worker is killed after that',
      '35s',
    ],
    [WorkerClass.GTHREAD, HEARTBEAT, '60s'],
    [WorkerClass.GEVENT, HEARTBEAT, '60s'],
    [WorkerClass.custom('shop.workers.Own'), `${HEARTBEAT} as far as is known of its class`, '60s'],
  ])('%j', (workerClass, why, waits) => {
    const stack = siteStack((site) => {
      new NginxFrontend(site, 'web').addBackend(
        '/',
        new GunicornApp(site, 'x', { ...GUNICORN, workerClass }),
      );
    });
    const review = Review.of(stack);
    const { apps } = JSON.parse(review.topology) as { apps: [{ sizing: { timeout: { why: string } } }] };
    expect(apps[0].sizing.timeout.why).toBe(why);
    expect(review.files['web/nginx.conf']).toContain(`proxy_read_timeout ${waits};`);
  });
});
