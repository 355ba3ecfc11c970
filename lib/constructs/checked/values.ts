import { ConfigError, named, shown } from '../../errors';
import type { Duration } from '../../values/duration';
import type { Size } from '../../values/size';

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

/**
 * A length of time for what counts in seconds, where it is given.
 *
 * @throws ConfigError that names the prop, for parts of a second.
 */
export function wholeSeconds(prop: string, value: Duration): number;
export function wholeSeconds(prop: string, value: Duration | undefined): number | undefined;
export function wholeSeconds(prop: string, value: Duration | undefined): number | undefined {
  return named(prop, () => value?.toSeconds());
}

/**
 * A size for what counts in MiB, where it is given.
 *
 * @throws ConfigError that names the prop, for parts of a MiB.
 */
export function wholeMebibytes(prop: string, value: Size): number;
export function wholeMebibytes(prop: string, value: Size | undefined): number | undefined;
export function wholeMebibytes(prop: string, value: Size | undefined): number | undefined {
  return named(prop, () => value?.toMebibytes());
}

/** An item of a list, as a message names it. */
export function item(prop: string, at: number): string {
  return `${prop}[${String(at)}]`;
}

/** Whether a prop is given and asks for anything: what is off asks for nothing, and neither does an empty list. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}
