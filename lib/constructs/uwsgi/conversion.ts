import { ConfigError, allOf, named, shown } from '../../errors';
import type { UwsgiSetting } from '../../topology/uwsgi-app';
import { checkValue } from '../../uwsgi/render';
import type { Duration } from '../../values/duration';
import type { Size } from '../../values/size';
import { item, wholeNumber, wholeSeconds } from '../checked/values';

/** What a prop becomes: options with their values. */
export type UwsgiSettings = Readonly<Record<string, UwsgiSetting>>;

/** Turns a prop into what uWSGI reads. */
interface Conversion<V> {
  convert(given: V, prop: string): UwsgiSettings;
}

/** A row for every prop of a group, so that a prop without one does not compile. */
export type Conversions<P> = { readonly [K in keyof Required<P>]: Conversion<NonNullable<P[K]>> };

/** For a prop that is a member of the model itself, since more than its own line follows from it. */
export const OWN: Conversion<unknown> = { convert: () => ({}) };

/** The settings of the props of a group that were given, in the order of its table. */
export function settingsOf<P extends object>(table: Conversions<P>, props: P): UwsgiSettings {
  const rows = Object.entries(table) as [keyof P & string, Conversion<unknown>][];
  return Object.assign(
    {},
    ...allOf(rows, ([prop, row]) => {
      const given = props[prop];
      return given === undefined ? {} : writable(prop, given, row.convert(given, prop));
    }),
  ) as UwsgiSettings;
}

/** What no line of the file can hold is told by the prop, and where a list is a line for each item, by the item. */
function writable(prop: string, given: unknown, settings: UwsgiSettings): UwsgiSettings {
  for (const [option, value] of Object.entries(settings)) {
    const isItems = Array.isArray(given) && Array.isArray(value) && given.length === value.length;
    const lines = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    lines.forEach((line, at) => {
      named(isItems ? item(prop, at) : prop, () => {
        checkValue(option, line);
      });
    });
  }
  return settings;
}

/** A switch. */
export function flag(option: string): Conversion<boolean> {
  return { convert: (given) => ({ [option]: given }) };
}

/** A switch that turns something on as soon as it is named, even with `false`. */
export function flagWhenTrue(option: string): Conversion<boolean> {
  return { convert: (given): UwsgiSettings => (given ? { [option]: true } : {}) };
}

/** A whole number. */
export function count(option: string, least: number = 1, most: number = MOST): Conversion<number> {
  return {
    convert: (given, prop) => {
      if (wholeNumber(prop, given, least) > most) {
        throw new ConfigError({
          what: `${prop} ${shown(given)} is more than uWSGI takes`,
          fix: `give a whole number from ${String(least)} to ${String(most)}`,
          rule: 'UWS-INT',
        });
      }
      return { [option]: given };
    },
  };
}

/** uWSGI's numbers are C's: it does not start with a larger one, or takes it for another (seen). */
export const MOST = 2 ** 31 - 1;

/** What waits for a socket counts milliseconds: 4,294,968 s were 0.7 (seen). */
export const MOST_POLLED = Math.floor(MOST / 1000);

/** A length of time in whole seconds; 0 would mean something else than no time. */
export function seconds(option: string, most: number = MOST): Conversion<Duration> {
  return {
    convert: (given, prop) => ({
      [option]: positive(prop, boundedSeconds(prop, given, most), 'Duration.seconds(1)'),
    }),
  };
}

/**
 * A length of time in whole seconds that uWSGI can count, where it is given.
 *
 * @throws ConfigError that names the prop, for parts of a second and for more.
 */
export function boundedSeconds(prop: string, given: Duration, most?: number): number;
export function boundedSeconds(prop: string, given: Duration | undefined, most?: number): number | undefined;
export function boundedSeconds(
  prop: string,
  given: Duration | undefined,
  most: number = MOST,
): number | undefined {
  const amount = wholeSeconds(prop, given);
  return amount === undefined ? undefined : bounded(prop, amount, 'seconds', most);
}

/** A length of time in milliseconds. */
export function milliseconds(option: string): Conversion<Duration> {
  return {
    convert: (given, prop) => {
      const amount = bounded(prop, given.toMilliseconds(), 'milliseconds', MOST);
      return { [option]: positive(prop, amount, 'Duration.milliseconds(1)') };
    },
  };
}

function bounded(prop: string, amount: number, unit: string, most: number): number {
  if (amount <= most) return amount;
  throw new ConfigError({
    what: `${prop} of ${String(amount)} ${unit} is longer than uWSGI can count`,
    fix: `give at most Duration.${unit}(${String(most)})`,
    rule: 'UWS-INT',
  });
}

/** An amount in bytes. */
export function bytes(option: string): Conversion<Size> {
  return { convert: (given, prop) => ({ [option]: positive(prop, given.toBytes(), 'Size.bytes(1)') }) };
}

function positive(prop: string, amount: number, least: string): number {
  if (amount > 0) return amount;
  throw new ConfigError({ what: `${prop} of 0 is nothing`, fix: `give ${least} or more, or leave it out` });
}

/** A choice that is named as uWSGI names it. */
export function choice<E extends string>(option: string): Conversion<E> {
  return { convert: (given) => ({ [option]: given }) };
}

/** A text that is not empty. */
export function text(option: string): Conversion<string> {
  return { convert: (given, prop) => ({ [option]: notEmpty(prop, given) }) };
}

/** Texts, each a line of its own. */
export function texts(option: string): Conversion<readonly string[]> {
  return {
    convert: (given, prop) => ({ [option]: given.map((each, at) => notEmpty(item(prop, at), each)) }),
  };
}

/** Absolute paths in the container, each a line of its own. */
export function paths(option: string): Conversion<readonly string[]> {
  return {
    convert: (given, prop) => ({ [option]: given.map((each, at) => absolutePath(item(prop, at), each)) }),
  };
}

/** One absolute path in the container. */
export function path(option: string): Conversion<string> {
  return { convert: (given, prop) => ({ [option]: absolutePath(prop, given) }) };
}

/** What a class of the library holds: its own line each. */
export function lines<V extends { readonly _value: string }>(option: string): Conversion<readonly V[]> {
  return { convert: (given) => ({ [option]: given.map(({ _value }) => _value) }) };
}

function notEmpty(prop: string, given: string): string {
  if (given !== '') return given;
  throw new ConfigError({ what: `${prop} "" is empty`, fix: 'give it a text, or leave it out' });
}

/**
 * A path of the container that means the same wherever it is read.
 *
 * @throws ConfigError that names the prop, for another.
 */
export function absolutePath(prop: string, given: string): string {
  if (/^(?:\/[^/\s=,:;]+)+$/.test(given) && !given.split('/').includes('..')) return given;
  throw new ConfigError({
    what: `${prop} ${shown(given)} is not an absolute path`,
    fix: "give one without blanks, '=', ',', ':', ';' and '..', such as '/srv/shop'",
  });
}
