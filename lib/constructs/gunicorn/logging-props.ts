import { choice, className, flag, map, path, text } from './rows';
import type { Rows } from './rows';
import type { SyslogAddress } from '../app/syslog-address';

/** How much gunicorn's error log tells. */
export enum GunicornLogLevel {
  /** Everything, the configuration at the start included. */
  DEBUG = 'debug',
  /** What the server does. */
  INFO = 'info',
  /** What might go wrong. */
  WARNING = 'warning',
  /** What went wrong. */
  ERROR = 'error',
  /** What ends the server. */
  CRITICAL = 'critical',
}

/** Facility under which syslog files gunicorn's lines. */
export enum GunicornSyslogFacility {
  /** Logins. */
  AUTH = 'auth',
  /** Logins, not for everybody's eyes. */
  AUTHPRIV = 'authpriv',
  /** Scheduled work. */
  CRON = 'cron',
  /** Services of the system. */
  DAEMON = 'daemon',
  /** File transfer. */
  FTP = 'ftp',
  /** The kernel. */
  KERN = 'kern',
  /** Printing. */
  LPR = 'lpr',
  /** Mail. */
  MAIL = 'mail',
  /** News. */
  NEWS = 'news',
  /** Syslog itself. */
  SYSLOG = 'syslog',
  /** Programs of users. */
  USER = 'user',
  /** UUCP. */
  UUCP = 'uucp',
  /** For the site to give a meaning. */
  LOCAL0 = 'local0',
  /** For the site to give a meaning. */
  LOCAL1 = 'local1',
  /** For the site to give a meaning. */
  LOCAL2 = 'local2',
  /** For the site to give a meaning. */
  LOCAL3 = 'local3',
  /** For the site to give a meaning. */
  LOCAL4 = 'local4',
  /** For the site to give a meaning. */
  LOCAL5 = 'local5',
  /** For the site to give a meaning. */
  LOCAL6 = 'local6',
  /** For the site to give a meaning. */
  LOCAL7 = 'local7',
}

/** What gunicorn logs, how, and where to. */
export interface GunicornLoggingProps {
  /**
   * How much the error log tells.
   *
   * @default GunicornLogLevel.INFO (gunicorn)
   */
  readonly loglevel?: GunicornLogLevel;
  /**
   * File of the access log, `-` for the container's output; another one where a mount of yours may be written to, or below /tmp.
   *
   * @default - none: nginx has one; '-' for an application with listeners (gunicorn: none)
   */
  readonly accesslog?: string;
  /**
   * Form of a line of the access log: atoms as text, such as `%(h)s`, and `%%` for a percent sign.
   *
   * @default '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s"' (gunicorn)
   */
  readonly accessLogFormat?: string;
  /**
   * File of the error log, `-` for the container's output; another one where a mount of yours may be written to, or below /tmp.
   *
   * @default '-' (gunicorn)
   */
  readonly errorlog?: string;
  /**
   * Whether what the application prints goes to the error log's file; without such a file it is in the container's output anyway.
   *
   * @default false (gunicorn)
   */
  readonly captureOutput?: boolean;
  /**
   * Dotted name of the class that logs.
   *
   * @default 'gunicorn.glogging.Logger' (gunicorn)
   */
  readonly loggerClass?: string;
  /**
   * File for Python's `logging.config.fileConfig`, in the container.
   *
   * @default - none (gunicorn)
   */
  readonly logconfig?: string;
  /**
   * Configuration for Python's `logging.config.dictConfig`, laid over gunicorn's own: `handlers`, `loggers` or `formatters` given here take
   * the place of all that gunicorn has of them.
   *
   * @default - gunicorn's own
   */
  readonly logconfigDict?: Record<string, unknown>;
  /**
   * JSON file with the same, in the container; from gunicorn 21.0.
   *
   * @default - none (gunicorn)
   */
  readonly logconfigJson?: string;
  /**
   * Whether lines go to syslog too.
   *
   * @default false (gunicorn)
   */
  readonly syslog?: boolean;
  /**
   * Where syslog listens; in a container `localhost` is the container itself.
   *
   * @default - SyslogAddress.udp('localhost', 514) (gunicorn)
   */
  readonly syslogAddr?: SyslogAddress;
  /**
   * Middle of the name before each line, `gunicorn.<prefix>.access`.
   *
   * @default - the name of the process (gunicorn)
   */
  readonly syslogPrefix?: string;
  /**
   * Facility under which syslog files the lines.
   *
   * @default GunicornSyslogFacility.USER (gunicorn)
   */
  readonly syslogFacility?: GunicornSyslogFacility;
  /**
   * Whether the access log stays out of syslog.
   *
   * @default false (gunicorn)
   */
  readonly disableRedirectAccessToSyslog?: boolean;
}

/** What has no place of its own in the model. */
export type NamedLoggingProps = Omit<GunicornLoggingProps, 'loglevel' | 'accesslog' | 'errorlog'>;

export const LOGGING_ROWS: Rows<NamedLoggingProps> = {
  accessLogFormat: text,
  captureOutput: flag,
  loggerClass: className,
  logconfig: path,
  logconfigDict: map,
  logconfigJson: path,
  syslog: flag,
  syslogAddr: (address) => address.address,
  syslogPrefix: text,
  syslogFacility: choice,
  disableRedirectAccessToSyslog: flag,
};
