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
  /** What was passed through around it that it would inherit, as `within` tells it. */
  readonly inherited: readonly NginxDirective[];
}

/** The directives of a block in the order of the file, apart from the blocks in it. */
export interface BlockLines {
  /** Conditions of policies, before an answer of ours. */
  readonly first: readonly NginxDirective[];
  /** What the library writes there, less what is said otherwise. */
  readonly ours: readonly NginxDirective[];
  /** What policies say and what would be lost, and what was passed through. */
  readonly said: readonly NginxDirective[];
}

/** Where everything stands in a block to which the library adds `ours`. */
export function blockLines(
  { own, around, users, inherited }: BlockPlace,
  ours: readonly NginxDirective[] = [],
): BlockLines {
  const { first, middle, last } = policyLines(own, around, ours, users);
  const policies = [...first, ...middle, ...last];
  const again = unlessSaid(repeated([...ours, ...policies], users, inherited), policies);
  return {
    first,
    ours: givingWay(unlessSaid(ours, [...policies, ...again]), [...policies, ...users]),
    said: [...middle, ...again, ...users, ...last],
  };
}
