import type { TerraformStack } from 'cdktf';
import {
  Balance,
  BackendProtocol,
  Directive,
  Duration,
  ExternalBackend,
  Gate,
  GunicornApp,
  GunicornProtocol,
  Listener,
  LocationAction,
  LocationMatch,
  Logging,
  NginxFrontend,
  NginxImage,
  RedirectStatus,
  RestartPolicy,
  Review,
  Size,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
  WorkerClass,
} from 'cdktf-wsgi';
import type { BackendConfig, IBackend, NginxFrontendProps, PassToOptions } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, container, siteStack } from '../helpers/stacks';
import type { Resource } from '../helpers/stacks';

const conf = (build: (web: NginxFrontend, site: TerraformStack) => void, props = {}): string => {
  const stack = siteStack((site) => {
    build(new NginxFrontend(site, 'web', props), site);
  });
  return Review.of(stack).files['web/nginx.conf'] ?? '';
};
const app = (site: TerraformStack): GunicornApp => new GunicornApp(site, 'app', GUNICORN);

describe('every prop of a frontend shows in its file', () => {
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
    [{ keepaliveRequests: 10 }, 'keepalive_requests 10;'],
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
      'server unix:/run/wsgi/shop/uwsgi-0.sock weight=3 max_fails=0;',
      'server unix:/run/wsgi/shop/uwsgi-1.sock weight=3 max_fails=0;',
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
      }).toThrow('weight 0 is not a count');
      pool.add(ExternalBackend.http('a', 1));
      pool.add(ExternalBackend.uwsgi('b', 2));
      expect(() => pool.bindBackend()).toThrow(
        'mixes a.1, which speaks http, and b.uwsgi2, which speaks uwsgi',
      );
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

describe('every prop of a frontend’s containers', () => {
  const nginx = (props: NginxFrontendProps, part = 'web-nginx'): Resource => {
    const stack = siteStack((site) => {
      new NginxFrontend(site, 'web', props).addBackend('/', new GunicornApp(site, 'app', GUNICORN));
    });
    return container(stack, part);
  };

  test.each<[NginxFrontendProps, Resource]>([
    [{}, { user: '101:101', restart: 'unless-stopped', read_only: true, network_mode: 'none' }],
    [{ uid: 33 }, { user: '33:33' }],
    [{ uid: 33, gid: 44 }, { user: '33:44' }],
    [{ restart: RestartPolicy.ALWAYS }, { restart: 'always' }],
    [{ logging: Logging.driver('local') }, { log_driver: 'local' }],
    [{ readOnlyRoot: false }, { read_only: false }],
    [
      { capabilities: ['NET_BIND_SERVICE'] },
      { capabilities: { drop: ['ALL'], add: ['CAP_NET_BIND_SERVICE'] } },
    ],
    [{ networks: ['shared'] }, { networks_advanced: [{ name: 'shared' }], network_mode: 'bridge' }],
    [
      { cpus: 1.5, memory: Size.mebibytes(64) },
      { cpu_quota: 150_000, memory: 64, memory_swap: 64 },
    ],
    [{}, { tmpfs: { '/tmp': 'size=71303168,uid=101,gid=101,mode=0700' } }],
    [
      { clientMaxBodySize: Size.mebibytes(10) },
      { tmpfs: { '/tmp': 'size=109051904,uid=101,gid=101,mode=0700' } },
    ],
    [
      {},
      { stop_signal: 'SIGQUIT', stop_timeout: 35, destroy_grace_seconds: 35, wait: true, wait_timeout: 60 },
    ],
    [{ workerShutdownTimeout: Duration.seconds(5) }, { stop_timeout: 10, destroy_grace_seconds: 10 }],
    [
      { gate: Gate.none(), listeners: [Listener.http(80)] },
      { ports: [{ external: 80, internal: 80, ip: '0.0.0.0' }] },
    ],
    [
      { gate: Gate.none() },
      { lifecycle: expect.objectContaining({ create_before_destroy: false }) as Resource },
    ],
  ])('%j', (props, expected) => {
    expect(nginx(props)).toMatchObject(expected);
  });

  test('noNewPrivileges can be taken off', () => {
    expect(nginx({ noNewPrivileges: false })['security_opts']).toBeUndefined();
  });

  test('the tmpfs has room for the bodies of the server that takes the largest', () => {
    const stack = siteStack((site) => {
      const web = new NginxFrontend(site, 'web');
      web
        .addServer({ serverNames: ['up.example.com'], clientMaxBodySize: Size.mebibytes(10) })
        .addRedirect('/', 'https://a.example.com/');
    });
    expect(container(stack, 'web-nginx')['tmpfs']).toEqual({
      '/tmp': 'size=109051904,uid=101,gid=101,mode=0700',
    });
  });

  test('static files of the host are mounted read-only', () => {
    const stack = siteStack((site) => {
      const source = StaticSource.hostPath('/srv/www');
      new NginxFrontend(site, 'web').addStatic(new StaticMount(site, 's', { path: '/s/', source }));
    });
    expect(container(stack, 'web-nginx')['volumes']).toContainEqual({
      host_path: '/srv/www',
      container_path: '/srv/static/s',
      read_only: true,
    });
  });

  test('nothing but its own replaces the gate: not nginx’s limits, its workers nor its image', () => {
    const spec = (props: NginxFrontendProps): unknown => {
      const { env, labels, lifecycle, cpu_quota: quota, memory } = nginx(props, 'web-gate');
      return { env, labels, lifecycle, quota, memory };
    };
    const other: NginxFrontendProps = {
      cpus: 2,
      memory: Size.mebibytes(64),
      workerConnections: 99,
      workerProcesses: 3,
      image: NginxImage.official('1.26.3'),
      charset: 'utf-8',
    };
    expect(spec(other)).toEqual(spec({}));
    expect(spec({})).toMatchObject({ lifecycle: { ignore_changes: ['name', 'image'] } });
    expect(spec({ listeners: [Listener.http(80)] })).not.toEqual(spec({}));
  });

  test('labels are added to all of them', () => {
    for (const part of ['web-nginx', 'web-gate', 'web-reloader']) {
      expect(nginx({ labels: { team: 'x' } }, part)['labels']).toContainEqual({ label: 'team', value: 'x' });
    }
  });

  test('listeners on IPv4 and IPv6 addresses of one port are one port of nginx', () => {
    const props = { listeners: [Listener.http(80), Listener.http(80, { address: '::' })] };
    expect(nginx(props, 'web-gate')['ports']).toEqual([
      { external: 80, internal: 80, ip: '0.0.0.0' },
      { external: 80, internal: 80, ip: '::' },
    ]);
    expect(conf((web, site) => web.addBackend('/', app(site)), props).match(/listen /g)).toHaveLength(1);
  });
});

describe('servers that live elsewhere', () => {
  test.each([
    [
      ExternalBackend.http('10.0.0.7', 8080),
      'server 10.0.0.7:8080 max_fails=1;',
      'proxy_pass http://10.0.0.7-8080;',
    ],
    [
      ExternalBackend.uwsgi('fd00::7', 3031),
      'server [fd00::7]:3031 max_fails=1;',
      'uwsgi_pass fd00__7-.uwsgi3031;',
    ],
    [
      ExternalBackend.httpSocket('/run/other/app.sock'),
      'server unix:/run/host/run/other/app.sock max_fails=1;',
      'proxy_pass http://run-other-app.sock;',
    ],
    [
      ExternalBackend.uwsgiSocket('/run/other/app.sock', 33),
      'server unix:/run/host/run/other/app.sock max_fails=1;',
      'uwsgi_pass run-other-app.sock_uwsgi;',
    ],
  ])('%j', (backend, server, pass) => {
    const text = conf((web) => web.addBackend('/', backend));
    expect(text).toContain(server);
    expect(text).toContain(pass);
  });

  test('on a Unix socket of the host: its directory is mounted, its group joined', () => {
    const stack = siteStack((site) => {
      new NginxFrontend(site, 'web').addBackend('/', ExternalBackend.uwsgiSocket('/run/other/app.sock', 33));
    });
    expect(container(stack, 'web-nginx')).toMatchObject({ group_add: ['33'], network_mode: 'none' });
    expect(container(stack, 'web-nginx')['volumes']).toContainEqual({
      host_path: '/run/other',
      container_path: '/run/host/run/other',
      read_only: true,
    });
  });

  test.each(['app.sock', '/app.sock', '/run/a b/app.sock', '/run/../app.sock', `/run/${'x'.repeat(100)}`])(
    'fails on the socket path %s',
    (path) => {
      expect(() => ExternalBackend.httpSocket(path)).toThrow(
        'is not the path of a socket that nginx could dial',
      );
    },
  );
});

describe('locations nest', () => {
  test('below a prefix, with what nginx passes on from the outer one', () => {
    const text = conf((web, site) => {
      const shop = web.addBackend('/shop/', app(site));
      shop.addLocation(LocationMatch.exact('/shop/closed'), LocationAction.respond(503));
      shop.addRedirect('/shop/old/', '/shop/');
      shop
        .addLocation(LocationMatch.regex('\\.bak$'), LocationAction.respond(404))
        .addDirective(Directive.of('lingering_close', ['off']));
    });
    const block = text
      .slice(text.indexOf('location /shop/ {'))
      .split('\n')
      .map((line) => line.trim());
    const inner = block.filter((line) => line.startsWith('location') || line.startsWith('return'));
    expect(inner).toEqual([
      'location /shop/ {',
      'location = /shop/closed {',
      'return 503;',
      'location /shop/old/ {',
      'return 302 /shop/$is_args$args;',
      'location ~ "\\\\.bak$" {',
      'return 404;',
      'location / {',
      'return 404;',
    ]);
  });

  test('but not where nginx could never reach them', () => {
    siteStack((site) => {
      const web = new NginxFrontend(site, 'web');
      const shop = web.addBackend('/shop/', app(site));
      expect(() => shop.addRedirect('/other/', '/')).toThrow(
        'the location /other/ cannot be reached inside /shop/ (prefix)\n  give it a path below /shop/',
      );
      const exact = web.addLocation(LocationMatch.exact('/one'), LocationAction.respond(204));
      expect(() => exact.addRedirect('/one/more/', '/')).toThrow('an exact location catches one path');
    });
  });
});

describe('options of a pass', () => {
  test.each<[PassToOptions, string]>([
    [{ connectTimeout: Duration.seconds(2) }, 'proxy_connect_timeout 2s;'],
    [{ readTimeout: Duration.milliseconds(1500) }, 'proxy_read_timeout 1500ms;'],
    [{ sendTimeout: Duration.seconds(4) }, 'proxy_send_timeout 4s;'],
    [{ headers: { Host: 'inner' } }, 'proxy_set_header Host inner;'],
    [{ headers: { 'X-Price': '$5' } }, 'proxy_set_header X-Price "${literal_dollar}5";'],
  ])('%j renders %j', (options, line) => {
    expect(conf((web, site) => web.addBackend('/', app(site), options))).toContain(line);
  });

  test('a parameter of the uwsgi protocol replaces ours', () => {
    const text = conf((web, site) =>
      web.addBackend('/', new UwsgiApp(site, 'app', UWSGI), {
        uwsgiParams: { HTTP_HOST: 'x' },
        headers: { 'X-A': 'b' },
      }),
    );
    expect(text.match(/uwsgi_param HTTP_HOST .*/g)).toEqual(['uwsgi_param HTTP_HOST x;']);
    expect(text).toContain('uwsgi_param HTTP_X_A b;');
  });

  test.each([
    ['1.29.2', 'proxy_set_header Host $forwarded_host;', true],
    ['1.29.3', 'proxy_set_header Host $host$is_request_port$request_port;', false],
  ])('nginx %s says the host with the port that the client named', (version, line, mapped) => {
    const text = conf((web, site) => web.addBackend('/', app(site)), { image: NginxImage.official(version) });
    expect(text).toContain(line);
    expect(text.includes('map $http_host $forwarded_port {')).toBe(mapped);
    expect(text.includes('set $forwarded_host $host$forwarded_port;')).toBe(mapped);
  });

  test.each([
    [GunicornProtocol.UWSGI, 'uwsgi_param PATH_INFO $encoded_path;', true],
    [GunicornProtocol.HTTP, 'proxy_pass http://app;', false],
  ])('gunicorn, which decodes the path, gets it encoded by protocol %s', (protocol, line, mapped) => {
    const text = conf((web, site) =>
      web.addBackend('/', new GunicornApp(site, 'app', { ...GUNICORN, serverVersion: '27.0.1', protocol })),
    );
    expect(text).toContain(line);
    expect(text.includes('map $request_uri $request_path {')).toBe(mapped);
    expect(text.includes('set $encoded_path $request_path;')).toBe(mapped);
  });

  test.each([
    ['uWSGI', (site: TerraformStack) => new UwsgiApp(site, 'app', UWSGI)],
    [
      'a gunicorn with asgi workers',
      (site: TerraformStack) =>
        new GunicornApp(site, 'app', {
          ...GUNICORN,
          serverVersion: '27.0.1',
          protocol: GunicornProtocol.UWSGI,
          workerClass: WorkerClass.ASGI,
        }),
    ],
  ])('%s, which does not decode the path, gets it decoded', (_, app) => {
    const text = conf((web, site) => web.addBackend('/', app(site)));
    expect(text).toContain('uwsgi_param PATH_INFO $document_uri;');
    expect(text).not.toContain('encoded_path');
  });

  test('a header of one’s own replaces ours in uWSGI’s protocol too, and an empty one clears it', () => {
    const text = conf((web, site) =>
      web.addBackend('/', new UwsgiApp(site, 'app', UWSGI), {
        headers: { 'X-Forwarded-Proto': 'https', 'X-Real-IP': '' },
      }),
    );
    expect(text.match(/uwsgi_param HTTP_X_(?:FORWARDED_PROTO|REAL_IP) .*/g)).toEqual([
      'uwsgi_param HTTP_X_FORWARDED_PROTO https;',
      'uwsgi_param HTTP_X_REAL_IP "" if_not_empty;',
    ]);
  });
});

describe('findings about backends', () => {
  const findings = (
    build: (web: NginxFrontend, site: TerraformStack) => void,
    props: NginxFrontendProps = {},
  ): string =>
    Review.of(
      siteStack((site) => {
        build(new NginxFrontend(site, 'web', props), site);
      }),
    ).findings.join('\n');

  class Broken implements IBackend {
    public bindBackend(): BackendConfig {
      throw new Error('no registry');
    }
  }

  class Named implements IBackend {
    public constructor(private readonly host: string) {}

    public bindBackend(): BackendConfig {
      return { name: 'same', protocol: BackendProtocol.HTTP, members: [{ host: this.host, port: 80 }] };
    }
  }

  test.each<[string, (web: NginxFrontend, site: TerraformStack) => void, string]>([
    [
      'one that cannot be read',
      (web) => web.addBackend('/', new Broken()),
      'the backend could not be read: no registry\n  mend its bindBackend()\n  construct: site/web/location--',
    ],
    [
      'an empty upstream',
      (web) => web.addBackend('/', web.addUpstream('pool')),
      'upstream pool has no members',
    ],
    [
      'two of one name',
      (web) => {
        web.addBackend('/', new Named('a'));
        web.addBackend('/b/', new Named('b'));
      },
      'two backends are called same',
    ],
    [
      'parameters that its protocol does not have',
      (web, site) => web.addBackend('/', app(site), { uwsgiParams: { A: 'b' } }),
      'uwsgiParams A would not be sent: app speaks http',
    ],
    [
      'a value that nginx cannot hold',
      (web, site) =>
        web
          .addBackend('/', app(site), { headers: { 'X-A': 'b' } })
          .addLocation(LocationMatch.regex('a\0b'), LocationAction.respond(200)),
      'NUL',
    ],
  ])('%s', (_, build, message) => {
    expect(findings(build)).toContain(message);
  });

  test('a pool over TCP needs an nginx that resolves names again', () => {
    const pool = (web: NginxFrontend, site: TerraformStack): void => {
      const both = web.addUpstream('pool');
      both.add(new UwsgiApp(site, 'one', { ...UWSGI, transport: Transport.tcp(3031) }));
      both.add(new UwsgiApp(site, 'two', { ...UWSGI, transport: Transport.tcp(3031) }));
      web.addBackend('/', both);
    };
    expect(findings(pool)).toBe('');
    expect(findings(pool, { image: NginxImage.official('1.26.3') })).toContain(
      'nginx 1.26.3 resolves names of an upstream only once, at its start\n  use nginx 1.27.3 or newer, or Transport.unixSocket()',
    );
  });
});
