import { textOf } from './argument';
import { contextInWords } from './contexts';
import type { NginxDirective } from './directive';
import { DIRECTIVES } from './directive-table';
import { locationsOf } from './location-match';
import type { NginxBlock } from './walk';

/** Something that a block may have once, and has again. */
export interface Repeat {
  readonly name: string;
  /** What stands there twice, in words. */
  readonly what: string;
}

/** What nginx refuses in one block because it is there already: directives, locations and upstreams. */
export function repeatsIn({ children, context }: NginxBlock): Repeat[] {
  if (context === undefined) return [];
  const where = contextInWords(context);
  const directives = again(children, onceName).map(({ name }) => ({
    name,
    what: `'${name}' stands twice in ${where}`,
  }));
  const upstreams = again(children, upstreamName).map((node) => ({
    name: 'upstream',
    what: `the upstream ${textOf(node.args[0] ?? '')} stands twice in ${where}`,
  }));
  return [...directives, ...upstreams, ...locations(children, where)];
}

function onceName({ name }: NginxDirective): string | undefined {
  return DIRECTIVES.get(name)?.once === true ? name : undefined;
}

/** nginx compares names of upstreams without regard to case (seen). */
function upstreamName({ name, args }: NginxDirective): string | undefined {
  return name === 'upstream' ? textOf(args[0] ?? '').toLowerCase() : undefined;
}

/** A plain prefix and one with `^~` are the same location; regexes and named ones may stand there twice (seen). */
function locations(children: readonly NginxDirective[], where: string): Repeat[] {
  const keys = locationsOf(children).flatMap(({ modifier, path }) => {
    if (modifier === '~' || modifier === '~*') return [];
    return [modifier === '=' ? `= ${path}` : path];
  });
  return again(keys, (key) => key).map((key) => {
    return { name: 'location', what: `the location ${key} stands twice in ${where}` };
  });
}

/** The first of those that have the key of an earlier one, once a key. */
function again<T>(all: readonly T[], keyOf: (one: T) => string | undefined): T[] {
  const times = new Map<string, number>();
  return all.filter((one) => {
    const key = keyOf(one);
    if (key === undefined) return false;
    const before = times.get(key) ?? 0;
    times.set(key, before + 1);
    return before === 1;
  });
}
