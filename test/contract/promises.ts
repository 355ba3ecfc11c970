/** The servers whose promises differ. */
export type Family =
  | 'uwsgi'
  | 'uwsgiHttp'
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
  | 'gunicornUwsgi';

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
  /** Status for HEAD when the application answers with a body, as frameworks do not. */
  readonly headWithBody: number;
  /** The path that the application sees of `PATH`. */
  readonly path: string;
  /** Whether the path is there as the client wrote it too: REQUEST_URI, RAW_URI, or the scope's `raw_path`. */
  readonly rawPath: boolean;
  /**
   * Statuses of requests that are in flight when the server is told to stop: of one that is still sending its body, where nginx has
   * been told not to wait for it, of one whose application is at work, and of one whose answer has begun. Several are a matter of luck.
   */
  readonly stopped: readonly [sending: Statuses, working: Statuses, answering: Statuses];
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
  headWithBody: 200,
  path: WHOLE_PATH,
  rawPath: true,
  bytes: 400,
  stopped: [[200], [200], [200]],
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
  repeated: '1, 2',
  bytes: '/echo/é',
} as const;

const UWSGI_LOOP = {
  ...WSGI_OVER_HTTP,
  ...UWSGI,
  path: NORMAL_PATH,
  repeated: '2',
  client: 'client',
} as const;

/** UTF-8 read as Latin-1 and written as UTF-8. */
export const GARBLED = '/echo/Ã©';

/** tornado's own WSGI container knows no proxy and is strict about lengths. */
const TORNADO = {
  headWithBody: 502,
  rawPath: false,
  scheme: false,
  bytes: GARBLED,
  stopped: [[502], [200], [200]],
} as const;

export const PROMISES: Readonly<Record<Family, Promises>> = {
  uwsgi: {
    ...WSGI_OVER_HTTP,
    ...UWSGI,
    name: 'uWSGI, protocol uwsgi',
    path: NORMAL_PATH,
    repeated: '2',
    client: 'client',
  },
  uwsgiHttp: { ...WSGI_OVER_HTTP, ...UWSGI, name: 'uWSGI, protocol http' },
  uwsgiGevent: { ...UWSGI_LOOP, name: 'uWSGI 2.0.21 gevent', stopped: [[502], [200], [200]] },
  uwsgiAsyncio: { ...UWSGI_LOOP, name: 'uWSGI 2.0.21 asyncio', stopped: [[502], [502], [502]] },
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
  asgi: { ...WSGI_OVER_HTTP, name: 'gunicorn asgi', hang: BY_NGINX, unread: [200, 502], reason: false },
  uvicorn: {
    ...WSGI_OVER_HTTP,
    name: 'gunicorn with uvicorn',
    hang: BY_NGINX,
    client: 'client',
    reason: false,
  },
  gunicornUwsgi: {
    ...WSGI_OVER_HTTP,
    name: 'gunicorn sync, protocol uwsgi',
    hang: { status: 500, by: 'timeout' },
    bytes: GARBLED,
    repeated: '2',
  },
};
