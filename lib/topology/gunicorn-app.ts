import type { PythonValue } from '../gunicorn/setting';
import type { AppBase } from './app';
import type { GunicornSizing } from './derive/gunicorn-sizing';

/** A gunicorn server and its application. Members left undefined are gunicorn's own default and are not rendered. */
export interface GunicornApp extends AppBase {
  readonly server: 'gunicorn';
  readonly workers: number;
  readonly workerClass: string;
  readonly threads?: number;
  readonly workerConnections?: number;
  readonly backlog: number;
  readonly timeoutSeconds: number;
  readonly gracefulTimeoutSeconds: number;
  readonly keepaliveSeconds: number;
  readonly maxRequests?: number;
  readonly maxRequestsJitter?: number;
  /** Where the numbers above come from. */
  readonly sizing: GunicornSizing;
  readonly loglevel: string;
  readonly accesslog?: string;
  readonly errorlog: string;
  readonly preloadApp: boolean;
  readonly forwardedAllowIps?: readonly string[];
  /** Whatever else has a prop of its own, under gunicorn's names. */
  readonly named: Readonly<Record<string, PythonValue>>;
  /** Server hooks, under gunicorn's names. */
  readonly hooks: Readonly<Record<string, HookSource>>;
  /** Settings passed through, checked against the table, in the user's order. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Where a server hook comes from. */
export type HookSource =
  /** The text of the whole `def`. */
  | { readonly kind: 'python'; readonly text: string }
  /** A function of a module that Python finds once the server runs, in the code directory for one. */
  | { readonly kind: 'imported'; readonly module: string; readonly name: string };

/** Whether an application speaks TLS on its sockets: only gunicorn can, and where it does, on all of them. */
export function speaksTls(app: AppBase & { readonly named?: GunicornApp['named'] }): boolean {
  return app.named?.['certfile'] !== undefined;
}
