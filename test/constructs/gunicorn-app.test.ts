import {
  Duration,
  GunicornApp,
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
    [{}, "forwarded_allow_ips = '127.0.0.1'"],
    [{}, "worker_tmp_dir = '/dev/shm'"],
    [{ cpus: 2 }, 'workers = 5'],
    [{ workers: WorkerCount.of(7) }, 'workers = 7'],
    [{ workers: WorkerCount.perCpu(1, 0), cpus: 4 }, 'workers = 4'],
    [{ workerClass: WorkerClass.GTHREAD }, "worker_class = 'gthread'"],
    [{ workerClass: WorkerClass.custom('a.B') }, "worker_class = 'a.B'"],
    [{ workerClass: WorkerClass.UVICORN }, "worker_class = 'uvicorn_worker.UvicornWorker'"],
    [{ threads: 8 }, 'threads = 8'],
    [{ workerConnections: 10 }, 'worker_connections = 10'],
    [{ backlog: 5000 }, 'backlog = 5000'],
    [{ timeout: Duration.seconds(9) }, 'timeout = 9'],
    [{ gracefulTimeout: Duration.seconds(8) }, 'graceful_timeout = 8'],
    [{ keepalive: Duration.seconds(3) }, 'keepalive = 3'],
    [{ maxRequests: 1000 }, 'max_requests_jitter = 100'],
    [{ maxRequests: 1000, maxRequestsJitter: 3 }, 'max_requests_jitter = 3'],
    [{ loglevel: 'debug' }, "loglevel = 'debug'"],
    [{ accesslog: '-' }, "accesslog = '-'"],
    [{ errorlog: '/tmp/e' }, "errorlog = '/tmp/e'"],
    [{ preloadApp: true }, 'preload_app = True'],
    [{ forwardedAllowIps: ['10.0.0.0/8'] }, "forwarded_allow_ips = '10.0.0.0/8'"],
    [{ transport: Transport.tcp(8000) }, "forwarded_allow_ips = '*'"],
    [{ listeners: [Listener.http(5000)] }, "bind = ['0.0.0.0:5000']"],
    [{ listeners: [Listener.http(5000)] }, "accesslog = '-'"],
    [{ hooks: { on_exit: 'def on_exit(server):\n    pass' } }, 'def on_exit(server):'],
    [{ settings: { limit_request_line: 100 } }, 'limit_request_line = 100'],
    [{ serverVersion: '24.0.0', protocol: GunicornProtocol.UWSGI }, "protocol = 'uwsgi'"],
    [{ serverVersion: '24.0.0', protocol: GunicornProtocol.UWSGI }, "uwsgi_allow_ips = '*'"],
    [{ serverVersion: '25.1.0' }, 'control_socket_disable = True'],
  ])('%j renders %j', (over, line) => {
    expect(lines(over)).toContain(line);
  });

  test("a user's own hook of the probe's name is kept", () => {
    const own = 'def post_worker_init(worker):\n    worker.log.info("x")';
    expect(lines({ hooks: { post_worker_init: own } }).slice(-4)).toEqual([
      'def post_worker_init(worker):',
      '    worker.log.info("x")',
      "    open('/tmp/.loaded', 'w').close()",
      '',
    ]);
  });
});

test.each([
  ['daemon', true],
  ['pidfile', 'x'],
  ['user', 99],
])('fails on the gunicorn setting %s, which a container cannot use', (name, value) => {
  const stack = siteStack((site) => {
    new GunicornApp(site, 'x', { ...GUNICORN, listeners: [Listener.http(1)], settings: { [name]: value } });
  });
  expect(Review.of(stack).findings).toEqual([
    expect.stringContaining(`${name} has no place in a container: `),
  ]);
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
  [{ protocol: GunicornProtocol.UWSGI }, 'protocol needs gunicorn 24.0.0'],
  [{ workerClass: WorkerClass.ASGI }, 'worker_class "asgi" needs gunicorn 24'],
])('fails on %j with an older release', (over, message) => {
  const stack = siteStack((site) => {
    new NginxFrontend(site, 'web').addBackend('/', new GunicornApp(site, 'x', { ...GUNICORN, ...over }));
  });
  expect(Review.of(stack).findings.join('\n')).toContain(message);
});
