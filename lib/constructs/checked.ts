import { ConfigError, shown } from '../errors';

/**
 * A count, if it is one.
 *
 * @throws ConfigError that names the prop, for anything but a whole number from `least`.
 */
export function wholeNumber(prop: string, value: number, least: number = 1): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new ConfigError({
      what: `${prop} ${shown(value)} is not a count`,
      fix: `give a whole number from ${String(least)}`,
    });
  }
  return value;
}

/** The same for a prop that may be left out: the member of a model, or nothing. */
export function givenCount<K extends string>(
  name: K,
  value: number | undefined,
  least: number = 1,
): { readonly [name in K]?: number } {
  if (value === undefined) return {};
  return { [name]: wholeNumber(name, value, least) } as { readonly [name in K]: number };
}
