import {
  forwardedFacts,
  isOptionalParam,
  proxyHeaders,
  uwsgiParams,
} from '../../lib/topology/derive/forwarding';
import { maxVars } from '../../lib/topology/derive/head-limits';
import { nginxScratchBytes, privateTmpfs } from '../../lib/topology/derive/nginx-scratch';
import { slotSocketInNginx, staticDirectoryInNginx } from '../../lib/topology/derive/paths';
import {
  drainSeconds,
  readTimeoutMs,
  requestTimeoutMs,
  stopGraceSeconds,
} from '../../lib/topology/derive/timeouts';
import { nginxWorkers, workersPerCpu } from '../../lib/topology/derive/workers';
import type { App } from '../../lib/topology/topology';
import type { UwsgiApp } from '../../lib/topology/uwsgi-app';
import { frontendOf } from '../helpers/topologies';

test.each([
  [undefined, 2, 1, 3],
  [2, 2, 1, 5],
  [0.5, 2, 1, 2],
  [0.25, 1, 0, 1],
])('with %p cpus declared, %p per cpu and %p extra make %p workers', (cpus, perCpu, extra, workers) => {
  expect(workersPerCpu(cpus, perCpu, extra)).toBe(workers);
});

test('nginx has one worker a cpu, rounded up, and one when nothing is declared', () => {
  expect([undefined, 0.5, 1, 1.5, 4].map(nginxWorkers)).toEqual([1, 1, 1, 2, 4]);
});

describe('timeouts nest', () => {
  const uwsgi = {
    server: 'uwsgi',
    harakiriSeconds: 30,
    reloadMercySeconds: 30,
    settings: {},
  } as UwsgiApp;
  const sync = {
    server: 'gunicorn',
    workerClass: 'sync',
    timeoutSeconds: 30,
    gracefulTimeoutSeconds: 20,
  } as App;

  test('harakiri bounds a uWSGI request, and 0 bounds nothing', () => {
    expect(requestTimeoutMs(uwsgi)).toBe(30_000);
    expect(requestTimeoutMs({ ...uwsgi, harakiriSeconds: 0 })).toBeUndefined();
  });

  test('a worker that harakiri asks to end first has that time too', () => {
    expect(requestTimeoutMs({ ...uwsgi, settings: { 'harakiri-graceful-timeout': 10 } })).toBe(40_000);
  });

  test.each(['gevent', 'asyncio', 'harakiri-queue-threshold'])(
    'harakiri bounds no request with %s',
    (name) => {
      expect(requestTimeoutMs({ ...uwsgi, settings: { [name]: 20 } })).toBeUndefined();
    },
  );

  test("gunicorn's timeout bounds a request for sync workers only", () => {
    expect(requestTimeoutMs(sync)).toBe(30_000);
    expect(requestTimeoutMs({ ...sync, threads: 4 })).toBeUndefined();
    expect(requestTimeoutMs({ ...sync, workerClass: 'gevent' } as App)).toBeUndefined();
    expect(requestTimeoutMs({ ...sync, workerClass: 'shop.Own' } as App)).toBeUndefined();
    expect(requestTimeoutMs({ ...sync, timeoutSeconds: 0 } as App)).toBeUndefined();
  });

  test('nginx waits 5 s longer than the application, or 60 s', () => {
    expect(readTimeoutMs(30_000)).toBe(35_000);
    expect(readTimeoutMs(undefined)).toBe(60_000);
  });

  test('SIGKILL comes 5 s after the drain', () => {
    expect(stopGraceSeconds(drainSeconds(uwsgi))).toBe(35);
    expect(stopGraceSeconds(drainSeconds({ ...uwsgi, settings: { 'mule-reload-mercy': 50 } }))).toBe(55);
    expect(stopGraceSeconds(drainSeconds(sync))).toBe(25);
  });
});

test('the scratch tmpfs has room for four uploads at the limit and 64 MiB', () => {
  const web = frontendOf([], { clientMaxBodySizeBytes: 75 * 1024 ** 2 });
  expect(nginxScratchBytes(web)).toBe((64 + 300) * 1024 ** 2);
  const lists = {
    directives: [],
    locationDirectives: [],
    serverDirectives: [],
    declarations: [],
    files: [],
  };
  const cache = { kind: 'cache', adds: false, lifts: false, level: 'http', ...lists } as const;
  const kept = { ...cache, scratchBytes: 96 * 1024 ** 2 };
  expect(nginxScratchBytes({ ...web, policies: [kept] })).toBe((64 + 300 + 96) * 1024 ** 2);
  expect(privateTmpfs(1024, 101, 102)).toBe('size=1024,uid=101,gid=102,mode=0700');
});

test('nginx names the slot link of a replica, and a directory of its own per static mount', () => {
  expect(slotSocketInNginx('shop', 'uwsgi', 2)).toBe('/run/wsgi/shop/uwsgi-2.sock');
  expect(staticDirectoryInNginx('assets')).toBe('/srv/static/assets');
});

describe('what nginx says of a request', () => {
  const facts = forwardedFacts('1.28.0', true);

  test('the host never is the client header, and carries the port', () => {
    expect(facts.host).toBe('$forwarded_host');
    expect(forwardedFacts('1.29.3', true).host).toBe('$host$is_request_port$request_port');
  });

  test('the port is the one that the client reached, through the gate or not', () => {
    expect(facts.port).toBe('$proxy_protocol_server_port');
    expect(forwardedFacts('1.28.0', false).port).toBe('$server_port');
  });

  const passed = { ...facts, path: '$document_uri', scriptName: '' };

  test('uwsgi parameters overwrite the scheme, the address and the host, and clear what could contradict', () => {
    const params = Object.fromEntries(uwsgiParams(passed));
    expect(params).toMatchObject({
      HTTP_HOST: '$forwarded_host',
      HTTP_X_FORWARDED_PROTO: '$scheme',
      HTTP_X_FORWARDED_SSL: '',
      HTTP_X_FORWARDED_PROTOCOL: '',
      HTTP_X_FORWARDED_FOR: '$remote_addr',
      HTTP_X_FORWARDED_PREFIX: '',
      HTTP_FORWARDED: '',
      HTTP_PROXY: '',
    });
    expect(Object.keys(params)).toHaveLength(30);
  });

  test('uwsgi parameters hold what WSGI wants once, and nothing that was about the connection to nginx', () => {
    expect(Object.fromEntries(uwsgiParams(passed))).toMatchObject({
      SCRIPT_NAME: '',
      HTTP_COOKIE: '$http_cookie',
      HTTP_TRANSFER_ENCODING: '',
      HTTP_TE: '',
      HTTP_EXPECT: '',
      HTTP_CONTENT_TYPE: '',
      HTTP_CONTENT_LENGTH: '',
    });
  });

  test('headers that are cleared or handed on are left out when they are empty, other parameters are not', () => {
    const optional = uwsgiParams(passed).filter(([name, value]) => isOptionalParam(name, value));
    expect(optional.map(([name]) => name)).toEqual([
      'HTTP_X_FORWARDED_PREFIX',
      'HTTP_COOKIE',
      'HTTP_X_FORWARDED_PROTOCOL',
      'HTTP_X_FORWARDED_SSL',
      'HTTP_FORWARDED',
      'HTTP_PROXY',
      'HTTP_TRANSFER_ENCODING',
      'HTTP_TE',
      'HTTP_EXPECT',
      'HTTP_CONTENT_TYPE',
      'HTTP_CONTENT_LENGTH',
    ]);
  });

  test('proxied headers do the same', () => {
    expect(Object.fromEntries(proxyHeaders(passed))).toEqual({
      Host: '$forwarded_host',
      'X-Real-IP': '$remote_addr',
      'X-Forwarded-For': '$remote_addr',
      'X-Forwarded-Host': '$forwarded_host',
      'X-Forwarded-Port': '$proxy_protocol_server_port',
      'X-Forwarded-Proto': '$scheme',
      'X-Forwarded-Protocol': '',
      'X-Forwarded-Ssl': '',
      'X-Forwarded-Prefix': '',
      Forwarded: '',
      Proxy: '',
      Cookie: '$http_cookie',
    });
  });
});

describe('limits of a request’s head', () => {
  test.each([
    [65_535, 3277],
    [32_768, 1639],
    [4096, 205],
  ])('a uWSGI buffer of %i bytes holds as many variables as %i max-vars have room for', (bytes, vars) => {
    expect(maxVars(bytes)).toBe(vars);
  });
});
