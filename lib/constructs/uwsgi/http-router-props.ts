import type { Duration } from '../../values/duration';
import { OWN, flag, seconds } from './conversion';
import type { Conversions } from './conversion';

/** uWSGI's http router: a process that takes connections of `listeners` and holds slow clients off the workers. */
export interface UwsgiHttpRouterProps {
  /**
   * Whether the router takes the connections of `listeners`, instead of the workers.
   *
   * @default false (uWSGI)
   */
  readonly http?: boolean;
  /**
   * Silence after which the router gives a request up; more than `harakiri` and `harakiriGracefulTimeout`.
   *
   * @default - 5 s more than both where `harakiri` is given, 60 s otherwise (uWSGI)
   */
  readonly httpTimeout?: Duration;
  /**
   * How long the router keeps an idle connection of a client open.
   *
   * @default - closed after each answer (uWSGI)
   */
  readonly httpKeepalive?: Duration;
  /**
   * Whether an answer without a length is sent in chunks, so that the connection can be kept.
   *
   * @default false (uWSGI)
   */
  readonly httpAutoChunked?: boolean;
  /**
   * Whether WebSockets pass.
   *
   * @default false (uWSGI)
   */
  readonly httpWebsockets?: boolean;
}

/** The options that the props become. */
export const UWSGI_HTTP_ROUTER_OPTIONS: Conversions<UwsgiHttpRouterProps> = {
  http: OWN,
  httpTimeout: seconds('http-timeout'),
  httpKeepalive: seconds('http-keepalive'),
  httpAutoChunked: flag('http-auto-chunked'),
  httpWebsockets: flag('http-websockets'),
};
