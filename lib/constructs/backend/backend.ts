import type { Duration } from '../../values/duration';
import type { Directive } from '../frontend/directive';
import type { Balance } from './balance';

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
  /** Path of a Unix socket on the Docker host; its directory is mounted into nginx's container. */
  readonly socketPath?: string;
  /**
   * Group that may connect to the socket; nginx joins it.
   *
   * @default - none: everybody may
   */
  readonly socketGid?: number;
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
  /**
   * Failures within `failTimeout` that mark it down; 0 never does.
   *
   * @default - 0 for applications of this library, 1 for others (nginx)
   */
  readonly maxFails?: number;
  /**
   * Time in which failures are counted, and for which it stays down.
   *
   * @default Duration.seconds(10) (nginx)
   */
  readonly failTimeout?: Duration;
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
  /**
   * How nginx chooses among the members.
   *
   * @default - one after the other (nginx)
   */
  readonly balance?: Balance;
  /**
   * Idle connections that each nginx worker keeps to the members.
   *
   * @default - nginx's own
   */
  readonly keepalive?: number;
  /**
   * Directives of its upstream, checked and shown after its members.
   *
   * @default - none
   */
  readonly directives?: Directive[];
  /**
   * Backends of which each request gets one; `members` are then all of theirs.
   *
   * @default - its members are one upstream
   */
  readonly choice?: BackendChoice;
}

/** How requests are told apart that go to different backends. */
export interface BackendChoice {
  /** What they are told apart by, in nginx's notation. */
  readonly source: string;
  /** Which go where: all by `percent`, or by `value`, with one that has neither for all others. */
  readonly routes: BackendRoute[];
}

/** Some of the requests, and who gets them. */
export interface BackendRoute {
  /** Who gets them. */
  readonly backend: BackendConfig;
  /**
   * Share of all requests, 0 to 100 (`split_clients`).
   *
   * @default - they are told by `value`
   */
  readonly percent?: number;
  /**
   * Value of the source, as a `map` has it: the whole value, or `~` and a regular expression.
   *
   * @default - all that no other route takes
   */
  readonly value?: string;
}

/** Anything that a location can pass to. */
export interface IBackend {
  /** Describes the backend; called whenever the configuration is rendered, so it must not change anything. */
  bindBackend(): BackendConfig;
}
