import { ConfigError, allOf, shown } from '../../errors';
import type { PassOptions } from '../../topology/frontend';
import type { Duration } from '../../values/duration';

/** How requests are passed to a backend, where that is not what is derived. */
export interface PassToOptions {
  /**
   * Whether the application is mounted at the location's path: `/api/x` is `/x` to it, and `/api` is told as SCRIPT_NAME, or as
   * X-Forwarded-Prefix where the server has no other way. The path of the location ends with `/`.
   *
   * @default false: the application gets the path as it is
   */
  readonly stripPrefix?: boolean;
  /**
   * Where the application is mounted when that is further out than the location, such as `/api` for a location `/api/login`.
   *
   * @default - the path of the location with `stripPrefix`, otherwise `/`
   */
  readonly scriptName?: string;
  /**
   * Whether WebSockets are let through: `Upgrade` is handed on, and an idle one is kept for an hour. The application speaks HTTP, and its
   * workers hold many connections at once. A reload of nginx ends those of the old workers after `workerShutdownTimeout`.
   *
   * @default false
   */
  readonly webSocket?: boolean;
  /**
   * Whether nginx takes an answer as fast as it comes and keeps what a slow client has not read. Without it each piece is sent on
   * at once, as server-sent events want it, and a slow client holds the application up.
   *
   * @default true (nginx)
   */
  readonly buffering?: boolean;
  /**
   * Whether nginx has the whole body of a request before it asks the application. Without it large uploads arrive as they come and
   * lie in no file of nginx's; a request that has begun cannot be sent to another member. uWSGI has its own `postBuffering` besides.
   *
   * @default true (nginx)
   */
  readonly requestBuffering?: boolean;
  /**
   * How long nginx waits for a connection to the backend.
   *
   * @default - 60 s (nginx); 1 s to a name that may be resolved to a container that has just gone
   */
  readonly connectTimeout?: Duration;
  /**
   * How long nginx waits for the next piece of an answer.
   *
   * @default - 5 s longer than the application's own limit; 60 s where there is none; an hour with `webSocket`
   */
  readonly readTimeout?: Duration;
  /**
   * How long nginx waits while it sends a request.
   *
   * @default - 60 s (nginx)
   */
  readonly sendTimeout?: Duration;
  /**
   * Extra `uwsgi_param` lines; an empty value clears one of ours. Values are sent literally, dollars included: a variable of nginx's
   * is passed with `addDirective(Directive.of('uwsgi_param', ['REQUEST_ID', '$request_id']))` on the location.
   *
   * @default - none
   */
  readonly uwsgiParams?: Record<string, string>;
  /**
   * Extra request headers for the application; an empty value clears one. Values are sent literally, dollars included: a variable of
   * nginx's is passed with `addDirective(Directive.of('proxy_set_header', ['X-Request-Id', '$request_id']))` on the location.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;
}

/**
 * The options in the topology's words.
 *
 * @throws ConfigError for a header or parameter whose name or value would become another one, and for a timeout of 0.
 */
export function passOptions(options: PassToOptions): PassOptions {
  checkNames('headers', options.headers ?? {}, /^[A-Za-z0-9-]+$/, 'letters, digits and -');
  checkNames('uwsgiParams', options.uwsgiParams ?? {}, /^[A-Za-z0-9_]+$/, 'letters, digits and _');
  return {
    ...timeouts(options),
    ...mountOptions(options),
    ...streamOptions(options),
    uwsgiParams: { ...options.uwsgiParams },
    headers: { ...options.headers },
  };
}

function mountOptions({
  stripPrefix,
  scriptName,
}: PassToOptions): Pick<PassOptions, 'stripPrefix' | 'scriptName'> {
  if (scriptName === undefined) return stripPrefix === true ? { stripPrefix } : {};
  if (stripPrefix === true) {
    throw new ConfigError({
      what: `stripPrefix and scriptName ${shown(scriptName)} are two answers to one question`,
      fix: 'leave one of them out: stripPrefix takes off the path of the location, scriptName what it says',
    });
  }
  if (/^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)+$/.test(scriptName)) return { scriptName };
  throw new ConfigError({
    what: `scriptName ${shown(scriptName)} is no place to mount an application`,
    fix: "begin it with '/' and end it without, such as '/api', in letters, digits and -._~",
  });
}

function streamOptions({
  webSocket,
  buffering,
  requestBuffering,
}: PassToOptions): Pick<PassOptions, 'webSocket' | 'buffering' | 'requestBuffering'> {
  return {
    ...(webSocket === true ? { webSocket } : {}),
    ...(buffering === undefined ? {} : { buffering }),
    ...(requestBuffering === undefined ? {} : { requestBuffering }),
  };
}

function checkNames(
  prop: string,
  values: Readonly<Record<string, string>>,
  pattern: RegExp,
  allowed: string,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (!pattern.test(name)) {
      throw new ConfigError({
        what: `${prop}: ${shown(name)} is not a name that can be sent`,
        fix: `use ${allowed}`,
      });
    }
    if (/[\r\n\0]/.test(value)) {
      throw new ConfigError({
        what: `${prop}: the value of ${name} holds a line break or NUL, which would end it: ${shown(value)}`,
        fix: 'give a value of one line',
      });
    }
  }
}

/** nginx takes whatever a `Duration` can hold (seen); with none it answers 504 wherever it would have to wait (seen). */
function timeouts(
  options: PassToOptions,
): Pick<PassOptions, 'connectTimeoutMs' | 'readTimeoutMs' | 'sendTimeoutMs'> {
  const given = TIMEOUTS.flatMap((prop) => {
    const value = options[prop];
    return value === undefined ? [] : [{ prop, value }];
  });
  return Object.fromEntries(allOf(given, ({ prop, value }) => [`${prop}Ms`, someTime(prop, value)] as const));
}

const TIMEOUTS = ['connectTimeout', 'readTimeout', 'sendTimeout'] as const;

function someTime(prop: string, value: Duration): number {
  if (value.toMilliseconds() > 0) return value.toMilliseconds();
  throw new ConfigError({
    what: `${prop} of 0 is no time: nginx would answer 504 wherever it has to wait`,
    fix: 'give Duration.milliseconds(1) or more, or leave it out',
  });
}
