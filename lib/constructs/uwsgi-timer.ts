import { ConfigError, shown } from '../errors';
import type { Duration } from '../values/duration';
import { refuseTokens } from './text';

/** A signal at intervals. */
export class UwsgiTimer {
  /**
   * @param signal Number of the signal of uWSGI, for which the application has registered a function.
   * @param every The interval, in whole seconds.
   * @throws ConfigError for a signal that is not from 0 to 255, or no time.
   */
  public static of(signal: number, every: Duration): UwsgiTimer {
    refuseTokens({ signal }, []);
    if (!Number.isInteger(signal) || signal < 0 || signal > 255 || every.toSeconds() < 1) {
      throw new ConfigError({
        what: `UwsgiTimer.of(${shown(signal)}, ${String(every.toSeconds())} s) is not a signal and an interval`,
        fix: 'give a whole number from 0 to 255 and at least a second',
      });
    }
    return new UwsgiTimer(`${String(signal)} ${String(every.toSeconds())}`);
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
  ) {}
}
