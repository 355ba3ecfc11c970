import { ConfigError, shown } from '../errors';

/** A variable within an argument, by its name without the dollar; `1` to `9` are captures of a regex. */
export interface NginxVariable {
  readonly variable: string;
}

/** Literal text, which never expands, or a variable. */
export type NginxPart = string | NginxVariable;

const REFERENCE = /\$(?:([1-9])|\{([A-Za-z0-9_]+)\}|([A-Za-z0-9_]+))/g;

/** Text taken apart where nginx sees variables in it. */
export interface SplitText {
  readonly parts: readonly NginxPart[];
  /** A dollar begins no variable; it is left in the text. */
  readonly strayDollar: boolean;
}

/**
 * Takes text in nginx's notation apart, as `ngx_http_script_compile` does: `$1` to `$9` are captures of one digit
 * (`$10` is the first one and a 0), every other name is as long as it can be, or stands in braces.
 *
 * @throws ConfigError for `${1}` to `${9}`, which nginx takes for variables that nobody can have declared (seen:
 *   `unknown "1" variable`).
 */
export function splitVariables(text: string): SplitText {
  const parts: NginxPart[] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, capture, braced, plain] = match;
    if (braced !== undefined && isCapture(braced)) {
      throw new ConfigError({
        what: `${shown(whole)} is no capture to nginx, but a variable named ${braced}`,
        fix: `write $${braced}, which never needs braces`,
      });
    }
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ variable: capture ?? braced ?? plain ?? '' });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return { parts, strayDollar: parts.some((part) => typeof part === 'string' && part.includes('$')) };
}

/**
 * Writes text and variables in nginx's notation, with braces only where the text behind would be taken into the
 * name. Dollars within texts are written as they stand.
 *
 * @throws ConfigError for a name that no variable can have.
 */
export function joinVariables(parts: readonly NginxPart[]): string {
  return parts
    .map((part, index) => (typeof part === 'string' ? part : reference(part.variable, parts[index + 1])))
    .join('');
}

/** Refuses a name that no variable can have: nginx takes letters, digits and `_` (seen). */
export function checkVariableName(name: string): void {
  if (/^[A-Za-z0-9_]+$/.test(name)) return;
  throw new ConfigError({
    what: `${shown(name)} is not the name of an nginx variable`,
    fix: "write letters, digits and '_' only, without the dollar",
  });
}

function reference(name: string, behind: NginxPart | undefined): string {
  checkVariableName(name);
  if (isCapture(name)) return `$${name}`;
  const runsOn = typeof behind === 'string' && /^[A-Za-z0-9_]/.test(behind);
  return runsOn || /^[1-9]/.test(name) ? `\${${name}}` : `$${name}`;
}

function isCapture(name: string): boolean {
  return /^[1-9]$/.test(name);
}
