import { hasVariable } from './argument';
import type { NginxDirective } from './directive';
import { SECONDS, isTime, secondsOf } from './times';
import { wordsOf } from './words';

/** What `expires` takes instead of its words; undefined when it takes them. Source: `ngx_http_parse_expires`, tried on nginx 1.22.1. */
export function expiresInstead(node: NginxDirective): string | undefined {
  const words = wordsOf(node);
  const [first = '', second] = words;
  if (node.args.slice(-1).some(hasVariable))
    return second === undefined || first === 'modified' ? undefined : PLAIN;
  if (second !== undefined) return first === 'modified' && isShift(second) ? undefined : PLAIN;
  return WORDS.has(first) || isShift(first) || isTimeOfDay(first) ? undefined : PLAIN;
}

const WORDS: ReadonlySet<string> = new Set(['epoch', 'max', 'off']);
const PLAIN =
  "'epoch', 'max', 'off', a time such as '1h' or '-1', a time of day such as '@15h30m', or 'modified' and a time";

function isShift(value: string): boolean {
  return isTime(value.replace(/^[+-]/, ''), SECONDS);
}

function isTimeOfDay(value: string): boolean {
  const time = value.slice(1);
  return value.startsWith('@') && isTime(time, SECONDS) && secondsOf(time) <= 86_400;
}
