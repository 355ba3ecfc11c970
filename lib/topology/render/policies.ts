import type { NginxDirective } from '../../nginx/directive';
import type { Frontend } from '../frontend';
import type { Policy } from '../policy';
import { isReplaced, unlessSaid } from './inherited';
import { policiesOf } from './frontend-parts';

/** The policies that hold in a block: its own, and those around it that none of its own stands for. */
export function holding(own: readonly Policy[], around: readonly Policy[]): Policy[] {
  const kinds = new Set(own.filter(({ adds }) => !adds).map(({ kind }) => kind));
  return [...around.filter(({ kind }) => !kinds.has(kind)), ...own];
}

/** What a location does not take from the location around it (module rewrite); that of a server comes before any location. */
const OWN_TO_A_LOCATION: ReadonlySet<string> = new Set(['break', 'if', 'return', 'rewrite', 'set']);

/**
 * What policies write in a block: what its own ones say and, of those around it that hold here too, what nginx would drop. For a
 * directive that the block has itself it takes nothing from further out, and conditions it takes from no other location.
 *
 * @param own Policies attached to the block.
 * @param around Those that hold around it.
 * @param others What else stands in the block.
 */
export function policyDirectives(
  own: readonly Policy[],
  around: readonly Policy[],
  others: readonly NginxDirective[],
): NginxDirective[] {
  const present = new Set(
    [...own.flatMap(({ directives }) => directives), ...others].map(({ name }) => name),
  );
  const still = new Set(holding(own, around));
  const again = around
    .filter((policy) => still.has(policy))
    .map(({ directives, level }) =>
      directives.filter(({ name }) =>
        isReplaced(name) ? present.has(name) : level === 'location' && OWN_TO_A_LOCATION.has(name),
      ),
    );
  return merged([...again, ...own.map(({ directives }) => directives)]);
}

/** What the policies of a frontend need at http level. */
export function policyDeclarations(frontend: Frontend): NginxDirective[] {
  return merged(policiesOf(frontend).map(({ declarations }) => declarations));
}

/** What is further in stands for what says the same further out, such as a header of its name. */
function merged(lists: readonly (readonly NginxDirective[])[]): NginxDirective[] {
  return lists.reduce<NginxDirective[]>((outer, inner) => [...unlessSaid(outer, inner), ...inner], []);
}
