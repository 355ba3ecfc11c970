import { ConfigError, shown } from '../errors';
import type { UwsgiPart, UwsgiReference, UwsgiValue } from './option';
import { optionReferences } from './option-reference';

/** Placeholders that stand for characters which would otherwise begin a reference; there is no escape for them. */
export const PLACEHOLDERS: readonly { readonly name: string; readonly character: string }[] = [
  { name: 'dollar', character: '$' },
  { name: 'at', character: '@' },
];

/** What a value may not become, which depends on the file around it. */
export interface QuoteContext {
  /** Names set when the file is read (options, placeholders, `ini`): `%(name)` of one is replaced, always. */
  readonly setNames: ReadonlySet<string>;
  /** True for an option that is read at once: `$(…)`, `@(…)` and `%(…)` are plain text in it. */
  readonly immediate: boolean;
}

/**
 * Writes a value so that uWSGI reads exactly this text: `%` doubled, `$(` and `@(` through a placeholder.
 *
 * @throws ConfigError for what an ini line cannot hold (each seen): a line break or NUL, blanks at either end,
 *   `%(name)` of a name that is set, `%(a b)` which is a calculation, half of a surrogate pair; and for a reference
 *   other than a magic variable in an option that is read at once, where it would stay plain text.
 */
export function quote(value: UwsgiValue, context: QuoteContext): string {
  const parts = joined(typeof value === 'string' ? [value] : value);
  refuseBlankEnds(parts);
  return parts
    .map((part) => (typeof part === 'string' ? quoteText(part, context) : referenceText(part, context)))
    .join('');
}

/** Neighbouring texts as one: `$` and `(X)` apart are harmless, and together an environment variable. */
function joined(parts: readonly UwsgiPart[]): UwsgiPart[] {
  const whole: UwsgiPart[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (typeof part === 'string' && typeof last === 'string') whole[whole.length - 1] = last + part;
    else if (part !== '') whole.push(part);
  }
  return whole;
}

function quoteText(text: string, context: QuoteContext): string {
  refuseUnwritable(text);
  const percents = text.replace(/%/g, '%%');
  if (context.immediate) return percents;
  for (const key of optionReferences(text)) refuseReplaced(text, key, context.setNames);
  return percents.replace(/[$@](?=\()/g, (character) => (character === '$' ? '%(dollar)' : '%(at)'));
}

function refuseReplaced(text: string, key: string, setNames: ReadonlySet<string>): void {
  const calculation = /[^ ]/.test(key) && key.includes(' ');
  if (!calculation && !setNames.has(key)) return;
  const by = calculation ? 'the result of a calculation' : 'the value of that option';
  throw new ConfigError({
    what: `${shown(text)} holds ${shown(`%(${key})`)}, which uWSGI always replaces by ${by}`,
    fix: 'write it otherwise, or hand the text to the application in environment',
  });
}

function refuseUnwritable(text: string): void {
  const control = /[\r\n\0]/.exec(text);
  if (control !== null) {
    const name =
      { '\r': 'carriage return', '\n': 'line break', '\0': 'NUL' }[control[0]] ?? 'control character';
    throw new ConfigError({
      what: `${shown(text)} has a ${name} at position ${String(control.index)}, where the line of uwsgi.ini ends`,
      fix: 'remove it, or hand the text to the application in environment',
    });
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new ConfigError({
      what: `${shown(text)} has half of a surrogate pair, which no UTF-8 file can hold`,
      fix: 'remove it, or write the whole character',
    });
  }
}

function refuseBlankEnds(parts: readonly UwsgiPart[]): void {
  const first = parts[0];
  const last = parts.at(-1);
  const begins = typeof first === 'string' && /^[ \t\v\f]/.test(first);
  const ends = typeof last === 'string' && /[ \t\v\f]$/.test(last);
  if (begins || ends) {
    throw new ConfigError({
      what: `${shown(begins ? first : last)} ${begins ? 'begins' : 'ends'} with a blank, which uWSGI cuts off`,
      fix: 'remove the blank, or hand the text to the application in environment',
    });
  }
}

function referenceText({ reference }: UwsgiReference, context: QuoteContext): string {
  if (!/^(?:%[A-Za-z0-9]|[%$@]\([^()\r\n\0]+\))$/.test(reference)) {
    throw new ConfigError({
      what: `${shown(reference)} is not a reference of uWSGI`,
      fix: "write one such as '%h', '%(name)', '$(VARIABLE)' or '@(file)'",
    });
  }
  if (context.immediate && reference.includes('(')) {
    throw new ConfigError({
      what: `${shown(reference)} stands in an option that uWSGI reads at once, where it stays plain text`,
      fix: 'write the value itself',
      rule: 'UWS-IMMEDIATE-ENV',
    });
  }
  return reference;
}
