import type { Text } from './deferred';
import type { Image } from './image';
import type { Listener } from './listener';

/** An application server with its application: what uWSGI and gunicorn have in common. */
export interface AppBase {
  /** Name within the stack, such as `shop`: the construct path below the stack, joined by `-`. */
  readonly id: string;
  /** Full construct path, such as `Site/shop`. */
  readonly construct: string;
  readonly image: Image;
  /** Release of the server in the image; decides which options exist. */
  readonly serverVersion: string;
  readonly uid: number;
  readonly gid: number;
  readonly module: WsgiModule;
  /** Directory the application runs in. */
  readonly chdir: string;
  /** A local directory shipped read-only to `chdir`, instead of code in the image. */
  readonly codeDirectory?: string;
  /** How requests cross from nginx; absent for an application that is only published directly. */
  readonly transport?: Transport;
  readonly protocol: Protocol;
  /** Mode of the Unix socket, three octal digits. */
  readonly socketMode: string;
  readonly replicas: number;
  readonly cpus?: number;
  readonly memoryBytes?: number;
  readonly environment: Readonly<Record<string, Text>>;
  readonly secretFiles: readonly SecretFile[];
  readonly mounts: readonly Mount[];
  /** Names or ids of networks to join besides its own. */
  readonly networks: readonly Text[];
  readonly health: HealthCheck;
  readonly restart: Restart;
  readonly logging: Logging;
  readonly labels: Readonly<Record<string, string>>;
  /** Ports of the host on which it answers HTTP itself, without nginx. */
  readonly listeners: readonly Listener[];
  readonly hardening: Hardening;
  /** Somebody's own machine, where code is edited while it runs. */
  readonly development: boolean;
  /** What runs once before each new generation. */
  readonly release?: Release;
}

/** A command that must succeed before a new generation starts. */
export interface Release {
  readonly command: readonly string[];
}

/** When the engine starts a container again. */
export type Restart = 'no' | 'always' | 'unless-stopped' | 'on-failure';

/** Where a container's output goes. */
export interface Logging {
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

/** What an application server speaks. */
export type Protocol = 'uwsgi' | 'http';

/** How a request crosses from nginx to an application. */
export type Transport = { readonly kind: 'unix' } | { readonly kind: 'tcp'; readonly port: number };

/** Where the WSGI callable is. */
export type WsgiModule =
  | { readonly kind: 'file'; readonly file: string; readonly callable: string }
  | { readonly kind: 'dotted'; readonly module: string; readonly callable: string };

/** A private file of the application, readable by it alone. */
export interface SecretFile {
  readonly path: string;
  readonly content: Text;
}

/** A directory of the container that is not the image's. */
export type Mount =
  | { readonly kind: 'volume'; readonly volume: string; readonly path: string; readonly readOnly: boolean }
  | { readonly kind: 'host'; readonly hostPath: string; readonly path: string; readonly readOnly: boolean }
  | { readonly kind: 'tmpfs'; readonly path: string; readonly sizeBytes: number };

/** What must answer before a container counts as healthy. */
export interface HealthCheck {
  /** Path that must answer below 400; absent: a connection, once the server says that it loaded the application. */
  readonly path?: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  /** How long an apply waits for the first success. */
  readonly waitSeconds: number;
}

/** The hardening that is on unless the user takes it off, piece by piece. */
export interface Hardening {
  readonly readOnlyRoot: boolean;
  readonly noNewPrivileges: boolean;
  readonly capabilities: readonly string[];
}
