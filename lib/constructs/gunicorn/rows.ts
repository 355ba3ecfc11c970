import { ConfigError, shown } from '../../errors';
import { pythonValue } from '../../gunicorn/python-value';
import type { PythonValue } from '../../gunicorn/setting';
import type { Duration } from '../../values/duration';
import type { FileMode } from '../../values/file-mode';
import type { Size } from '../../values/size';
import { item, wholeNumber, wholeSeconds } from '../checked/values';

/** How the value of a prop becomes the value of its setting. */
export type Row<T> = (value: T, prop: string, version: string) => PythonValue;

/** A row for each prop of a group: a prop without one does not compile. */
export type Rows<P> = { readonly [K in keyof P]-?: Row<NonNullable<P[K]>> };

/** gunicorn's name of what a prop sets. */
export function settingName(prop: string): string {
  return prop.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export const flag: Row<boolean> = (value) => value;
export const choice: Row<string> = (value) => value;
export const seconds: Row<Duration> = (value, prop) => wholeSeconds(prop, value);
export const mode: Row<FileMode> = (value) => ({ octal: value.octal });
export const map: Row<Record<string, unknown>> = (value) => pythonValue(value);

/** A whole number between two; beyond them gunicorn would take another one without a word, or refuse it. */
export function countWithin(least: number, most: number = Number.MAX_SAFE_INTEGER): Row<number> {
  return (value, prop) => {
    wholeNumber(prop, value, least);
    if (value > most)
      throw beyond(`${prop} ${String(value)}`, `a whole number from ${String(least)} to ${String(most)}`);
    return value;
  };
}

/** The same for sizes, in bytes. */
export function bytesWithin(least: number, most: number = Number.MAX_SAFE_INTEGER): Row<Size> {
  return (value, prop) => {
    const total = value.toBytes();
    if (total < least || total > most) {
      const bounds =
        most === Number.MAX_SAFE_INTEGER
          ? `${String(least)} bytes or more`
          : `${String(least)} to ${String(most)} bytes`;
      throw beyond(`${prop} of ${String(total)} bytes`, bounds);
    }
    return total;
  };
}

function beyond(what: string, allowed: string): ConfigError {
  return new ConfigError({ what: `${what} is beyond what gunicorn takes`, fix: `give ${allowed}` });
}

/** Text without a NUL, which neither the kernel nor a header can take, and without blanks around it: gunicorn cuts them off. */
export const text: Row<string> = (value, prop) => {
  if (value !== value.trim() || value.includes('\0')) {
    throw new ConfigError({
      what: `${prop} ${shown(value)} has blanks around it, which gunicorn cuts off, or a NUL`,
      fix: 'leave them out',
    });
  }
  return value;
};

/** A file of the container. */
export const path: Row<string> = (value, prop) => {
  if (!/^(?:\/[^/\0]+)+$/.test(value) || value !== value.trim() || value.split('/').includes('..')) {
    throw new ConfigError({
      what: `${prop} ${shown(value)} is not the absolute path of a file`,
      fix: "give one of the container, such as '/run/secrets/tls.pem'",
    });
  }
  return value;
};

/** Absolute paths of the container; as in gunicorn, a pattern may stand for many. */
export const paths: Row<string[]> = (values, prop, version) =>
  values.map((value, at) => path(value, item(prop, at), version));

/** Names that gunicorn reads as one text with commas between them. */
export const commas: Row<string[]> = (values, prop, version) =>
  values
    .map((value, at) => {
      const label = item(prop, at);
      text(value, label, version);
      if (value === '' || value.includes(',')) {
        throw new ConfigError({
          what: `${label} ${shown(value)} is empty or has a comma, which would end it`,
          fix: 'give each name as an item of its own',
        });
      }
      return value;
    })
    .join(',');

const DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;

/** The dotted name of a class that Python finds in the image or in the code. */
export const className: Row<string> = (value, prop) => {
  if (!DOTTED.test(value)) {
    throw new ConfigError({
      what: `${prop} ${shown(value)} is not the dotted name of a class`,
      fix: "give the module and the class, such as 'shop.logs.JsonLogger'",
    });
  }
  return value;
};
