import { checkOptions } from '../checked/options';
import { ConfigError, shown } from '../../errors';
import type { HealthCheck as HealthCheckModel } from '../../topology/app';
import { wholeNumber, wholeSeconds } from '../checked/values';
import { Duration } from '../../values/duration';
import { refuseTokens } from '../checked/tokens';

/** How often and how patiently a probe looks. */
export interface HealthCheckOptions {
  /**
   * Time between two probes; each costs the engine a process.
   *
   * @default Duration.seconds(5)
   */
  readonly interval?: Duration;
  /**
   * Time after which a probe counts as failed.
   *
   * @default Duration.seconds(3)
   */
  readonly timeout?: Duration;
  /**
   * Failures in a row that make a container unhealthy.
   *
   * @default 3
   */
  readonly retries?: number;
  /**
   * How long an apply waits for the first success before it fails and the old version stays.
   *
   * @default Duration.seconds(60)
   */
  readonly wait?: Duration;
}

/**
 * What must answer before a container counts as healthy. The first success also makes its generation the
 * current one: only then does nginx send it requests.
 */
export class HealthCheck {
  /** A connection to the socket, once the server itself says that the application is loaded. */
  public static connect(options: HealthCheckOptions = {}): HealthCheck {
    checkOptions('HealthCheck.connect', 'HealthCheckOptions', options);
    return new HealthCheck(modelOf(options, undefined));
  }

  /**
   * A request in the application's own protocol, answered with a status below 400.
   *
   * @param path Such as `/healthz`.
   * @param options How often and how patiently.
   * @throws ConfigError when the path is not an absolute URL path.
   */
  public static http(path: string, options: HealthCheckOptions = {}): HealthCheck {
    checkOptions('HealthCheck.http', 'HealthCheckOptions', options);
    refuseTokens({ 'HealthCheck.http: path': path }, []);
    if (!/^\/[!-~]*$/.test(path)) {
      throw new ConfigError({
        what: `HealthCheck.http(${shown(path)}) is not a URL path`,
        fix: "give one that begins with '/' and has no blanks, such as '/healthz'",
      });
    }
    return new HealthCheck(modelOf(options, path));
  }

  /** @internal */
  public readonly _model: HealthCheckModel;

  private constructor(model: HealthCheckModel) {
    this._model = model;
  }
}

function modelOf(options: HealthCheckOptions, path: string | undefined): HealthCheckModel {
  const retries = wholeNumber('retries', options.retries ?? 3);
  return {
    ...(path === undefined ? {} : { path }),
    intervalMs: someTime('interval', options.interval ?? Duration.seconds(5)),
    timeoutMs: someTime('timeout', options.timeout ?? Duration.seconds(3)),
    retries,
    waitSeconds: someSeconds(options.wait ?? Duration.seconds(60)),
  };
}

/** The engine reads a length of less than a millisecond as none given, and takes its own: 30 seconds. */
function someTime(option: string, value: Duration): number {
  const milliseconds = value.toMilliseconds();
  if (milliseconds > 0) return milliseconds;
  throw new ConfigError({
    what: `HealthCheck: ${option} of 0: the engine would take its own of 30 seconds`,
    fix: 'give Duration.milliseconds(1) or more, or leave it out',
  });
}

/** A new version has worked once before the old one goes. */
function someSeconds(wait: Duration): number {
  const seconds = wholeSeconds('HealthCheck: wait', wait);
  if (seconds > 0) return seconds;
  throw new ConfigError({
    what: 'HealthCheck: wait of 0: nothing would say that a new version works before the old one goes',
    fix: 'give Duration.seconds(1) or more, or leave it out',
  });
}
