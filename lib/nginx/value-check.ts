import type { DirectiveUse } from './directive-facts';
import { SECONDS, isTime } from './times';

/**
 * The words for what nginx takes instead, when it would refuse these values; undefined when it takes them, or when
 * their kind has a grammar of its own. Source: `ngx_parse.c`, each bound tried on nginx 1.22.1.
 */
export function allowedInstead(use: DirectiveUse, values: readonly string[]): string | undefined {
  const [first = '', second = ''] = values;
  switch (use.kind) {
    case 'flag':
      return oneOf(['on', 'off'], [first]);
    case 'enum':
      return oneOf(use.values, [first]);
    case 'bitmask':
      return oneOf(use.values, values);
    case 'number':
      return numberWithin(first, use.bounds);
    case 'size':
    case 'complex-size':
      return unless(isSize(first, 'km'), SIZE);
    case 'offset':
      return unless(isSize(first, 'kmg'), "a whole number of bytes, or one with 'k', 'm' or 'g'");
    case 'bufs':
      return unless(
        isNumber(first) && isSize(second, 'km') && !isZero(first) && !isZero(second),
        `a count and ${SIZE}`,
      );
    case 'time-ms':
      return unless(
        isTime(first, ['w', 'd', 'h', 'm', 's', 'ms']),
        `${TIME}, or milliseconds such as '500ms'`,
      );
    case 'time-s':
      return unless(isTime(first, SECONDS), TIME);
    default:
      return undefined;
  }
}

const SIZE = "a whole number of bytes, or one with 'k' or 'm'";
const TIME = "a whole number of seconds, or of units from the greatest to the least, such as '1h30m'";

/** What 64 bits hold. */
const GREATEST = 2n ** 63n - 1n;
const SCALE: ReadonlyMap<string, bigint> = new Map([
  ['k', 1024n],
  ['m', 1024n ** 2n],
  ['g', 1024n ** 3n],
]);

/** nginx compares words without regard to case. */
function oneOf(allowed: readonly string[] | undefined, values: readonly string[]): string | undefined {
  if (allowed === undefined) return undefined;
  const known = new Set(allowed.map((word) => word.toLowerCase()));
  const right = values.every((value) => known.has(value.toLowerCase()));
  return unless(right, either(allowed.map((word) => `'${word}'`)));
}

function either(words: readonly string[]): string {
  const [last = ''] = words.slice(-1);
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

function numberWithin(value: string, bounds: DirectiveUse['bounds']): string | undefined {
  if (bounds === undefined) return unless(isNumber(value), 'a whole number');
  const [least, greatest] = bounds;
  const fits = isNumber(value) && Number(value) >= least && Number(value) <= greatest;
  return unless(fits, `a whole number from ${String(least)} to ${String(greatest)}`);
}

function isNumber(value: string): boolean {
  return /^\d+$/.test(value) && BigInt(value) <= GREATEST;
}

function isSize(value: string, units: string): boolean {
  const [, amount, unit = ''] = new RegExp(`^(\\d+)([${units}]?)$`, 'i').exec(value) ?? [];
  return amount !== undefined && BigInt(amount) * (SCALE.get(unit.toLowerCase()) ?? 1n) <= GREATEST;
}

function isZero(value: string): boolean {
  return /^0+[km]?$/i.test(value);
}

function unless(isRight: boolean, allowed: string): string | undefined {
  return isRight ? undefined : allowed;
}
