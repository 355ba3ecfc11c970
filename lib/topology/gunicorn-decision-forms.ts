import type { Decision } from './decision';

/** A setting with a prop of its own. */
export function prop<P extends string>(name: P): { readonly by: 'prop'; readonly prop: P } {
  return { by: 'prop', prop: name };
}

/** A setting that the construct decides. */
export function settled(why: string, fix: string, rule?: string): Extract<Decision, { by: 'settled' }> {
  return { by: 'settled', why, fix, ...(rule === undefined ? {} : { rule }) };
}

/** A setting that has no place in a container. */
export function refused(why: string, fix: string, rule?: string): Extract<Decision, { by: 'refused' }> {
  return { by: 'refused', why, fix, ...(rule === undefined ? {} : { rule }) };
}
