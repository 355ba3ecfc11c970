import type { NginxDirective } from '../../nginx/directive';
import type { Policy } from '../policy';
import { givingWay } from './giving-way';
import { repeated, unlessSaid } from './inherited';
import { policyLines } from './policies';

/** A block before it is written: what was attached to it and passed through for it, and what holds around it. */
export interface BlockPlace {
  readonly own: readonly Policy[];
  /** Policies that hold around it. */
  readonly around: readonly Policy[];
  /** What was passed through for it. */
  readonly users: readonly NginxDirective[];
  /** What was said of the backend alone that it passes to, which stands over policies. */
  readonly ofBackend?: readonly NginxDirective[];
  /** What was passed through around it that it would inherit, as `within` tells it. */
  readonly inherited: readonly NginxDirective[];
}

/** The directives of a block in the order of the file, apart from the blocks in it. */
export interface BlockLines {
  /** Conditions of policies, before an answer of ours. */
  readonly first: readonly NginxDirective[];
  /** What the library writes there, less what is said otherwise. */
  readonly ours: readonly NginxDirective[];
  /** What policies say and what would be lost, what was passed through, and what ends the rewriting. */
  readonly said: readonly NginxDirective[];
}

/** Where everything stands in a block to which the library adds `ours`. */
export function blockLines(
  { own, around, users, ofBackend = [], inherited }: BlockPlace,
  ours: readonly NginxDirective[] = [],
): BlockLines {
  const { first, middle, last } = policyLines(own, around, ours, [...ofBackend, ...users]);
  const policies = [...first, ...middle, ...last];
  const again = unlessSaid(repeated([...ours, ...policies], users, inherited), policies);
  const left = givingWay(unlessSaid(ours, [...policies, ...again]), [...policies, ...users]);
  return {
    first,
    ours: left.filter((each) => !endsRewriting(each)),
    said: [...middle, ...again, ...users, ...last, ...left.filter(endsRewriting)],
  };
}

/** With `break` nginx skips what follows of its module, such as a condition that was passed through. */
function endsRewriting({ name }: NginxDirective): boolean {
  return name === 'rewrite';
}
