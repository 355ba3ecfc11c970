import { Token } from '../docker/cdktf';
import { ConfigError } from '../errors';
import { Deferred } from '../topology/deferred';
import type { Text } from '../topology/deferred';

/** What a user passed, with a Terraform token wrapped so that pure code can tell. */
export function textOf(value: string): Text {
  return Token.isUnresolved(value) ? new Deferred(value) : value;
}

/**
 * Refuses Terraform tokens anywhere in props whose values become part of a config file, numbers and lists included.
 *
 * @param props What the user gave.
 * @param carried Names of the props that tokens are carried through.
 * @throws ConfigError that names the first prop with one.
 */
export function refuseTokens(props: object, carried: readonly string[]): void {
  for (const [name, value] of Object.entries(props) as [string, unknown][]) {
    if (!carried.includes(name)) refuseToken(name, value);
  }
}

function refuseToken(prop: string, value: unknown): void {
  if (Token.isUnresolved(value)) {
    throw new ConfigError({
      what: `${prop} is a Terraform token: its value is not known when the config file is written`,
      fix: 'pass it in environment or as a SecretFile, which are carried through, and read it in the application',
    });
  }
  if (Array.isArray(value)) {
    value.forEach((member, at) => {
      refuseToken(`${prop}[${String(at)}]`, member);
    });
  } else if (
    value !== null &&
    typeof value === 'object' &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    for (const [name, member] of Object.entries(value)) refuseToken(`${prop}.${name}`, member);
  }
}
