import type { AppBase } from './app';

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
  readonly loglevel: string;
  readonly accesslog?: string;
  readonly errorlog: string;
  readonly preloadApp: boolean;
  readonly forwardedAllowIps?: readonly string[];
  /** Hook name to the Python text of its whole `def`. */
  readonly hooks: Readonly<Record<string, string>>;
  /** Settings passed through, checked against the table, in the user's order. */
  readonly settings: Readonly<Record<string, unknown>>;
}
