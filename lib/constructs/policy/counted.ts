import { ConfigError } from '../../errors';
import { wholeNumber } from '../checked/values';

/** Of rates and bursts nginx counts thousandths, in 32 bits. */
export const MOST_REQUESTS = 2_000_000;

/**
 * A count, if nginx can count so far.
 *
 * @throws ConfigError that names the option, for anything but a whole number from `least` to `most`.
 */
export function counted(option: string, value: number, most: number, least: number = 1): number {
  if (wholeNumber(option, value, least) <= most) return value;
  throw new ConfigError({
    what: `${option} ${String(value)} is more than nginx counts`,
    fix: `give ${String(most)} at most, or leave the limit out`,
  });
}
