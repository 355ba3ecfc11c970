import { ConfigError, shown } from '../errors';
import { splitVariables } from './variable-text';
import type { NginxPart } from './variable-text';

/**
 * One argument of a directive: a string is literal text, whatever it holds; a list mixes text and variables.
 *
 * So a user's string can never become a variable or a second argument, and only code that says `variable` or
 * `expression` gets one. How literal text is spelled (a dollar in particular) is the renderer's business.
 */
export type NginxArgument = string | readonly NginxPart[];

/** An argument that is one variable: `variable('host')` is `$host`, `variable('1')` the first capture. */
export function variable(name: string): NginxArgument {
  return [{ variable: name }];
}

/** One argument made of several: `concat('https://', variable('host'), path)`, where `path` stays literal. */
export function concat(...args: readonly NginxArgument[]): NginxArgument {
  return canonical(args.flat());
}

/**
 * An argument from text in nginx's own notation, `$name`, `${name}` and `$1` being variables. For text that is ours
 * or that a user wrote as nginx text, never for data.
 *
 * @throws ConfigError for a dollar that begins no variable, which nginx refuses as well.
 */
export function expression(text: string): NginxArgument {
  const { parts, strayDollar } = splitVariables(text);
  if (strayDollar) {
    throw new ConfigError({
      what: `${shown(text)} has a '$' that begins no variable`,
      fix: "write a variable's name after it, or '${literal_dollar}' for the sign itself",
    });
  }
  return canonical(parts);
}

/** The same argument in its one form: neighbouring texts joined, a plain string when there is no variable. */
export function canonical(parts: readonly NginxPart[]): NginxArgument {
  const joined: NginxPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  if (joined.length === 0) return '';
  const [only] = joined;
  return joined.length === 1 && typeof only === 'string' ? only : joined;
}

/** The parts of an argument, text and variables in turn. */
export function partsOf(argument: NginxArgument): readonly NginxPart[] {
  return typeof argument === 'string' ? [argument] : argument;
}

/** True when an argument holds a variable, so that its value is only known to a running nginx. */
export function hasVariable(argument: NginxArgument): boolean {
  return typeof argument !== 'string' && argument.some((part) => typeof part !== 'string');
}

/** The literal text of an argument, without its variables. */
export function textOf(argument: NginxArgument): string {
  return typeof argument === 'string'
    ? argument
    : argument.filter((part) => typeof part === 'string').join('');
}
