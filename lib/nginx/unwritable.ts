import { ConfigError } from '../errors';
import type { Problem } from '../errors';
import type { NginxDirective } from './directive';
import { directiveText } from './render';

/**
 * Every directive of a tree that cannot be written, all at once: rendering stops at the first.
 *
 * @param accept Looks at each directive's text, and throws a ConfigError for what it does not take.
 */
export function unwritable(tree: readonly NginxDirective[], accept: (text: string) => unknown): Problem[] {
  return refusedIn(tree, accept, undefined, undefined);
}

function refusedIn(
  tree: readonly NginxDirective[],
  accept: (text: string) => unknown,
  parent: string | undefined,
  outer: string | undefined,
): Problem[] {
  return tree.flatMap((node) => {
    const construct = node.construct ?? outer;
    const own = refusals(() => accept(directiveText(node, parent))).map((problem) => ({
      ...problem,
      ...(construct === undefined ? {} : { construct }),
    }));
    return [...own, ...refusedIn(node.block ?? [], accept, node.name, construct)];
  });
}

function refusals(write: () => unknown): readonly Problem[] {
  try {
    write();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
