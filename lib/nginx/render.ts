import { ConfigError, shown } from '../errors';
import { canonical, partsOf } from './argument';
import type { NginxArgument } from './argument';
import { isDataBlock } from './data-block';
import type { NginxDirective } from './directive';
import { roleOf, withLiteralDollars } from './literal-dollar';
import { quote } from './quote';
import { joinVariables } from './variable-text';

const INDENT = '    ';

/** Characters of one comment line. nginx refuses a comment above 4,094 bytes (seen), and one takes at most four. */
const MAX_COMMENT = 1000;

/**
 * The text of a configuration: one directive a line, blocks indented and set apart by an empty line. The same tree
 * gives the same text.
 *
 * @throws ConfigError for a name or an argument that nginx.conf cannot hold, and for a variable where nginx does
 *   not expand any.
 */
export function renderNginx(directives: readonly NginxDirective[]): string {
  return lines(directives, '', undefined)
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * The text of one directive, what is in its block left out.
 *
 * @param parent Name of the block around it; undefined at the top.
 * @throws ConfigError as `renderNginx`.
 */
export function directiveText(node: NginxDirective, parent: string | undefined): string {
  return nodeLines(node.block === undefined ? node : { ...node, block: [] }, '', parent).join('\n');
}

function lines(tree: readonly NginxDirective[], indent: string, parent: string | undefined): string[] {
  return tree.flatMap((node, index) => {
    const previous = tree[index - 1];
    const apart = node.block !== undefined || node.comment !== undefined || previous?.block !== undefined;
    const text = nodeLines(node, indent, parent);
    return previous !== undefined && apart ? ['', ...text] : text;
  });
}

function nodeLines(node: NginxDirective, indent: string, parent: string | undefined): string[] {
  const words = [nameText(node, parent), ...node.args.map((_, index) => argumentText(node, index, parent))];
  const text = indent + words.join(' ');
  const comment = node.comment === undefined ? [] : commentLines(node.comment, indent);
  if (node.block === undefined) return [...comment, `${text};`];
  return [...comment, `${text} {`, ...lines(node.block, indent + INDENT, node.name), `${indent}}`];
}

function nameText(node: NginxDirective, parent: string | undefined): string {
  if (isDataBlock(parent)) {
    if (node.block === undefined) return quote(node.name);
    throw new ConfigError({
      what: `${shown(node.name)} is a block within ${String(parent)}, which holds rows of data only`,
      fix: 'make it a simple directive, with the key as its name',
    });
  }
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(node.name)) return node.name;
  throw new ConfigError({
    what: `${shown(node.name)} is not the name of an nginx directive`,
    fix: "write letters, digits and '_' only, and arguments apart from it",
  });
}

function argumentText(node: NginxDirective, index: number, parent: string | undefined): string {
  const argument = node.args[index] ?? '';
  // Without a dollar it is the same in every role, and most arguments are.
  if (typeof argument === 'string' && !argument.includes('$')) return quote(argument);
  switch (roleOf(parent, node, index)) {
    case 'expands':
      return quote(joinVariables(withLiteralDollars(partsOf(canonical(partsOf(argument))))));
    case 'literal':
      return quote(literalText(node.name, argument));
    case 'name':
      return quote(declaredName(node.name, argument));
  }
}

function literalText(name: string, argument: NginxArgument): string {
  const text = canonical(partsOf(argument));
  if (typeof text === 'string') return text;
  throw new ConfigError({
    what: `nginx does not expand variables in ${shown(joinVariables(text))} of ${name}`,
    fix: 'write the value itself',
  });
}

/** Without braces, which nginx would take into the name here (seen: `set ${x} 1` declares `{x}`). */
function declaredName(name: string, argument: NginxArgument): string {
  const text = canonical(partsOf(argument));
  if (typeof text !== 'string' && text.length === 1) return joinVariables(text).replace(/[{}]/g, '');
  if (typeof text === 'string' && !text.includes('$')) return text;
  throw new ConfigError({
    what: `${shown(argument)} is not the name of the variable that ${name} declares`,
    fix: "pass variable('name')",
  });
}

/** A comment is read by people: control characters and halves of surrogate pairs are shown as their code. */
function commentLines(comment: string, indent: string): string[] {
  return comment
    .split(/\r\n|[\r\n]/)
    .flatMap((line) => visible(line).match(new RegExp(`.{1,${String(MAX_COMMENT)}}`, 'gsu')) ?? [''])
    .map((line) => `${indent}# ${line}`.trimEnd());
}

function visible(line: string): string {
  return line.replace(
    /(?!\t)[\p{Cc}\p{Surrogate}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
