import type { Duration } from '../../values/duration';
import { MOST_POLLED, OWN, count, flag, seconds } from './conversion';
import type { Conversions } from './conversion';

/** How long things may take. */
export interface UwsgiTimeoutProps {
  /**
   * Longest time of a request; its worker is killed after that.
   *
   * @default Duration.seconds(30) (uWSGI: unlimited)
   */
  readonly harakiri?: Duration;
  /**
   * Time that a worker gets to end by itself when `harakiri` is over, before it is killed; from uWSGI 2.0.22.
   *
   * @default - none, killed at once (uWSGI)
   */
  readonly harakiriGracefulTimeout?: Duration;
  /**
   * Number of the signal that asks it to, with `harakiriGracefulTimeout`; from uWSGI 2.0.22.
   *
   * @default 15, SIGTERM (uWSGI)
   */
  readonly harakiriGracefulSignal?: number;
  /**
   * Connections that must be waiting for `harakiri` to act at all; from uWSGI 2.0.22.
   *
   * @default 0 (uWSGI)
   */
  readonly harakiriQueueThreshold?: number;
  /**
   * Whether the log tells more about a worker that `harakiri` kills.
   *
   * @default false (uWSGI)
   */
  readonly harakiriVerbose?: boolean;
  /**
   * Silence of a connection after which it is given up.
   *
   * @default Duration.seconds(4) (uWSGI)
   */
  readonly socketTimeout?: Duration;
  /**
   * Whether idle connections of a TCP socket are probed by the kernel.
   *
   * @default false (uWSGI)
   */
  readonly soKeepalive?: boolean;
  /**
   * Time that requests in flight get when the server is told to stop.
   *
   * @default - as long as `harakiri` lets a request run, 30 s by default; 60 s where nothing limits it (uWSGI: 60 s)
   */
  readonly workerReloadMercy?: Duration;
}

/** The options that the props become. */
export const UWSGI_TIMEOUT_OPTIONS: Conversions<UwsgiTimeoutProps> = {
  harakiri: OWN,
  harakiriGracefulTimeout: seconds('harakiri-graceful-timeout'),
  harakiriGracefulSignal: count('harakiri-graceful-signal', 1, 64),
  harakiriQueueThreshold: count('harakiri-queue-threshold'),
  harakiriVerbose: flag('harakiri-verbose'),
  socketTimeout: seconds('socket-timeout', MOST_POLLED),
  soKeepalive: flag('so-keepalive'),
  workerReloadMercy: OWN,
};
