/** The servers whose promises differ. */
export type Family =
  | 'oldUwsgi'
  | 'uwsgi'
  | 'oldUwsgiHttp'
  | 'uwsgiHttp'
  | 'oldUwsgiRouter'
  | 'uwsgiRouter'
  | 'oldUwsgiGevent'
  | 'uwsgiGevent'
  | 'uwsgiAsyncio'
  | 'oldSync'
  | 'sync'
  | 'gthread'
  | 'gevent'
  | 'oldTornado'
  | 'tornado'
  | 'asgi'
  | 'uvicorn'
  | 'gunicornUwsgi'
  | 'gunicornUwsgiGthread'
  | 'gunicornUwsgiGevent'
  | 'gunicornUwsgiAsgi';

/** Who ends a request that does not end by itself, and what the client gets. */
export interface Hang {
  readonly status: number;
  readonly by: 'harakiri' | 'timeout' | 'heartbeat' | 'nginx';
}

/** Statuses of which each is as good as another. */
export type Statuses = readonly number[];

/** What a server does where servers differ: the contract asserts it, and the table of docs/backends.md says it. */
export interface Promises {
  /** Name of the row in the documentation. */
  readonly name: string;
  /** Status when the application raises before it has answered. */
  readonly raise: number;
  readonly hang: Hang;
  /** Whether a worker that has outgrown a limit is recycled; gunicorn counts requests alone. */
  readonly watchesMemory: boolean;
  /** Whether a worker is recycled after `maxRequests`, without a lost request: refused where one would be lost. */
  readonly recycles: boolean;
  /** Statuses for a large body that the application does not read: the second where the server closes before nginx has sent it. */
  readonly unread: Statuses;
  /** What becomes of a chunked body that nginx passes on as it comes, where it has been told to: request_buffering off. */
  readonly chunks: 'whole' | 'lost';
  /** What an answer whose length was not told looks like to the client when the application raises in the middle of it. */
  readonly brokenOff: 'broken' | 'whole' | 'an error';
  /** Status for HEAD when the application answers with a body, as frameworks do not. */
  readonly headWithBody: number;
  /** The path that the application sees of `PATH`. */
  readonly path: string;
  /** How the application learns what was taken off the path; `SCRIPT_NAME` is what WSGI has for it. */
  readonly mounted: 'SCRIPT_NAME' | 'X-Forwarded-Prefix';
  /** Status where it is mounted below `/` and nginx spells the path in another way than the client, as with `..` or `//` in it. */
  readonly oddMounted: 200 | 400;
  /** Whether the path is there as the client wrote it too: REQUEST_URI, RAW_URI, or the scope's `raw_path`. */
  readonly rawPath: boolean;
  /**
   * Statuses of requests that are in flight when the server is told to stop: of one that is still sending its body, where nginx has
   * been told not to wait for it, of one whose application is at work, and of one whose answer has begun. Several are a matter of luck.
   */
  readonly stopped: readonly [sending: Statuses, working: Statuses, answering: Statuses];
  /** Who ends the server when a request hangs as it is told to stop: it does within its stop grace, or the engine does then. */
  readonly hungStop: 'itself' | 'the engine';
  /** What becomes of a path's bytes that are neither ASCII nor encoded: the path that the application sees, or the client's status. */
  readonly bytes: string | number;
  /** What two headers of one name become, whose values are 1 and 2. */
  readonly repeated: '1, 2' | '1,2' | '2';
  /** Whose address the server calls the client's; the client's own is in X-Forwarded-For in any case. */
  readonly client: 'client' | 'nginx';
  /** Whether the server's own scheme follows what nginx says; X-Forwarded-Proto is there in any case. */
  readonly scheme: boolean;
  /** Whether the reason phrase is the application's own. */
  readonly reason: boolean;
}

/** A path in which everything is encoded that can be read in two ways. */
export const PATH = '/echo/a%2Fb%20c/x/..%2fd/%2525/%C3%A9';

const WHOLE_PATH = '/echo/a/b c/x/../d/%25/é';
const NORMAL_PATH = '/echo/a/b c/d/%25/é';

/** What most keep. */
const WSGI_OVER_HTTP: Omit<Promises, 'name' | 'hang'> = {
  raise: 500,
  watchesMemory: false,
  unread: [200],
  recycles: true,
  chunks: 'whole',
  brokenOff: 'broken',
  headWithBody: 200,
  path: WHOLE_PATH,
  mounted: 'SCRIPT_NAME',
  oddMounted: 200,
  rawPath: true,
  bytes: 400,
  stopped: [[200], [200], [200]],
  hungStop: 'itself',
  repeated: '1,2',
  client: 'nginx',
  scheme: true,
  reason: true,
};

const BY_NGINX: Hang = { status: 504, by: 'nginx' };

/** uWSGI answers nothing when the application raises, which nginx reports as 502. */
const UWSGI = {
  raise: 502,
  hang: { status: 502, by: 'harakiri' },
  watchesMemory: true,
  brokenOff: 'whole',
  repeated: '1, 2',
  bytes: '/echo/é',
} as const;

/** From 2.0.28 on the master waits for its workers in the handler of the signal, so that nothing else acts any more. */
const WAITS = { hungStop: 'the engine' } as const;

/** Neither uWSGI's workers nor its router decode a chunked body by themselves. */
const UWSGI_HTTP = { ...WSGI_OVER_HTTP, ...UWSGI, mounted: 'X-Forwarded-Prefix', chunks: 'lost' } as const;

const UWSGI_PROTOCOL = {
  ...WSGI_OVER_HTTP,
  ...UWSGI,
  path: NORMAL_PATH,
  repeated: '2',
  client: 'client',
} as const;

/** UTF-8 read as Latin-1 and written as UTF-8. */
export const GARBLED = '/echo/Ã©';

/** In uWSGI's protocol the end of an answer without a length is the end of its connection. */
const GUNICORN_UWSGI = {
  ...WSGI_OVER_HTTP,
  mounted: 'X-Forwarded-Prefix',
  oddMounted: 400,
  bytes: GARBLED,
  repeated: '2',
  brokenOff: 'whole',
} as const;

/** tornado's own WSGI container knows no proxy, is strict about lengths and sends nothing before it has all. */
const TORNADO = {
  brokenOff: 'an error',
  headWithBody: 502,
  mounted: 'X-Forwarded-Prefix',
  rawPath: false,
  scheme: false,
  bytes: GARBLED,
  stopped: [[502], [200], [200]],
} as const;

export const PROMISES: Readonly<Record<Family, Promises>> = {
  oldUwsgi: { ...UWSGI_PROTOCOL, name: 'uWSGI 2.0.21, protocol uwsgi' },
  uwsgi: { ...UWSGI_PROTOCOL, ...WAITS, name: 'uWSGI, protocol uwsgi' },
  oldUwsgiHttp: { ...UWSGI_HTTP, name: 'uWSGI 2.0.21, protocol http' },
  uwsgiHttp: { ...UWSGI_HTTP, ...WAITS, name: 'uWSGI, protocol http' },
  oldUwsgiRouter: { ...UWSGI_HTTP, name: 'uWSGI 2.0.21, http router', stopped: [[502], [502], [502]] },
  uwsgiRouter: { ...UWSGI_HTTP, ...WAITS, name: 'uWSGI, http router' },
  oldUwsgiGevent: { ...UWSGI_PROTOCOL, name: 'uWSGI 2.0.21 gevent', stopped: [[502], [200], [200]] },
  uwsgiGevent: { ...UWSGI_PROTOCOL, ...WAITS, name: 'uWSGI gevent', stopped: [[502], [200], [200]] },
  uwsgiAsyncio: { ...UWSGI_PROTOCOL, name: 'uWSGI 2.0.21 asyncio', stopped: [[502], [502], [502]] },
  oldSync: {
    ...WSGI_OVER_HTTP,
    name: 'gunicorn 20.1 sync',
    hang: { status: 502, by: 'timeout' },
  },
  sync: { ...WSGI_OVER_HTTP, name: 'gunicorn sync', hang: { status: 500, by: 'timeout' } },
  gthread: { ...WSGI_OVER_HTTP, name: 'gunicorn gthread', hang: BY_NGINX },
  gevent: { ...WSGI_OVER_HTTP, name: 'gunicorn gevent', hang: BY_NGINX },
  oldTornado: {
    ...WSGI_OVER_HTTP,
    ...TORNADO,
    name: 'gunicorn 20.1 tornado',
    raise: 502,
    hang: { status: 502, by: 'heartbeat' },
  },
  tornado: {
    ...WSGI_OVER_HTTP,
    ...TORNADO,
    name: 'gunicorn tornado',
    raise: 504,
    stopped: [[502], [200], [200, 502]],
    hang: { status: 502, by: 'heartbeat' },
  },
  asgi: {
    ...WSGI_OVER_HTTP,
    name: 'gunicorn asgi',
    mounted: 'X-Forwarded-Prefix',
    hang: BY_NGINX,
    unread: [200, 502],
    reason: false,
  },
  uvicorn: {
    ...WSGI_OVER_HTTP,
    mounted: 'X-Forwarded-Prefix',
    name: 'gunicorn with uvicorn',
    hang: BY_NGINX,
    client: 'client',
    reason: false,
  },
  gunicornUwsgi: {
    ...GUNICORN_UWSGI,
    name: 'gunicorn sync, protocol uwsgi',
    hang: { status: 500, by: 'timeout' },
  },
  gunicornUwsgiGthread: { ...GUNICORN_UWSGI, name: 'gunicorn gthread, protocol uwsgi', hang: BY_NGINX },
  gunicornUwsgiGevent: { ...GUNICORN_UWSGI, name: 'gunicorn gevent, protocol uwsgi', hang: BY_NGINX },
  gunicornUwsgiAsgi: {
    ...GUNICORN_UWSGI,
    name: 'gunicorn asgi, protocol uwsgi',
    hang: BY_NGINX,
    unread: [200, 502],
    path: '/echo/a/b c/d/%25/Ã©',
    oddMounted: 200,
    reason: false,
  },
};
