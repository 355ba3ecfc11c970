import type { NginxArgument } from './argument';

/** A directive, or a block when it has children; within `map`, `geo` and their like, a row with its key as name. */
export interface NginxDirective {
  readonly name: string;
  readonly args: readonly NginxArgument[];
  readonly block?: readonly NginxDirective[];
  /** Comment above it, without `#`; each of its lines becomes one. */
  readonly comment?: string;
  /** Path of the construct that it was rendered from, for findings about it and what is in it; ignored when rendering. */
  readonly construct?: string;
  /** Line on which the parser found it; ignored when rendering. */
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
