import type { Duration } from '../values/duration';

/** What a backend speaks. */
export enum BackendProtocol {
  /** uWSGI's binary protocol (`uwsgi_pass`). */
  UWSGI = 'uwsgi',
  /** HTTP (`proxy_pass`). */
  HTTP = 'http',
}

/** One server of a backend. */
export interface BackendMember {
  /** Id of an application of this library, when it is one; its replica is `slot`. */
  readonly app?: string;
  /**
   * Replica of the application, reached over its Unix socket.
   *
   * @default - the member is reached over `host` and `port`, or over `socketPath`
   */
  readonly slot?: number;
  /** Host name or address. */
  readonly host?: string;
  /** Port. */
  readonly port?: number;
  /** Path of a Unix socket, in nginx's container. */
  readonly socketPath?: string;
  /**
   * Share of the requests.
   *
   * @default 1 (nginx)
   */
  readonly weight?: number;
  /**
   * Used only when all others are down.
   *
   * @default false (nginx)
   */
  readonly backup?: boolean;
}

/** What a frontend needs to know of a backend. */
export interface BackendConfig {
  /** Name of the upstream in nginx.conf: letters, digits, `_` and `-`. */
  readonly name: string;
  /** What it speaks. */
  readonly protocol: BackendProtocol;
  /** Its servers, at least one. */
  readonly members: BackendMember[];
  /**
   * Longest time that a request may take before the backend itself gives up; nginx waits a little longer.
   *
   * @default - nothing bounds a request, and nginx waits 60 s
   */
  readonly requestTimeout?: Duration;
}

/** Anything that a location can pass to. */
export interface IBackend {
  /** Describes the backend; called whenever the configuration is rendered, so it must not change anything. */
  bindBackend(): BackendConfig;
}
