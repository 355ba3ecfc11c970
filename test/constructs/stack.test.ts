import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AppImage,
  Balance,
  Directive,
  Duration,
  ExternalBackend,
  FileMode,
  Gate,
  GunicornApp,
  HealthCheck,
  Listener,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  NginxImage,
  RedirectStatus,
  Review,
  SecretFile,
  Size,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
  UwsgiOption,
  UwsgiPlugin,
  UwsgiProtocol,
  WorkerClass,
  WorkerCount,
  WsgiModule,
} from 'cdktf-wsgi';
import type { GunicornAppProps, UwsgiAppProps } from 'cdktf-wsgi';

const GUNICORN: GunicornAppProps = {
  image: AppImage.registry('acme/api:1'),
  module: WsgiModule.dotted('g', 'app'),
};
const UWSGI: UwsgiAppProps = {
  image: AppImage.registry('acme/shop:1'),
  module: WsgiModule.file('p.py', 'app'),
};

type Resource = Readonly<Record<string, unknown>>;

function siteStack(build: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'site');
  new DockerProvider(stack, 'docker');
  build(stack);
  return stack;
}

function resources(stack: TerraformStack, type: string): Record<string, Resource> {
  const synthesized = JSON.parse(Testing.synth(stack)) as {
    resource: Record<string, Record<string, Resource>>;
  };
  return synthesized.resource[type] ?? {};
}

function container(stack: TerraformStack, part: string): Resource {
  const found = Object.entries(resources(stack, 'docker_container')).find(([name]) => name.includes(part));
  if (found === undefined) throw new Error(`no container ${part}`);
  return found[1];
}

describe('the smallest useful program', () => {
  const stack = siteStack((site) => {
    new NginxFrontend(site, 'web').addBackend('/', new GunicornApp(site, 'app', GUNICORN));
  });

  test('makes an application, nginx, its gate and the helpers, and no finding', () => {
    const names = Object.keys(resources(stack, 'docker_container')).map((name) =>
      name.replace(/_[0-9A-F]{8}$/, ''),
    );
    expect(names.sort()).toEqual([
      'app_app-0',
      'app_app-config-publisher',
      'web_web-config-publisher',
      'web_web-gate',
      'web_web-nginx',
      'web_web-reloader',
    ]);
    expect(Review.of(stack).findings).toEqual([]);
  });

  test('publishes port 8080 on loopback, by the gate alone', () => {
    expect(container(stack, 'web-gate')['ports']).toEqual([
      { external: 8080, internal: 8080, ip: '127.0.0.1' },
    ]);
    expect(container(stack, 'web-nginx')['ports']).toBeUndefined();
    expect(container(stack, 'app-0')['ports']).toBeUndefined();
  });

  test('hardens every service', () => {
    for (const part of ['app-0', 'web-nginx', 'web-gate']) {
      expect(container(stack, part)).toMatchObject({
        read_only: true,
        capabilities: { drop: ['ALL'] },
        security_opts: ['no-new-privileges:true'],
        log_driver: 'json-file',
      });
    }
    expect(container(stack, 'app-0')['user']).toBe('10001:10001');
    expect(container(stack, 'web-nginx')).toMatchObject({
      user: '101:101',
      group_add: ['10001'],
      network_mode: 'none',
    });
  });

  test('shares the sockets read-only with nginx, on a tmpfs volume of the application', () => {
    const volume = Object.values(resources(stack, 'docker_volume')).find(
      (each) => 'driver_opts' in each && String(each['name']).includes('app-sockets'),
    );
    expect(volume?.['driver_opts']).toEqual({
      type: 'tmpfs',
      device: 'tmpfs',
      o: 'size=1048576,uid=10001,gid=10001,mode=0750',
    });
    expect(container(stack, 'web-nginx')['volumes']).toContainEqual(
      expect.objectContaining({ container_path: '/run/wsgi/app', read_only: true }),
    );
  });

  test('replaces services before it destroys them, but for what publishes a port', () => {
    const order = (part: string): unknown =>
      (container(stack, part)['lifecycle'] as Resource)['create_before_destroy'];
    expect([order('app-0'), order('web-nginx'), order('web-gate')]).toEqual([true, true, false]);
  });

  test('starts nginx after its files and its applications', () => {
    expect(container(stack, 'web-nginx')['depends_on']).toEqual([
      expect.stringMatching(/^docker_container\.web_web-config-publisher_/),
      expect.stringMatching(/^docker_container\.app_app-0_/),
    ]);
  });

  test('fails the apply with the output of a task that fails', () => {
    const [condition] = (container(stack, 'web-reloader')['lifecycle'] as { postcondition: Resource[] })
      .postcondition;
    expect(condition?.['condition']).toBe('${self.exit_code == 0}');
    expect(condition?.['error_message']).toContain('${self.container_logs}');
  });
});

test('what is added after a synthesis counts in the next one', () => {
  const stack = siteStack(() => undefined);
  const web = new NginxFrontend(stack, 'web');
  web.addBackend('/', new GunicornApp(stack, 'app', GUNICORN));
  const before = container(stack, 'web-reloader')['labels'];
  web.addBackend('/old/', new UwsgiApp(stack, 'old', UWSGI));
  expect(Review.of(stack).files['web/nginx.conf']).toContain('uwsgi_pass old;');
  expect(container(stack, 'web-reloader')['labels']).not.toEqual(before);
  expect(JSON.stringify(container(stack, 'web-nginx')['volumes'])).toContain('/run/wsgi/old');
});

describe('every prop of UwsgiApp shows in its file', () => {
  const lines = (over: Partial<UwsgiAppProps>): string[] => {
    const stack = siteStack((site) => {
      new UwsgiApp(site, 'x', { ...UWSGI, ...over });
    });
    return (Review.of(stack).files['x/uwsgi.ini'] ?? '').split('\n');
  };

  test.each<[Partial<UwsgiAppProps>, string]>([
    [{}, 'processes = 2'],
    [{}, 'buffer-size = 32768'],
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
    [{ postBuffering: Size.kibibytes(4) }, 'post-buffering = 4096'],
    [{ listen: 64 }, 'listen = 64'],
    [{ harakiri: Duration.minutes(1) }, 'harakiri = 60'],
    [{ maxRequests: 100 }, 'max-requests = 100'],
    [{ maxRequestsDelta: 10 }, 'max-requests-delta = 10'],
    [{ reloadOnRss: Size.mebibytes(200) }, 'reload-on-rss = 200'],
    [{ workerReloadMercy: Duration.seconds(9) }, 'worker-reload-mercy = 9'],
    [{ processes: 4, cheaper: 1 }, 'cheaper = 1'],
    [{ processes: 4, cheaperInitial: 2 }, 'cheaper-initial = 2'],
    [{ processes: 4, cheaperStep: 2 }, 'cheaper-step = 2'],
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

  test('one process needs no thunder lock', () => {
    expect(lines({ processes: 1 })).not.toContain('thunder-lock = true');
  });
});

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

describe('every prop of a frontend shows in its file', () => {
  const conf = (build: (web: NginxFrontend, site: TerraformStack) => void, props = {}): string => {
    const stack = siteStack((site) => {
      build(new NginxFrontend(site, 'web', props), site);
    });
    return Review.of(stack).files['web/nginx.conf'] ?? '';
  };
  const app = (site: TerraformStack): GunicornApp => new GunicornApp(site, 'app', GUNICORN);

  test.each<[object, string]>([
    [{}, 'client_max_body_size 1m;'],
    [{}, 'worker_processes 1;'],
    [{}, 'worker_connections 1024;'],
    [{}, 'keepalive_timeout 65s;'],
    [{}, 'worker_shutdown_timeout 30s;'],
    [{}, 'listen unix:/tmp/edge/8080.sock default_server proxy_protocol;'],
    [{ clientMaxBodySize: Size.mebibytes(75) }, 'client_max_body_size 75m;'],
    [{ charset: 'utf-8' }, 'charset utf-8;'],
    [{ cpus: 2 }, 'worker_processes 2;'],
    [{ workerProcesses: 3 }, 'worker_processes 3;'],
    [{ workerConnections: 99 }, 'worker_connections 99;'],
    [{ keepaliveTimeout: Duration.seconds(5) }, 'keepalive_timeout 5s;'],
    [{ workerShutdownTimeout: Duration.seconds(7) }, 'worker_shutdown_timeout 7s;'],
    [{ gate: Gate.none(), listeners: [Listener.http(80)] }, 'listen 80 default_server;'],
    [{ serverNames: ['a.example.com'] }, 'server_name a.example.com;'],
    [{ serverNames: ['a.example.com'] }, 'return 444;'],
  ])('%j renders %j', (props, line) => {
    expect(conf((web, site) => web.addBackend('/', app(site)), props)).toContain(line);
  });

  test('locations of every kind', () => {
    const text = conf((web, site) => {
      web.addBackend('/', app(site), { readTimeout: Duration.seconds(9), headers: { 'X-Team': 'a;b' } });
      web.addBackend('/far/', ExternalBackend.http('10.0.0.7', 3031));
      web.addLocation(LocationMatch.exact('/gone'), LocationAction.respond(410, 'gone'));
      web.addLocation(LocationMatch.regex('\\.php$'), LocationAction.respond(404));
      web.addRedirect('/old/', '/new/', { status: RedirectStatus.PERMANENT });
      web.addDirective(Directive.of('map', ['$http_x', '$y'], [Directive.of('default', ['0'])]));
      web.addStatic(
        new StaticMount(site, 's', {
          path: '/s/',
          source: StaticSource.hostPath('/srv/www'),
          expires: Duration.hours(1),
          immutable: true,
          fallback: 'index.html',
        }),
      );
      const docs = web.addServer({
        serverNames: ['docs.example.com'],
        clientMaxBodySize: Size.mebibytes(2),
        charset: 'ascii',
      });
      docs
        .addLocation(LocationMatch.prefixOnly('/'), LocationAction.respond(204))
        .addDirective(Directive.of('lingering_close', ['always']));
    });
    for (const line of [
      'proxy_read_timeout 9s;',
      'proxy_set_header X-Team "a;b";',
      'server 10.0.0.7:3031 max_fails=1;',
      'location = /gone {',
      'return 410 gone;',
      'location ~ "\\\\.php$" {',
      'return 301 /new/$is_args$args;',
      'map $http_x $y {',
      'alias /srv/static/s/;',
      'expires 3600s;',
      'add_header Cache-Control immutable;',
      'try_files $uri $uri/ /s/index.html;',
      'server_name docs.example.com;',
      'client_max_body_size 2m;',
      'charset ascii;',
      'location ^~ / {',
      'lingering_close always;',
    ]) {
      expect(text).toContain(line);
    }
  });

  test.each([
    [Balance.leastConn(), 'least_conn;'],
    [Balance.ipHash(), 'ip_hash;'],
    [Balance.hash('$request_uri'), 'hash $request_uri consistent;'],
    [Balance.random(true), 'random two;'],
  ])('an upstream balances over replicas and other servers: %j', (balance, line) => {
    const text = conf((web, site) => {
      const pool = web.addUpstream('pool', { balance, keepalive: 32 });
      web.addBackend('/', pool);
      pool.add(new UwsgiApp(site, 'shop', { ...UWSGI, replicas: 2 }), { weight: 3 });
      pool.add(ExternalBackend.uwsgi('10.0.0.7', 3031), { maxFails: 2, failTimeout: Duration.seconds(5) });
    });
    const upstream = text.slice(text.indexOf('upstream pool {'), text.indexOf('server {'));
    expect(
      upstream
        .split('\n')
        .map((each) => each.trim())
        .slice(1, 6),
    ).toEqual([
      line,
      'server unix:/run/wsgi/shop/0.sock weight=3 max_fails=0;',
      'server unix:/run/wsgi/shop/1.sock weight=3 max_fails=0;',
      'server 10.0.0.7:3031 max_fails=2 fail_timeout=5s;',
      'keepalive 32;',
    ]);
    expect(text).toContain('uwsgi_pass pool;');
  });

  test('fails on an upstream that is there twice, on a weight that is none and on mixed protocols', () => {
    siteStack((site) => {
      const web = new NginxFrontend(site, 'web');
      const pool = web.addUpstream('pool');
      expect(() => web.addUpstream('pool')).toThrow('upstream "pool" is there twice');
      expect(() => {
        pool.add(ExternalBackend.http('a', 1), { weight: 0 });
      }).toThrow('weight 0 is not a share');
      pool.add(ExternalBackend.http('a', 1));
      pool.add(ExternalBackend.uwsgi('b', 2));
      expect(() => pool.bindBackend()).toThrow('mixes a-1, which speaks http, and b-2, which speaks uwsgi');
    });
  });

  test('TCP transport is resolved again after a redeploy, in the way that the release has', () => {
    const tcp = (web: NginxFrontend, site: TerraformStack): void => {
      web.addBackend('/', new UwsgiApp(site, 'app', { ...UWSGI, transport: Transport.tcp(3031) }));
    };
    expect(conf(tcp)).toContain('server app:3031 max_fails=0 resolve;');
    const old = conf(tcp, { image: NginxImage.official('1.22.1') });
    expect(old).toContain('resolver 127.0.0.11 valid=1s ipv6=off;');
    expect(old).toContain('set $backend_app app:3031;');
    expect(old).toContain('uwsgi_pass $backend_app;');
  });
});

describe('environment, secrets and health', () => {
  const stack = siteStack((site) => {
    const secret = new TerraformVariable(site, 'key', { sensitive: true });
    new NginxFrontend(site, 'web').addBackend(
      '/',
      new GunicornApp(site, 'app', {
        ...GUNICORN,
        environment: { DATABASE_URL: secret.stringValue, GREETING: '${hello} %{x}' },
        secretFiles: [
          SecretFile.of('/run/secrets/key', secret.stringValue),
          SecretFile.of('/run/secrets/fixed', 'hunter2'),
        ],
        healthCheck: HealthCheck.http('/healthz', { interval: Duration.seconds(2) }),
        memory: Size.mebibytes(256),
        cpus: 0.5,
      }),
    );
  });

  test('tokens are carried through, literal text is escaped', () => {
    expect(container(stack, 'app-0')['env']).toEqual(
      expect.arrayContaining(['DATABASE_URL=${var.key}', 'GREETING=$${hello} %%{x}']),
    );
    expect(container(stack, 'app-secrets-publisher')['upload']).toEqual([
      { file: '/run/secrets/key', content: '${var.key}', permissions: '0400' },
      { file: '/run/secrets/fixed', content: 'hunter2', permissions: '0400' },
    ]);
  });

  test('no secret is in the topology or a rendered file', () => {
    const review = Review.of(stack);
    expect(review.topology + JSON.stringify(review.files)).not.toMatch(/hunter2|TfToken|var\.key/);
  });

  test('a changed secret replaces the application', () => {
    expect((container(stack, 'app-0')['lifecycle'] as Resource)['replace_triggered_by']).toEqual([
      expect.stringMatching(/^docker_container\.app_app-secrets-publisher_/),
    ]);
  });

  test('limits and the probe are in the forms that the provider reads back', () => {
    expect(container(stack, 'app-0')).toMatchObject({
      memory: 256,
      memory_swap: 256,
      cpu_period: 100_000,
      cpu_quota: 50_000,
    });
    expect((container(stack, 'app-0')['healthcheck'] as Resource)['interval']).toBe('2s');
    expect(JSON.stringify(container(stack, 'app-0')['healthcheck'])).toContain('path=/healthz');
  });
});

describe('mistakes are told in the user’s words, with the construct and the fix', () => {
  test.each<[string, (site: TerraformStack) => unknown, string]>([
    [
      'processes 0',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, processes: 0 }),
      'processes 0: uWSGI would accept and never answer\n  give a whole number from 1\n  construct: site/x\n  rule: UWS-PROC-ZERO',
    ],
    [
      'cheaper not below processes',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, processes: 2, cheaper: 2 }),
      'cheaper 2 is not below processes 2',
    ],
    [
      'a buffer that would be clamped',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, bufferSize: Size.bytes(65_536) }),
      'uWSGI would clamp it to 65535',
    ],
    [
      'no master',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, master: false }),
      'nothing would start a dead worker again',
    ],
    [
      'jitter alone',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, maxRequestsJitter: 3 }),
      'maxRequestsJitter 3 has no effect without maxRequests',
    ],
    [
      'no workers',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, workers: WorkerCount.of(0) }),
      'gunicorn would listen and never answer',
    ],
    [
      'a variable that overrides the file',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, environment: { WEB_CONCURRENCY: '2' } }),
      'would change the server behind its config file\n  use workers',
    ],
    [
      'root',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, uid: 0 }),
      'uid 0 is not the number of an ordinary user',
    ],
    [
      'replicas that publish one port',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, replicas: 2, listeners: [Listener.http(1)] }),
      '2 replicas cannot all publish the same port',
    ],
    [
      'a token in a config file',
      (site) =>
        new GunicornApp(site, 'x', { ...GUNICORN, chdir: new TerraformVariable(site, 'v', {}).stringValue }),
      'chdir is a Terraform token',
    ],
    [
      'an address that is a name',
      () => Listener.http(80, { address: 'localhost' }),
      'address "localhost" is not an IP address',
    ],
    ['a port that is none', () => Transport.tcp(70_000), 'Transport.tcp(70000): 70000 is not a port'],
    [
      'a static path without its slash',
      (site) => new StaticMount(site, 's', { path: '/static', source: StaticSource.hostPath('/x') }),
      'path "/static" is not a URL prefix',
    ],
    [
      'a directory that is not there',
      (site) => new StaticMount(site, 's', { path: '/s/', source: StaticSource.directory('nowhere') }),
      'the directory "nowhere" is not there',
    ],
    [
      'a server name with a port',
      (site) => new NginxFrontend(site, 'w', { serverNames: ['a:80'] }),
      'server name "a:80" would never match',
    ],
  ])('fails on %s', (_, build, message) => {
    expect(() => siteStack(build)).toThrow(message);
  });

  test('fails on the same location and the same name twice', () => {
    siteStack((site) => {
      const web = new NginxFrontend(site, 'web', { serverNames: ['a.example.com'] });
      const app = new GunicornApp(site, 'app', GUNICORN);
      web.addBackend('/', app);
      expect(() => web.addBackend('/', app)).toThrow('the location / is there twice');
      expect(() => web.addServer({ serverNames: ['a.example.com'] })).toThrow(
        'server name "a.example.com" is there twice',
      );
    });
  });

  test('fails on a backend of another stack', () => {
    const app = Testing.app();
    const one = new TerraformStack(app, 'one');
    const two = new TerraformStack(app, 'two');
    const web = new NginxFrontend(one, 'web');
    expect(() => web.addBackend('/', new GunicornApp(two, 'app', GUNICORN))).toThrow(
      'two/app lives in stack two, and one/web in one',
    );
  });

  test('fails on everything that can only be known at the end, all at once', () => {
    const stack = siteStack((site) => {
      new GunicornApp(site, 'lonely', GUNICORN);
      new NginxFrontend(site, 'web', { listeners: [Listener.http(80)] });
      new GunicornApp(site, 'direct', { ...GUNICORN, listeners: [Listener.http(80)] });
      new StaticMount(site, 's', { path: '/s/', source: StaticSource.hostPath('/x') });
      const other = new NginxFrontend(site, 'other');
      other.addBackend(
        '/',
        new UwsgiApp(site, 'closed', {
          ...UWSGI,
          socketMode: FileMode.of('600'),
          options: [UwsgiOption.of('harakirii', '1')],
        }),
      );
      other.addDirective(Directive.of('retrun', ['1']));
    });
    const all = Review.of(stack).findings.join('\n');
    for (const message of [
      'nobody can reach gunicorn app "lonely"',
      'frontend "web" has no routes',
      'site/web and site/direct both listen on 0.0.0.0:80',
      'nobody serves static mount "s"',
      'nginx cannot open the socket of uwsgi app "closed"',
      'uWSGI has no option "harakirii"',
      'retrun',
    ]) {
      expect(all).toContain(message);
    }
    expect(() => Testing.synth(stack, true)).toThrow('nobody can reach gunicorn app "lonely"');
  });
});

test.each(['daemonize', 'pidfile', 'uid', 'gid'])(
  'fails on the uWSGI option %s, which a container cannot use',
  (name) => {
    const stack = siteStack((site) => {
      new UwsgiApp(site, 'x', {
        ...UWSGI,
        listeners: [Listener.http(1)],
        options: [UwsgiOption.of(name, '99')],
      });
    });
    expect(Review.of(stack).findings).toEqual([
      expect.stringContaining(`${name} has no place in a container: `),
    ]);
  },
);

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

describe('the review folder', () => {
  const synthesize = (outdir: string, broken: boolean): void => {
    const app = new App({ outdir });
    const good = new TerraformStack(app, 'good');
    new DockerProvider(good, 'docker');
    new NginxFrontend(good, 'web').addBackend('/', new GunicornApp(good, 'app', GUNICORN));
    const other = new TerraformStack(app, 'other');
    new DockerProvider(other, 'docker');
    new GunicornApp(other, 'lonely', { ...GUNICORN, ...(broken ? {} : { listeners: [Listener.http(1)] }) });
    app.synth();
  };
  const directory = (): string => join(mkdtempSync(join(tmpdir(), 'wsgi-')), 'out');

  test('holds rendered files, topology, diagram and findings, the same in every synthesis', () => {
    const [one, two] = [directory(), directory()];
    synthesize(one, false);
    synthesize(two, false);
    const files = readdirSync(join(one, 'stacks/good/review'), { recursive: true, encoding: 'utf8' }).sort();
    expect(files).toEqual([
      'files',
      'files/app',
      'files/app/gunicorn.conf.py',
      'files/probe.py',
      'files/web',
      'files/web/gate.conf',
      'files/web/nginx.conf',
      'findings.json',
      'topology.json',
      'topology.mmd',
    ]);
    for (const file of [
      'cdk.tf.json',
      ...files.filter((name) => name.includes('.')).map((name) => `review/${name}`),
    ]) {
      const read = (root: string): string =>
        readFileSync(join(root, 'stacks/good', file), 'utf8').replaceAll(root, '');
      expect(read(one)).toBe(read(two));
    }
  });

  test('is not written, nor any stack, when one stack has a finding', () => {
    const outdir = directory();
    expect(() => {
      synthesize(outdir, true);
    }).toThrow('nobody can reach gunicorn app "lonely"');
    expect(existsSync(join(outdir, 'stacks/good/cdk.tf.json'))).toBe(false);
  });
});
