import { block, directive } from './directive';
import type { NginxArgument, NginxDirective } from './directive';

/** Name of the variable that stands for a dollar sign, which nginx has no way to escape. */
export const LITERAL_DOLLAR = 'literal_dollar';

/** Directives in whose arguments nginx keeps a dollar as it is (each seen), so that a literal one needs no help. */
const KEEPS_DOLLAR: ReadonlySet<string> = new Set(['location', 'server_name', 'listen', 'upstream', 'types']);

/** Directives whose first argument is a regular expression, in which a dollar is an anchor. */
const REGEX_FIRST: ReadonlySet<string> = new Set(['rewrite']);

/** Blocks whose rows are data: `key value;` where the key keeps its dollar. */
const DATA_BLOCKS: ReadonlySet<string> = new Set(['map', 'geo', 'split_clients', 'types', 'charset_map']);

/** True for a block whose children are rows of data, not directives. */
export function isDataBlock(name: string): boolean {
  return DATA_BLOCKS.has(name);
}

/**
 * True where a dollar in an argument stays a dollar.
 *
 * @param parent Name of the block around it: rows of data expand nothing, except the values of a `map`.
 * @param name Name of the directive.
 * @param index Of the argument, from 0.
 */
export function keepsDollar(parent: string | undefined, name: string, index: number): boolean {
  if (parent !== undefined && isDataBlock(parent)) return parent !== 'map';
  return KEEPS_DOLLAR.has(name) || (index === 0 && REGEX_FIRST.has(name));
}

/** The directive of the http block that makes the variable: `geo` can, since its values never expand. */
export function literalDollarDirective(): NginxDirective {
  return block('geo', [[{ variable: LITERAL_DOLLAR }]], [directive('default', '$')]);
}

/** Whether any argument of the tree needs the variable. */
export function needsLiteralDollar(tree: readonly NginxDirective[], parent?: string): boolean {
  return tree.some(
    (node) =>
      node.args.some((argument, index) => !keepsDollar(parent, node.name, index) && holdsDollar(argument)) ||
      (node.block !== undefined && needsLiteralDollar(node.block, node.name)),
  );
}

function holdsDollar(argument: NginxArgument): boolean {
  if (typeof argument === 'string') return argument.includes('$');
  return argument.some((part) => typeof part === 'string' && part.includes('$'));
}
