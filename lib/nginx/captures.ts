import type { Problem } from '../errors';
import { isFixedVariable } from './fixed-variables';
import { namedGroups } from './regex-syntax';

/**
 * What is wrong with the names of a pattern's groups: each becomes a variable of nginx, which refuses to start where it has one of
 * that name that nobody may set.
 *
 * @param where What the pattern is, with the pattern itself.
 */
export function captureProblem(where: string, pattern: string): Problem | undefined {
  const fixed = namedGroups(pattern).find(({ name }) => isFixedVariable(name));
  if (fixed === undefined) return undefined;
  return {
    what: `${where} has a group called ${fixed.name}, at position ${String(fixed.position)}, and $${fixed.name} is a variable of nginx that nothing can set`,
    fix: `give it another name, such as '${fixed.name}_part'`,
    rule: 'NGX-MAP-NAME',
  };
}
