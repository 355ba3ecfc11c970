import { ConfigError } from '../errors';
import type { Text, TextPart } from '../topology/deferred';
import { isKnown } from '../topology/deferred';

/**
 * Literal text so that Terraform reads exactly this: every string attribute is a template, in which `${` and `%{` begin
 * an expression. Written in a replacer function, since `$$` in a replacement string means one dollar. A carriage return becomes
 * an expression too: behind one, Terraform 1.11 reads neither escapes nor interpolations (seen).
 *
 * @throws ConfigError for a token of cdktf: escaped, it would arrive as the text of an address.
 */
export function literal(text: string): string {
  if (!/[$%]\{|\r/.test(text)) return text;
  if (text.includes('${TfToken[')) {
    throw new ConfigError({
      what: 'a Terraform token stands where the text has to be known',
      fix: 'pass it where values are carried through: environment, image name or SecretFile',
    });
  }
  return text
    .replace(/[$%](?=\{)/g, (character) => character + character)
    .replace(/(\$*)\r/g, (_, dollars: string) => `\${"${dollars}\\r"}`);
}

/** The members of a map as literal text, names too. */
export function literals(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [literal(name), literal(value)]));
}

/** Text for an attribute of its own: literal text escaped, tokens as they are. */
export function terraformText(text: Text): string {
  return mixedText([text]);
}

/** Literal text and tokens as one attribute. */
export function mixedText(texts: readonly Text[]): string {
  const parts = joined(texts.flatMap((text) => (isKnown(text) ? [{ literal: text }] : text.reveal())));
  const hasTokens = parts.some((part) => 'token' in part);
  const write = hasTokens ? besideToken : literal;
  return parts.map((part) => ('token' in part ? part.token : write(part.literal))).join('');
}

/**
 * Literal text in an attribute that has tokens as well. cdktf counts braces there, escaped ones too, and writes a token behind an
 * open one without its own, as the text of an address and without a word: so every `${` is an expression whose text has no brace, and
 * the same goes for dollars at the end, which would escape what follows.
 */
function besideToken(text: string): string {
  return text.replace(/(\$*)\r|(\$+)\{|%(?=\{)|(\$+)$/g, (found: string) => {
    if (found === '%') return '%%';
    const inside = found.replace('\r', '\\r').replace('{', '\\u007b');
    return `\${"${inside}"}`;
  });
}

/** Neighbouring texts as one: a dollar at the end of one and a brace at the beginning of the next belong together. */
function joined(parts: readonly TextPart[]): TextPart[] {
  const all: TextPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last !== undefined && 'literal' in last && 'literal' in part) {
      all[all.length - 1] = { literal: last.literal + part.literal };
    } else all.push(part);
  }
  return all;
}
