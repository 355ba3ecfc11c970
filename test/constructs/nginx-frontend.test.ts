import type { TerraformStack } from 'cdktf';
import {
  Balance,
  Directive,
  Duration,
  ExternalBackend,
  Gate,
  GunicornApp,
  Listener,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  NginxImage,
  RedirectStatus,
  Review,
  Size,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
} from 'cdktf-wsgi';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

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
