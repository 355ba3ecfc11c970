import {
  Directive,
  Duration,
  ExternalBackend,
  GunicornApp,
  GunicornProtocol,
  UwsgiApp,
  UwsgiProtocol,
  WorkerClass,
} from 'cdktf-wsgi';
import type { IBackend, NginxFrontend, PassToOptions } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { blockOf, confOf, reviewOf } from '../helpers/frontends';
import { GUNICORN, UWSGI } from '../helpers/stacks';

type Make = (site: TerraformStack) => IBackend;

const elsewhere: Make = () => ExternalBackend.http('10.0.0.7', 80);
const gunicorn =
  (props: object): Make =>
  (site) =>
    new GunicornApp(site, 'app', { ...GUNICORN, ...props });
const uwsgi =
  (props: object): Make =>
  (site) =>
    new UwsgiApp(site, 'app', { ...UWSGI, threads: undefined, ...props });
const ASGI = { workerClass: WorkerClass.ASGI, serverVersion: '27.0.1' };

const passing =
  (make: Make, options: PassToOptions) =>
  (web: NginxFrontend, site: TerraformStack): unknown =>
    web.addBackend('/live/', make(site), options);

function linesAt(options: PassToOptions, make: Make = elsewhere): string[] {
  const usual = blockOf(confOf(passing(make, {})), 'location /live/ {');
  return blockOf(confOf(passing(make, options)), 'location /live/ {').filter((line) => !usual.includes(line));
}

describe('what lasts is exactly these lines', () => {
  test('a WebSocket, which may be silent for an hour', () => {
    expect(linesAt({ webSocket: true })).toEqual([
      'proxy_read_timeout 3600s;',
      'proxy_set_header Upgrade $http_upgrade;',
      'proxy_set_header Connection $connection_upgrade;',
    ]);
    const text = confOf(passing(elsewhere, { webSocket: true }));
    expect(blockOf(text, 'map $http_upgrade $connection_upgrade {')).toEqual([
      'default "";',
      '"~*^websocket$" upgrade;',
    ]);
  });

  test('or as long as is said', () => {
    expect(linesAt({ webSocket: true, readTimeout: Duration.minutes(5) })).toContain(
      'proxy_read_timeout 300s;',
    );
  });

  test('an answer and a body without buffers', () => {
    expect(linesAt({ buffering: false, requestBuffering: false })).toEqual([
      'proxy_buffering off;',
      'proxy_request_buffering off;',
    ]);
    expect(linesAt({ buffering: false, requestBuffering: false }, uwsgi({ threads: 4 }))).toEqual([
      'uwsgi_buffering off;',
      'uwsgi_request_buffering off;',
    ]);
  });

  test('or with them, where they are off further out', () => {
    expect(linesAt({ buffering: true, requestBuffering: true })).toEqual([
      'proxy_buffering on;',
      'proxy_request_buffering on;',
    ]);
  });

  test('nobody gets the map who has no use for it', () => {
    expect(confOf(passing(elsewhere, {}))).not.toContain('connection_upgrade');
  });
});

const findingsOf = (make: Make, options: PassToOptions): string =>
  reviewOf(passing(make, options)).findings.join('\n');

describe('a WebSocket', () => {
  test.each<[string, Make, RegExp]>([
    ['sync workers', gunicorn({}), /would take a worker of gunicorn app "app"[^]*GEVENT[^]*XT-WEBSOCKET/],
    [
      'uWSGI’s processes',
      uwsgi({ protocol: UwsgiProtocol.HTTP }),
      /would take a worker of uwsgi app "app"[^]*give it threads or gevent/,
    ],
    ['uWSGI’s protocol', uwsgi({ gevent: 100 }), /nginx knows no upgrade in uWSGI's protocol/],
    [
      'the same of gunicorn',
      gunicorn({ protocol: GunicornProtocol.UWSGI, ...ASGI }),
      /nginx knows no upgrade in uWSGI's protocol/,
    ],
  ])('cannot be in front of %s', (_, make, message) => {
    expect(findingsOf(make, { webSocket: true })).toMatch(message);
  });

  test.each<[string, Make]>([
    ['asgi', gunicorn(ASGI)],
    ['gevent', gunicorn({ workerClass: WorkerClass.GEVENT })],
    ['threads', gunicorn({ workerClass: WorkerClass.GTHREAD, threads: 8 })],
    ['uWSGI with gevent, over HTTP', uwsgi({ gevent: 100, protocol: UwsgiProtocol.HTTP })],
    ['a server that lives elsewhere', elsewhere],
  ])('can be in front of %s', (_, make) => {
    expect(findingsOf(make, { webSocket: true })).toBe('');
  });
});

describe('without buffers a slow client holds what answers it', () => {
  test.each<[string, Make, PassToOptions, RegExp]>([
    [
      'an answer of a sync worker',
      gunicorn({}),
      { buffering: false },
      /buffering is off at \/live\/, where a client that reads slowly would hold a worker of gunicorn app "app"[^]*XT-BUFFERING/,
    ],
    [
      'a body for a process of uWSGI',
      uwsgi({}),
      { requestBuffering: false },
      /requestBuffering is off at \/live\/, where a client that sends slowly would hold a worker of uwsgi app "app"/,
    ],
  ])('%s', (_, make, options, message) => {
    expect(findingsOf(make, options)).toMatch(message);
  });

  test('which is as true of a directive, in the location or around it', () => {
    const off = Directive.of('uwsgi_buffering', ['off']);
    const told = (build: (web: NginxFrontend, app: IBackend) => void): string =>
      reviewOf((web, site) => {
        build(web, uwsgi({})(site));
      }).findings.join('\n');
    expect(
      told((web, app) => {
        web.addBackend('/', app).addDirective(off);
      }),
    ).toContain('buffering is off at /');
    expect(
      told((web, app) => {
        web.addDirective(off);
        web.addBackend('/', app);
      }),
    ).toContain('buffering is off at /');
    expect(
      told((web, app) => {
        web.addDirective(off);
        web.addBackend('/', app, { buffering: true });
      }),
    ).toBe('');
  });

  test.each<[string, Make]>([
    ['threads', uwsgi({ threads: 4 })],
    ['greenlets', gunicorn({ workerClass: WorkerClass.GEVENT })],
    ['who knows', elsewhere],
  ])('but not %s', (_, make) => {
    expect(findingsOf(make, { buffering: false, requestBuffering: false })).toBe('');
  });
});
