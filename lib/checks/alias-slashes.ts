import { shown } from '../errors';
import type { Problem } from '../errors';
import { hasVariable, textOf } from '../nginx/argument';
import type { NginxDirective } from '../nginx/directive';
import type { NginxBlock } from '../nginx/walk';

/** Prefix locations whose files lie elsewhere, where what is cut off and what is put in its place do not both end in a slash. */
export function aliasProblems({ children, construct }: NginxBlock): Problem[] {
  return children.flatMap((node): Problem[] => {
    const path = node.name === 'location' ? prefixOf(node) : undefined;
    const alias = node.block?.find(({ name }) => name === 'alias')?.args[0];
    if (path === undefined || alias === undefined || hasVariable(alias)) return [];
    const files = textOf(alias);
    if (path.endsWith('/') && files.endsWith('/')) return [];
    const own = node.construct ?? construct;
    return [
      {
        what: `the location ${shown(path)} with the alias ${shown(files)} serves what lies beside it too: ${reached(path, files)}`,
        fix: "end both with '/', or use a StaticMount; for one file give the location the modifier '='",
        ...(own === undefined ? {} : { construct: own }),
        rule: 'NGX-ALIAS-SLASH',
      },
    ];
  });
}

/** The path of a prefix location; undefined for an exact one, and for a regular expression. */
function prefixOf({ args }: NginxDirective): string | undefined {
  const [first = '', second] = args.map(textOf);
  if (second !== undefined) return first === '^~' ? second : undefined;
  return first.startsWith('/') ? first : undefined;
}

/** A request, and the file that nginx answers it with: it puts the one path in the other's place as text (seen). */
function reached(path: string, files: string): string {
  const rest = path.endsWith('/') ? 'x' : files.endsWith('/') ? '../x' : '-private/x';
  return `${path}${rest} is ${files}${rest}`;
}
