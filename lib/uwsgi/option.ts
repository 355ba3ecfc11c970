/** A deliberate reference, in uWSGI's own notation: `%h`, `%(option)`, `$(VARIABLE)`, `@(file)`. */
export interface UwsgiReference {
  readonly reference: string;
}

/** Literal text, which never expands, or a reference. */
export type UwsgiPart = string | UwsgiReference;

/** A value: a string is literal whatever it holds; a list mixes text and references. */
export type UwsgiValue = string | readonly UwsgiPart[];

/** One line of the `[uwsgi]` section. */
export interface UwsgiOption {
  readonly name: string;
  readonly value: UwsgiValue;
  /** A comment line above it. */
  readonly comment?: string;
  /** Line on which the parser found it. */
  readonly line?: number;
}

/** An option with its value. */
export function option(name: string, value: UwsgiValue | number | boolean): UwsgiOption {
  return { name, value: typeof value === 'number' || typeof value === 'boolean' ? String(value) : value };
}

/** The hostname of the machine, or of the container (magic variable `%h`). */
export const HOSTNAME: UwsgiReference = { reference: '%h' };

/** The name that a `set-placeholder` line (or an alias of it) gives a value to, so that `%(name)` means that value. */
export function placeholderName({ name, value }: UwsgiOption): string | undefined {
  if (!PLACEHOLDER_OPTIONS.has(name)) return undefined;
  const first = typeof value === 'string' ? value : value[0];
  return typeof first === 'string' ? first.split('=')[0] : undefined;
}

const PLACEHOLDER_OPTIONS: ReadonlySet<string> = new Set(['set', 'set-ph', 'set-placeholder']);
