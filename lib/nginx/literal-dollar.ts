import { partsOf } from './argument';
import type { NginxArgument } from './argument';
import { block, directive } from './directive';
import type { NginxDirective } from './directive';
import { dollarRole } from './expansion';
import type { DollarRole } from './expansion';
import type { NginxPart } from './variable-text';

/** Name of the variable that stands for a dollar sign, which nginx has no way to escape. */
export const LITERAL_DOLLAR = 'literal_dollar';

/**
 * The directive of the http (or stream) block that declares the variable: `geo` can, since its values never
 * expand. Whoever builds a tree puts it there once when `needsLiteralDollar` says so.
 */
export function literalDollarDirective(): NginxDirective {
  return block('geo', [[{ variable: LITERAL_DOLLAR }]], [directive('default', '$')]);
}

/** True when rendering the tree writes `${literal_dollar}` anywhere, because a literal dollar stands where nginx expands. */
export function needsLiteralDollar(tree: readonly NginxDirective[], parent?: string): boolean {
  return tree.some(
    (node) =>
      node.args.some(
        (argument, index) => usesDollar(argument) && roleOf(parent, node, index) === 'expands',
      ) ||
      (node.block !== undefined && needsLiteralDollar(node.block, node.name)),
  );
}

/** The role of a dollar in one argument of a directive in the tree. */
export function roleOf(parent: string | undefined, node: NginxDirective, index: number): DollarRole {
  const [start, previous] = [startOf(node.args[index]), startOf(node.args[index - 1])];
  return dollarRole({ parent, name: node.name, index, start, previous });
}

/** The same parts with each dollar of a text replaced by the variable. */
export function withLiteralDollars(parts: readonly NginxPart[]): readonly NginxPart[] {
  return parts.flatMap((part) => (typeof part === 'string' ? replaceDollars(part) : [part]));
}

/** The same parts with the variable replaced by the dollar it stands for. */
export function withoutLiteralDollars(parts: readonly NginxPart[]): readonly NginxPart[] {
  return parts.map((part) => (typeof part !== 'string' && part.variable === LITERAL_DOLLAR ? '$' : part));
}

function replaceDollars(text: string): NginxPart[] {
  return text
    .split('$')
    .flatMap((piece, index): NginxPart[] => (index === 0 ? [piece] : [{ variable: LITERAL_DOLLAR }, piece]))
    .filter((part) => part !== '');
}

function startOf(argument: NginxArgument | undefined): string {
  const [first] = partsOf(argument ?? '');
  return typeof first === 'string' ? first : '';
}

function usesDollar(argument: NginxArgument): boolean {
  return partsOf(argument).some((part) =>
    typeof part === 'string' ? part.includes('$') : part.variable === LITERAL_DOLLAR,
  );
}
