import { ConfigError, shown } from '../errors';
import { canonical } from './directive';
import type { NginxArgument, NginxDirective } from './directive';
import { LITERAL_DOLLAR, isDataBlock, keepsDollar } from './literal-dollar';
import { quote, quoted } from './quote';

const INDENT = '    ';

/**
 * The text of a configuration: one directive a line, blocks indented and set apart by an empty line.
 *
 * @throws ConfigError for a name or an argument that nginx.conf cannot hold.
 */
export function renderNginx(tree: readonly NginxDirective[]): string {
  return lines(tree, 0, undefined)
    .map((line) => `${line}\n`)
    .join('');
}

function lines(tree: readonly NginxDirective[], depth: number, parent: string | undefined): string[] {
  const out: string[] = [];
  for (const [index, node] of tree.entries()) {
    const previous = tree[index - 1];
    const apart = node.block !== undefined || node.comment !== undefined || previous?.block !== undefined;
    if (previous !== undefined && apart) out.push('');
    out.push(...nodeLines(node, depth, parent));
  }
  return out;
}

function nodeLines(node: NginxDirective, depth: number, parent: string | undefined): string[] {
  const indent = INDENT.repeat(depth);
  const words = node.args.map((argument, index) => argumentText(parent, node.name, argument, index));
  const head = [headOf(node, parent), ...words];
  const text = indent + head.join(' ');
  const comment = node.comment === undefined ? [] : commentLines(node.comment, indent);
  if (node.block === undefined) return [...comment, `${text};`];
  if (node.block.length === 0) return [...comment, `${text} {`, `${indent}}`];
  return [...comment, `${text} {`, ...lines(node.block, depth + 1, node.name), `${indent}}`];
}

function headOf(node: NginxDirective, parent: string | undefined): string {
  if (parent !== undefined && isDataBlock(parent)) return quote(node.name);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(node.name)) {
    throw new ConfigError({
      what: `${shown(node.name)} is not the name of an nginx directive`,
      fix: "write letters, digits and '_' only, without arguments",
    });
  }
  return node.name;
}

function argumentText(parent: string | undefined, name: string, given: NginxArgument, index: number): string {
  const argument = typeof given === 'string' ? given : canonical(given);
  const literal = keepsDollar(parent, name, index);
  if (typeof argument === 'string') {
    return literal || !argument.includes('$') ? quote(argument) : quoted(withLiteralDollars(argument));
  }
  if (literal) {
    throw new ConfigError({
      what: `${name} takes no variables in argument ${String(index + 1)}`,
      fix: 'give plain text: nginx would take the dollar as a character',
    });
  }
  const text = argument
    .map((part) => (typeof part === 'string' ? withLiteralDollars(part) : reference(part.variable)))
    .join('');
  return shortened(text);
}

function withLiteralDollars(text: string): string {
  return text.replace(/\$/g, () => `\${${LITERAL_DOLLAR}}`);
}

function reference(name: string): string {
  if (!/^[A-Za-z0-9_]+$/.test(name)) {
    throw new ConfigError({
      what: `${shown(name)} is not the name of an nginx variable`,
      fix: "write letters, digits and '_' only, without the dollar",
    });
  }
  return `\${${name}}`;
}

/** `$host` instead of `"${host}"` wherever no following character could be taken into the name. */
function shortened(text: string): string {
  const plain = text.replace(/\$\{([A-Za-z0-9_]+)\}(?![A-Za-z0-9_])/g, (_, name: string) => `$${name}`);
  const bare = /^[A-Za-z0-9_./:=@~*+,|&%?!<>$-]+$/.test(plain);
  return bare ? plain : quoted(plain);
}

function commentLines(comment: string, indent: string): string[] {
  return comment.split(/\r\n|[\r\n]/).map((line) => `${indent}# ${line}`.trimEnd());
}
