import type { Duration } from '../../values/duration';
import type { Size } from '../../values/size';
import type { UwsgiLogger } from './logger';
import type { UwsgiLogEncoder } from './log-encoder';
import type { UwsgiLogFormat } from './log-format';
import { bytes, flag, flagWhenTrue, lines, milliseconds, text } from './conversion';
import type { Conversions } from './conversion';

/** What is logged, how it looks and where it goes; everything ends in the container's output unless a logger takes it. */
export interface UwsgiLoggingProps {
  /**
   * Whether requests are not logged: nginx has the access log.
   *
   * @default true (uWSGI: false)
   */
  readonly disableLogging?: boolean;
  /**
   * Whether requests that were answered 4xx are logged nevertheless.
   *
   * @default true (uWSGI: false)
   */
  readonly log4xx?: boolean;
  /**
   * Whether requests that were answered 5xx are logged nevertheless.
   *
   * @default true (uWSGI: false)
   */
  readonly log5xx?: boolean;
  /**
   * Requests that took longer are logged nevertheless.
   *
   * @default - never (uWSGI)
   */
  readonly logSlow?: Duration;
  /**
   * Requests with larger answers are logged nevertheless.
   *
   * @default - never (uWSGI)
   */
  readonly logBig?: Size;
  /**
   * How the line of a request looks.
   *
   * @default - uWSGI's own
   */
  readonly logformat?: UwsgiLogFormat;
  /**
   * How the time looks before lines that are not of requests, in the notation of strftime, such as `%Y-%m-%d %H:%M:%S`.
   *
   * @default - 'Thu Nov 26 18:20:25 2026' before some lines (uWSGI)
   */
  readonly logDate?: string;
  /**
   * Whether all output goes through the master, which writes whole lines.
   *
   * @default - true with loggers and encoders (uWSGI: false)
   */
  readonly logMaster?: boolean;
  /**
   * Whether a thread of the master writes the log.
   *
   * @default false (uWSGI)
   */
  readonly threadedLogger?: boolean;
  /**
   * Where the log goes, to each of them.
   *
   * @default - the container's output
   */
  readonly logger?: UwsgiLogger[];
  /**
   * Where lines of requests go instead.
   *
   * @default - where the rest of the log goes
   */
  readonly reqLogger?: UwsgiLogger[];
  /**
   * What is done to each line, one after the other.
   *
   * @default - none (uWSGI)
   */
  readonly logEncoder?: UwsgiLogEncoder[];
  /**
   * Whether lines of requests tell the memory of the worker.
   *
   * @default false (uWSGI)
   */
  readonly memoryReport?: boolean;
}

/** The options that the props become. */
export const UWSGI_LOGGING_OPTIONS: Conversions<UwsgiLoggingProps> = {
  disableLogging: flag('disable-logging'),
  log4xx: flag('log-4xx'),
  log5xx: flag('log-5xx'),
  logSlow: milliseconds('log-slow'),
  logBig: bytes('log-big'),
  logformat: { convert: ({ _value }) => ({ logformat: _value }) },
  logDate: text('log-date'),
  logMaster: flagWhenTrue('log-master'),
  threadedLogger: flagWhenTrue('threaded-logger'),
  logger: lines('logger'),
  reqLogger: lines('req-logger'),
  logEncoder: lines('log-encoder'),
  memoryReport: flag('memory-report'),
};
