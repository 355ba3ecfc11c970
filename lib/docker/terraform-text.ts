import { ConfigError, shown } from '../errors';
import type { Text } from '../topology/deferred';
import { isKnown } from '../topology/deferred';

/**
 * Literal text so that Terraform reads exactly this: every string attribute is a template, in which `${` and `%{` begin
 * an expression. Written in a replacer function, since `$$` in a replacement string means one dollar. A carriage return becomes
 * an expression too: behind one, Terraform 1.11 reads neither escapes nor interpolations (seen).
 *
 * @throws ConfigError for a token of cdktf: escaped, it would arrive as the text of an address.
 */
export function literal(text: string): string {
  if (/\$\{TfToken\[/.test(text)) {
    throw new ConfigError({
      what: 'a Terraform token stands where the text has to be known',
      fix: 'pass it where values are carried through: environment, image name or SecretFile',
    });
  }
  return text
    .replace(/[$%](?=\{)/g, (character) => character + character)
    .replace(/(\$*)\r/g, (_, dollars: string) => `\${"${dollars}\\r"}`);
}

/** Text for an attribute of its own: literal text escaped, a token as it is. */
export function terraformText(text: Text): string {
  return isKnown(text) ? literal(text) : text.reveal();
}

/**
 * Literal text and tokens as one attribute.
 *
 * @throws ConfigError for a token after a literal `${` with no `}` behind it: cdktf counts braces, escaped ones too,
 *   and would write the token without its own, as the text of an address, without a word.
 */
export function mixedText(parts: readonly Text[]): string {
  const joined = joinKnown(parts);
  let open: string | undefined;
  return joined
    .map((part, at) => {
      if (isKnown(part)) {
        open = openAfter(part, open);
        return at + 1 < joined.length ? beforeToken(literal(part)) : literal(part);
      }
      if (open === undefined) return part.reveal();
      throw new ConfigError({
        what: `${shown(open)} holds a '\${' that is never closed, and a Terraform token follows it in the same text`,
        fix: 'close it before the token, or write the dollar and the brace apart',
      });
    })
    .join('');
}

/** Escaped text as it may stand in front of a token: dollars right before it would escape it, and become an expression. */
function beforeToken(text: string): string {
  return text.replace(/\$+$/, (dollars) => `\${"${dollars}"}`);
}

/** Neighbouring texts as one: a dollar at the end of one and a brace at the beginning of the next belong together. */
function joinKnown(parts: readonly Text[]): Text[] {
  const joined: Text[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last !== undefined && isKnown(last) && isKnown(part)) joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

/** The text whose `${` is open at its end: any `}` closes all that are before it. */
function openAfter(text: string, before: string | undefined): string | undefined {
  const opened = text.lastIndexOf('${');
  const closed = text.lastIndexOf('}');
  if (opened > closed) return text;
  return closed >= 0 ? undefined : before;
}
