/** A variable within an argument, by its name without the dollar. */
export interface NginxVariable {
  readonly variable: string;
}

/** Literal text, which never expands, or a variable. */
export type NginxPart = string | NginxVariable;

/**
 * One argument of a directive: a string is literal text, whatever it holds; a list mixes text and variables.
 * So a user's string can never become a variable, and our own code says where it means one.
 */
export type NginxArgument = string | readonly NginxPart[];

/** A directive, or a block when it has children. */
export interface NginxDirective {
  readonly name: string;
  readonly args: readonly NginxArgument[];
  readonly block?: readonly NginxDirective[];
  /** A comment line above it. */
  readonly comment?: string;
  /** Line on which the parser found it. */
  readonly line?: number;
}

/** A simple directive. */
export function directive(name: string, ...args: readonly NginxArgument[]): NginxDirective {
  return { name, args };
}

/** A block directive. */
export function block(
  name: string,
  args: readonly NginxArgument[],
  children: readonly NginxDirective[],
): NginxDirective {
  return { name, args, block: children };
}

/** An argument that is one variable: `variable('host')` is `$host`. */
export function variable(name: string): NginxArgument {
  return [{ variable: name }];
}

const REFERENCE = /\$(?:\{([A-Za-z0-9_]+)\}|([A-Za-z0-9_]+))/g;

/**
 * An argument from text in nginx's own notation, `$name` and `${name}` being variables. For text that is ours or
 * that a user wrote as nginx text, never for data.
 */
export function expression(text: string): NginxArgument {
  const parts: NginxPart[] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ variable: match[1] ?? match[2] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
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
