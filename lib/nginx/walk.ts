import { contextWithin } from './contexts';
import type { NginxDirective } from './directive';

/** One block of a tree, the top of the file included. */
export interface NginxBlock {
  /** Where its children stand, such as `http`; undefined for rows of data and for blocks that nobody knows. */
  readonly context: string | undefined;
  readonly children: readonly NginxDirective[];
  /** Name of the directive that opens it; undefined for the top of the file. */
  readonly name: string | undefined;
  /** Which construct it was rendered from, as far as the tree says. */
  readonly construct: string | undefined;
}

/** Every block of a file, outer ones first. */
export function blocksOf(tree: readonly NginxDirective[]): NginxBlock[] {
  return blocksWithin({ context: 'main', children: tree, name: undefined, construct: undefined });
}

function blocksWithin(outer: NginxBlock): NginxBlock[] {
  const inner = outer.children.flatMap((node) => {
    if (node.block === undefined) return [];
    const context = outer.context === undefined ? undefined : contextWithin(outer.context, node.name);
    const construct = node.construct ?? outer.construct;
    return blocksWithin({ context, children: node.block, name: node.name, construct });
  });
  return [outer, ...inner];
}
