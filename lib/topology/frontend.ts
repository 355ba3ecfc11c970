import type { Hardening, HealthCheck, Logging, Protocol, Restart } from './app';
import type { Text } from './deferred';
import type { RegistryImage } from './image';
import type { Listener } from './listener';
import type { NginxDirective } from '../nginx/directive';
import type { Policy } from './policy';

/** An nginx, its listeners and its servers. Members left undefined are nginx's own default and are not rendered. */
export interface Frontend {
  readonly id: string;
  readonly construct: string;
  readonly image: RegistryImage;
  readonly version: string;
  /** Files of dynamic modules to load into nginx itself. */
  readonly modules: readonly string[];
  /** File of the stream module, where the image has it as a dynamic one: the gate needs it. */
  readonly streamModule?: string;
  /** Names of directives that the image's modules have and the directive table does not know. */
  readonly extraDirectives: readonly string[];
  readonly uid: number;
  readonly gid: number;
  /** False when nginx publishes its ports itself. */
  readonly gate: boolean;
  readonly listeners: readonly Listener[];
  readonly workerProcesses: number;
  readonly workerConnections: number;
  readonly keepaliveTimeoutMs: number;
  readonly keepaliveRequests?: number;
  /** Address of a DNS server, where one was declared. */
  readonly resolver?: string;
  readonly shutdownTimeoutSeconds: number;
  readonly charset?: string;
  readonly accessLog: AccessLog;
  readonly clientMaxBodySizeBytes: number;
  readonly cpus?: number;
  readonly memoryBytes?: number;
  /** Size of the tmpfs with nginx's temporary files; derived when absent. */
  readonly scratchBytes?: number;
  /** How often and how patiently nginx is probed. */
  readonly health: HealthCheck;
  /** Names or ids of networks to join besides those of its applications. */
  readonly networks: readonly Text[];
  readonly restart: Restart;
  readonly logging: Logging;
  readonly labels: Readonly<Record<string, string>>;
  readonly hardening: Hardening;
  /** The first one is the frontend's own: its default server. */
  readonly servers: readonly Server[];
  /** Names of the upstreams made for it that are members of no other one. */
  readonly upstreams: readonly string[];
  /** What holds for all of its servers. */
  readonly policies: readonly Policy[];
  /** Directives passed through at http level, checked, shown last. */
  readonly directives: readonly NginxDirective[];
  /** The same for the events block, and for the top of the file. */
  readonly eventsDirectives: readonly NginxDirective[];
  readonly mainDirectives: readonly NginxDirective[];
}

/** What is written down of each request, but for some paths. */
export interface AccessLog {
  readonly format: 'combined' | 'json' | 'off';
  readonly omitPaths: readonly string[];
}

/** One nginx `server` block. */
export interface Server {
  readonly construct: string;
  /** Empty only for the frontend's own: then it answers to every name. */
  readonly serverNames: readonly string[];
  readonly charset?: string;
  readonly clientMaxBodySizeBytes?: number;
  readonly locations: readonly Location[];
  readonly policies: readonly Policy[];
  readonly directives: readonly NginxDirective[];
}

/** A match and what happens to a request that it catches. */
export interface Location {
  readonly construct: string;
  readonly match: LocationMatch;
  /** True where clients are answered 404, and nginx alone leads to it. */
  readonly internal?: boolean;
  readonly action: Action;
  readonly policies: readonly Policy[];
  readonly directives: readonly NginxDirective[];
  readonly locations: readonly Location[];
}

export interface LocationMatch {
  readonly kind: 'prefix' | 'prefixOnly' | 'exact' | 'regex' | 'regexIgnoreCase';
  readonly path: string;
}

export type Action =
  | { readonly kind: 'pass'; readonly backend: Backend; readonly options: PassOptions }
  | { readonly kind: 'static'; readonly mount: string }
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly body?: string;
      readonly contentType?: string;
    }
  | { readonly kind: 'redirect'; readonly to: string; readonly status: number };

/** What a pass may set apart from what is derived. */
export interface PassOptions {
  /** True where `Upgrade` is handed on. */
  readonly webSocket?: boolean;
  /** Whether nginx buffers answers, and bodies of requests, where that is said. */
  readonly buffering?: boolean;
  readonly requestBuffering?: boolean;
  /** True where the path of the location itself is taken off, all but its last `/`. */
  readonly stripPrefix?: boolean;
  /** What is taken off the path, where it is not that. */
  readonly scriptName?: string;
  readonly readTimeoutMs?: number;
  readonly sendTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** Extra `uwsgi_param` lines; an empty value clears the parameter. */
  readonly uwsgiParams: Readonly<Record<string, string>>;
  /** Extra request headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Anything that a location can pass to, as it stands when the file is rendered. */
export interface Backend {
  /** Name of the upstream in nginx.conf. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly members: readonly Member[];
  /** How nginx chooses; round robin when absent. */
  readonly balance?: Balance;
  /** Idle connections kept to the members, where the protocol can. */
  readonly keepalive?: number;
  /** Directives passed through for its upstream, shown after its members. */
  readonly directives?: readonly NginxDirective[];
  /** Longest time the application takes for a request before its server gives up: nginx waits longer. */
  readonly requestTimeoutMs?: number;
  /** Ids of the applications among the members. */
  readonly apps: readonly string[];
  /** Backends of which each request gets one; the members are then all of theirs, and no upstream. */
  readonly choice?: Choice;
}

/** How requests are told apart that go to different backends; `source` and values in nginx's notation. */
export interface Choice {
  readonly source: string;
  readonly routes: readonly Route[];
}

/** With a share of all requests, with a value of a `map`, or with neither for all others. */
export interface Route {
  readonly backend: Backend;
  readonly percent?: number;
  readonly value?: string;
}

export type Balance =
  | { readonly method: 'least_conn' | 'ip_hash' }
  | { readonly method: 'hash'; readonly key: string; readonly consistent: boolean }
  | { readonly method: 'random'; readonly two: boolean };

export interface Member {
  readonly address: MemberAddress;
  readonly weight?: number;
  readonly backup?: boolean;
  readonly maxFails?: number;
  readonly failTimeoutMs?: number;
}

/** A replica's socket, a name that the engine's DNS resolves, or something that lives elsewhere: a host, a socket of the Docker host. */
export type MemberAddress =
  | { readonly kind: 'slot'; readonly app: string; readonly slot: number; readonly protocol: Protocol }
  | { readonly kind: 'alias'; readonly app: string; readonly host: string; readonly port: number }
  | { readonly kind: 'host'; readonly host: string; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string; readonly gid?: number };
