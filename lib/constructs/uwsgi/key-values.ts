import { ConfigError } from '../../errors';
import { refuseTokens } from '../checked/tokens';

/** A value of uWSGI's list, and what the user calls it. */
export interface KeyValue {
  readonly key: string;
  readonly value: string | number | undefined;
  /** Its name in the message; the key when absent. */
  readonly called?: string;
}

/**
 * What uWSGI reads as `key=value,key=value`. A backslash there makes the next sign a plain one, and a comma without it ends the
 * value; quotes are nothing special (each seen with 2.0.21, 2.0.28 and 2.0.31).
 *
 * @param call What the user called, for the message.
 * @throws ConfigError for a value that is empty, or a Terraform token.
 */
export function keyValues(call: string, pairs: readonly KeyValue[]): string {
  return pairs
    .flatMap(({ key, value, called = key }) => {
      if (value === undefined) return [];
      refuseTokens({ [`${call}: ${called}`]: value }, []);
      const text = String(value);
      if (text === '') {
        throw new ConfigError({
          what: `${call}: ${called} "" is empty`,
          fix: 'give it a text, or leave it out',
        });
      }
      return [`${key}=${text.replace(/[\\,]/g, '\\$&')}`];
    })
    .join(',');
}
