import { ConfigError, shown } from '../../errors';
import type { Duration } from '../../values/duration';
import { refuseTokens } from '../checked/tokens';
import { boundedSeconds } from './conversion';

/** A signal at intervals. */
export class UwsgiTimer {
  /**
   * @param signal Number of the signal of uWSGI, for which the application has registered a function.
   * @param every The interval, in whole seconds.
   * @throws ConfigError for a signal that is not from 0 to 255, or an interval that is not of whole seconds from 1.
   */
  public static of(signal: number, every: Duration): UwsgiTimer {
    refuseTokens({ 'UwsgiTimer.of: signal': signal }, []);
    if (!Number.isInteger(signal) || signal < 0 || signal > 255) {
      throw new ConfigError({
        what: `UwsgiTimer.of: signal ${shown(signal)} is not the number of a signal of uWSGI`,
        fix: 'give a whole number from 0 to 255, as the application registers it',
      });
    }
    const seconds = boundedSeconds('UwsgiTimer.of: every', every);
    if (seconds < 1) {
      throw new ConfigError({
        what: 'UwsgiTimer.of: every of 0 is no interval',
        fix: 'give Duration.seconds(1) or more',
      });
    }
    return new UwsgiTimer(`${String(signal)} ${String(seconds)}`);
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
  ) {}
}
