import { ConfigError } from '../errors';
import { wholeAmount } from './amount';

/**
 * A length of time with its unit. Each renderer writes the form that its program wants:
 * nginx `30s`, uWSGI and gunicorn whole seconds, Docker `1m30s`.
 */
export class Duration {
  /**
   * @param amount A whole number of milliseconds, 0 or more.
   * @throws ConfigError when the amount is negative or not whole.
   */
  public static milliseconds(amount: number): Duration {
    return new Duration(amount, 1, 'milliseconds');
  }

  /**
   * @param amount A number of seconds, 0 or more, whole to the millisecond.
   * @throws ConfigError when the amount is negative or finer than a millisecond.
   */
  public static seconds(amount: number): Duration {
    return new Duration(amount, 1000, 'seconds');
  }

  /**
   * @param amount A number of minutes, 0 or more, whole to the millisecond.
   * @throws ConfigError when the amount is negative or finer than a millisecond.
   */
  public static minutes(amount: number): Duration {
    return new Duration(amount, 60_000, 'minutes');
  }

  /**
   * @param amount A number of hours, 0 or more, whole to the millisecond.
   * @throws ConfigError when the amount is negative or finer than a millisecond.
   */
  public static hours(amount: number): Duration {
    return new Duration(amount, 3_600_000, 'hours');
  }

  /**
   * @param amount A number of days, 0 or more, whole to the millisecond.
   * @throws ConfigError when the amount is negative or finer than a millisecond.
   */
  public static days(amount: number): Duration {
    return new Duration(amount, 86_400_000, 'days');
  }

  private readonly millis: number;

  private constructor(amount: number, unit: number, name: string) {
    const kind = { call: `Duration.${name}`, noun: 'length of time', step: 'millisecond' };
    this.millis = wholeAmount(amount, unit, kind);
  }

  /** This length in milliseconds. */
  public toMilliseconds(): number {
    return this.millis;
  }

  /**
   * This length in seconds.
   *
   * @throws ConfigError when it is not a whole number of seconds: nothing is rounded in silence.
   */
  public toSeconds(): number {
    if (this.millis % 1000 !== 0) {
      throw new ConfigError({
        what: `a duration of ${String(this.millis)} milliseconds is not a whole number of seconds`,
        fix: `the server takes whole seconds here: give Duration.seconds(${String(Math.ceil(this.millis / 1000))})`,
      });
    }
    return this.millis / 1000;
  }
}
