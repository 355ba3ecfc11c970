import { hasVariable, partsOf, textOf } from './argument';
import type { NginxDirective } from './directive';
import { DIRECTIVES } from './directive-table';
import { isDataBlock } from './data-block';
import { isKnownVariable } from './known-variables';
import { roleOf } from './literal-dollar';

/** The names of the variables that a tree declares: by directives that do, and by named groups of its regexes. */
export function declaredVariables(tree: readonly NginxDirective[], parent?: string): Set<string> {
  const names = tree.flatMap((node) => [
    ...node.args.flatMap((_, index) => declaredBy(node, index, parent)),
    ...[node.name, ...node.args.map(textOf)].flatMap(groupsOf),
    ...declaredVariables(node.block ?? [], node.name),
  ]);
  return new Set(names.map((name) => name.toLowerCase()));
}

/** Variables that one directive uses, and that neither nginx nor the tree around it has. */
export function unknownVariables(node: NginxDirective, declared: ReadonlySet<string>): string[] {
  if (!node.args.some(hasVariable)) return [];
  const used = node.args.flatMap((argument) =>
    partsOf(argument).flatMap((part) => (typeof part === 'string' ? [] : [part.variable])),
  );
  return [...new Set(used)].filter((name) => !isKnownVariable(name) && !declared.has(name.toLowerCase()));
}

/** A directive of another module may declare what it names. */
function declaredBy(node: NginxDirective, index: number, parent: string | undefined): string[] {
  const argument = node.args[index] ?? '';
  if (!hasVariable(argument)) return [];
  const isForeign = !isDataBlock(parent) && !DIRECTIVES.has(node.name);
  if (!isForeign && roleOf(parent, node, index) !== 'name') return [];
  return partsOf(argument).flatMap((part) => (typeof part === 'string' ? [] : [part.variable]));
}

/** The names of what looks like a named group. */
export function groupsOf(regex: string): string[] {
  if (!regex.includes('(?')) return [];
  return [...regex.matchAll(/\(\?P?(?:<(?![=!])|')([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
}
