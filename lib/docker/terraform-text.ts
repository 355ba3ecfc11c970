import { ConfigError } from '../errors';
import type { Text } from '../topology/deferred';
import { isKnown } from '../topology/deferred';

/**
 * Literal text so that Terraform reads exactly this: every string attribute is a template, in which `${` and `%{` begin
 * an expression. Written in a replacer function, since `$$` in a replacement string means one dollar.
 *
 * @throws ConfigError for a `${` that is never closed: cdktf counts braces to find tokens, and would drop the
 *   braces of every later token of the same string, without a word.
 */
export function literal(text: string): string {
  const opened = text.match(/\$\{/g)?.length ?? 0;
  const balanced = text.match(/\$\{[^{}]*\}/g)?.length ?? 0;
  if (opened !== balanced) {
    throw new ConfigError({
      what: "the text holds a '${' that is never closed, after which cdktf would break every token of the same string",
      fix: 'close it, or write the dollar and the brace apart',
    });
  }
  return text.replace(/[$%](?=\{)/g, (character) => character + character);
}

/** Text for a resource: literal text escaped, a token as it is. */
export function terraformText(text: Text): string {
  return isKnown(text) ? literal(text) : text.reveal();
}
