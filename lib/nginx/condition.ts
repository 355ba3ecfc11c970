import { shown } from '../errors';
import type { Problem } from '../errors';
import { partsOf } from './argument';
import type { NginxArgument } from './argument';
import { joinVariables } from './variable-text';

/**
 * What is wrong with the words of an `if`. To nginx all that stands behind the dollar of its first word is the name of a variable,
 * blanks included: `if "($http_x = a)"` asks for the header `x = a`, and is never true (seen).
 *
 * Source: `ngx_http_rewrite_if_condition`, each form tried on nginx 1.22.1.
 */
export function conditionProblem(args: readonly NginxArgument[]): Problem | undefined {
  const words = args.map((argument) => joinVariables(partsOf(argument)));
  const inside = withoutParentheses(words);
  if (inside !== undefined && isCondition(inside)) return undefined;
  return { what: `'if' does not take ${list(words)}`, fix: `write ${suggested(words.join(' '))}` };
}

/** The words between the parentheses, which are words of their own or parts of the first and the last one. */
function withoutParentheses(words: readonly string[]): string[] | undefined {
  const [first = '', ...others] = words;
  if (!first.startsWith('(')) return undefined;
  const opened = first === '(' ? others : [first.slice(1), ...others];
  const last = opened.at(-1);
  if (last?.endsWith(')') !== true) return undefined;
  return last === ')' ? opened.slice(0, -1) : [...opened.slice(0, -1), last.slice(0, -1)];
}

function isCondition(words: readonly string[]): boolean {
  const [subject = '', operator] = words;
  if (/^!?-[fdex]$/.test(subject)) return words.length === 2;
  const isVariable = /^\$(?![1-9]$)[A-Za-z0-9_]+$/.test(subject);
  if (!isVariable) return false;
  return words.length === 1 || (words.length === 3 && /^(?:!?=|!?~\*?)$/.test(operator ?? ''));
}

/** The same condition, word for word, where it can be told; otherwise an example of each form. */
function suggested(text: string): string {
  const inside = text.replace(/^[\s(]+|[\s)]+$/g, '');
  const [, subject, operator, value] = /^(\$\w+)\s*(!?=|!?~\*?)=?\s*(\S+)$/.exec(inside) ?? [];
  if (subject !== undefined) return list([`(${subject}`, operator ?? '', `${value ?? ''})`]);
  const [, test, file] = /^(!?\s*-[fdex])\s+(\S+)$/.exec(inside) ?? [];
  if (test !== undefined) return list([`(${test.replace(/\s/g, '')}`, `${file ?? ''})`]);
  if (/^\$\w+$/.test(inside)) return list([`(${inside})`]);
  return "['($http_x', '=', 'a)'], ['($http_x)'] or ['(-f', '$request_filename)']";
}

function list(words: readonly string[]): string {
  return `[${words.map((word) => (/['\\]/.test(word) ? shown(word) : `'${word}'`)).join(', ')}]`;
}
