import { checkOptions } from '../checked/options';
import { ConfigError, shown } from '../../errors';
import { refuseTokens } from '../checked/tokens';

/** Times of the clock; what is left out is every one. A negative number is an interval: `minute: -10` is every ten minutes. */
export interface UwsgiCronTimes {
  /**
   * @default - every minute
   */
  readonly minute?: number;
  /**
   * @default - every hour
   */
  readonly hour?: number;
  /**
   * Day of the month.
   *
   * @default - every day
   */
  readonly day?: number;
  /**
   * @default - every month
   */
  readonly month?: number;
  /**
   * Day of the week, 0 or 7 for Sunday.
   *
   * @default - every day
   */
  readonly weekday?: number;
}

const LIMITS = { minute: [0, 59], hour: [0, 23], day: [1, 31], month: [1, 12], weekday: [0, 7] } as const;

/** A command at times of the clock. */
export class UwsgiCron {
  /**
   * @param command What the shell of the image runs.
   * @param times When.
   * @throws ConfigError for a time that the clock does not have, or an empty command.
   */
  public static of(command: string, times: UwsgiCronTimes = {}): UwsgiCron {
    checkOptions('UwsgiCron.of', 'UwsgiCronTimes', times);
    refuseTokens({ 'UwsgiCron.of': { command, ...times } }, []);
    if (command.trim() === '') {
      throw new ConfigError({
        what: `UwsgiCron.of: command ${shown(command)} is empty`,
        fix: 'give what the shell is to run',
      });
    }
    const fields = (['minute', 'hour', 'day', 'month', 'weekday'] as const).map((name) =>
      field(name, times[name] ?? -1),
    );
    return new UwsgiCron(`${fields.join(' ')} ${command}`);
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
  ) {}
}

function field(name: keyof typeof LIMITS, value: number): string {
  const [least, most] = LIMITS[name];
  const inside = value < 0 ? -value <= most : value >= least && value <= most;
  if (Number.isInteger(value) && inside) return String(value);
  throw new ConfigError({
    what: `UwsgiCron.of: ${name} ${shown(value)} is not on the clock`,
    fix: `give a whole number from ${String(least)} to ${String(most)}, or a negative one for an interval`,
  });
}
