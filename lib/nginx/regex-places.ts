import type { NginxArgument } from './argument';
import type { NginxDirective } from './directive';

/** The regular expressions that a directive, or a row of a `map`, holds; one with a variable in it is none of nginx's. */
export function regexesOf(node: NginxDirective, parent: string | undefined): string[] {
  if (parent === 'map') return behindTilde(node.name);
  return placesOf(node).filter((pattern) => pattern !== '');
}

function placesOf({ name, args }: NginxDirective): string[] {
  const [first, second] = args.map(textOf);
  switch (name) {
    case 'location':
      return first === '~' || first === '~*' ? [second ?? ''] : behindTilde(first ?? '');
    case 'if':
      return conditionOf(args.map(textOf));
    case 'rewrite':
    case 'fastcgi_split_path_info':
      return [first ?? ''];
    case 'server_name':
    case 'valid_referers':
      return args.flatMap((argument) => behindTilde(textOf(argument)));
    case 'proxy_redirect':
    case 'proxy_cookie_domain':
    case 'proxy_cookie_path':
    case 'proxy_cookie_flags':
      return behindTilde(first ?? '');
    default:
      return [];
  }
}

/** `~` begins a regular expression, `~*` one without regard to case. */
function behindTilde(text: string): string[] {
  const [, pattern] = /^~\*?([^]*)$/.exec(text) ?? [];
  return pattern === undefined ? [] : [pattern];
}

/** What stands behind the operator; the parenthesis that ends the condition is an argument of its own, or ends the last one. */
function conditionOf(words: readonly string[]): string[] {
  const operator = words.findIndex((word) => /^!?~\*?$/.test(word));
  const pattern = operator < 0 ? undefined : words[operator + 1];
  if (pattern === undefined) return [];
  return [operator + 2 === words.length ? pattern.replace(/\)$/, '') : pattern];
}

function textOf(argument: NginxArgument): string {
  return typeof argument === 'string' ? argument : '';
}
