import type { NginxDirective } from './directive';
import { wordsOf } from './words';

/** What `return` takes instead of its first word; undefined when it takes that. Source: `ngx_http_rewrite_return`, tried on 1.22.1. */
export function returnInstead(node: NginxDirective): string | undefined {
  const [first = '', ...rest] = wordsOf(node);
  if (/^\d+$/.test(first) && Number(first) <= 999) return undefined;
  if (rest.length === 0 && /^(?:https?:\/\/|\$scheme)/.test(first)) return undefined;
  return "a status, such as '204', a status and a text or a URL, or one URL that begins with 'http://', 'https://' or '$scheme'";
}

/** The same of `error_page`: codes, what to answer instead, and a URI. Source: `ngx_http_core_error_page`, tried on 1.22.1. */
export function errorPageInstead(node: NginxDirective): string | undefined {
  const [, ...before] = wordsOf(node).reverse();
  const [status = ''] = before;
  const codes = status.startsWith('=') && before.length > 1 ? before.slice(1) : before;
  const answersRight = codes === before || /^=\d*$/.test(status);
  if (answersRight && codes.every(isErrorCode)) return undefined;
  return "statuses from 300 to 599 other than 499, then '=' or '=200' where the answer has another status, and a URI last";
}

function isErrorCode(word: string): boolean {
  const code = /^\d+$/.test(word) ? Number(word) : 0;
  return code >= 300 && code <= 599 && code !== 499;
}
