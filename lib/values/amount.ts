import { ConfigError } from '../errors';

/** What an amount of something is called, and how fine it may be. */
interface Kind {
  /** The call that was made, such as `Duration.seconds`. */
  readonly call: string;
  readonly noun: string;
  /** The smallest step, such as `millisecond`. */
  readonly step: string;
}

/**
 * An amount in its smallest step.
 *
 * @throws ConfigError for a Terraform token, for less than 0 and for what is finer than the step.
 */
export function wholeAmount(amount: number, unit: number, { call, noun, step }: Kind): number {
  if (isToken(amount)) {
    throw new ConfigError({
      what: `${call} was given a Terraform token: its value is not known when the config file is written`,
      fix: 'give a number that the program knows',
    });
  }
  const total = amount * unit;
  if (Number.isFinite(amount) && total > Number.MAX_SAFE_INTEGER) {
    throw new ConfigError({
      what: `${call}(${String(amount)}) is more than can be counted to the ${step}`,
      fix: `give less than 2^53 ${step}s, which is ${call}(${String(Math.floor(Number.MAX_SAFE_INTEGER / unit))})`,
    });
  }
  if (!Number.isSafeInteger(total) || amount < 0) {
    throw new ConfigError({
      what: `${call}(${String(amount)}) is not a ${noun}`,
      fix: `give a number that is 0 or more and whole to the ${step}`,
    });
  }
  return total;
}

/** cdktf hides the number of a token in a double between these two; nobody measures anything in them. */
function isToken(amount: number): boolean {
  return amount < -8.1e298 && amount > -8.4e298;
}
