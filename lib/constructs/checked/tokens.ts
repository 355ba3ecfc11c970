import { Token } from '../../docker/cdktf';
import { ConfigError } from '../../errors';
import { Deferred } from '../../topology/deferred';
import type { Text, TextPart } from '../../topology/deferred';

/** A token in a text: of a string as cdktf writes it, or of a number, as JavaScript prints cdktf's doubles. */
const TOKENS = /(\$\{TfToken\[[\w:.-]+\]\}|-8\.\d+e\+298)/;

/**
 * What a user passed, taken apart where it has Terraform tokens: what stands around them is text, of which no sign is an expression.
 */
export function textOf(value: string): Text {
  if (!TOKENS.test(value)) return value;
  const parts = value
    .split(TOKENS)
    .map(partOf)
    .filter((part) => !('literal' in part && part.literal === ''));
  return parts.some((part) => 'token' in part) ? new Deferred(parts) : value;
}

/** A number's token becomes a string's: cdktf takes digits beside it for its own. */
function partOf(piece: string): TextPart {
  if (Token.isUnresolved(piece)) return { token: piece };
  const number = TOKENS.test(piece) ? Number(piece) : 0;
  return Token.isUnresolved(number) ? { token: Token.asString(number) } : { literal: piece };
}

/** True for a value that is a Terraform token, and for a text with one in it. */
export function hasToken(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === 'string' && textOf(value) !== value);
}

const KNOWN = 'give a value that is known at synthesis';

/** A way for what nothing but the application reads. */
const BESIDE =
  'what the application alone reads is passed in environment or as a SecretFile, which are carried through';

/**
 * Refuses Terraform tokens anywhere in props whose values become part of a config file, numbers and lists included.
 *
 * @param props What the user gave.
 * @param carried Names of the props that tokens are carried through.
 * @throws ConfigError that names the first prop with one.
 */
export function refuseTokens(props: object, carried: readonly string[]): void {
  for (const [name, value] of Object.entries(props) as [string, unknown][]) {
    if (!carried.includes(name)) refuseToken(name, value, carried.includes('environment'));
  }
}

function refuseToken(prop: string, value: unknown, hasEnvironment: boolean): void {
  if (hasToken(value)) {
    throw new ConfigError({
      what: `${prop} is a Terraform token: its value is not known at synthesis`,
      fix: hasEnvironment && typeof value !== 'number' ? `${KNOWN}; ${BESIDE}` : KNOWN,
    });
  }
  if (Array.isArray(value)) {
    value.forEach((member, at) => {
      refuseToken(`${prop}[${String(at)}]`, member, hasEnvironment);
    });
  } else if (
    value !== null &&
    typeof value === 'object' &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    for (const [name, member] of Object.entries(value)) {
      refuseToken(`${prop}.${name}`, member, hasEnvironment);
    }
  }
}
