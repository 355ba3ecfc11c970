import { Token } from 'cdktf';
import { ConfigError } from '../errors';
import { Deferred } from '../topology/deferred';
import type { Text } from '../topology/deferred';

/** What a user passed, with a Terraform token wrapped so that pure code can tell. */
export function textOf(value: string): Text {
  return Token.isUnresolved(value) ? new Deferred(value) : value;
}

/**
 * A value that has to be known at synth, since its text becomes part of a config file.
 *
 * @throws ConfigError for a Terraform token, with the ways to pass one.
 */
export function known(prop: string, value: string): string {
  if (Token.isUnresolved(value)) {
    throw new ConfigError({
      what: `${prop} is a Terraform token: its text is not known when the config file is written`,
      fix: 'pass it in environment or as a SecretFile, which are carried through, and read it in the application',
    });
  }
  return value;
}
