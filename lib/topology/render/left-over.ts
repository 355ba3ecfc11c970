import { directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import type { Policy } from '../policy';

/**
 * A line of each list that says nothing: with one of its own a block takes none of the blocks around it. nginx sends no header whose
 * value is empty, and never the Date of an application.
 */
const SAYING_NOTHING: readonly NginxDirective[] = [
  directive('add_header', 'X-Nothing', ''),
  directive('proxy_hide_header', 'Date'),
  directive('uwsgi_hide_header', 'Date'),
];

/**
 * What keeps the lists of policies that do not hold in a block out of it: one further in may say less than the one that it stands for.
 *
 * @param present Names of the lists that the block has anyway.
 */
export function cuttingOff(
  own: readonly Policy[],
  around: readonly Policy[],
  present: ReadonlySet<string>,
): readonly NginxDirective[] {
  const kinds = new Set(own.filter(({ adds }) => !adds).map(({ kind }) => kind));
  const gone = around.filter(({ kind }) => kinds.has(kind)).flatMap(({ directives }) => directives);
  return SAYING_NOTHING.filter(({ name }) => !present.has(name) && gone.some((each) => each.name === name));
}
