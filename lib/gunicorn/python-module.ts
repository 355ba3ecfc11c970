import { closingBracket, mask, parametersOf } from './python-def';

/** How many arguments a function can be called with by position. */
export interface Arity {
  readonly least: number;
  /** Infinite with `*rest`. */
  readonly most: number;
}

/** By which a module can have a name that is written nowhere in it. */
const UNWRITTEN =
  /\bimport\s*\(?\s*\*|\b__getattr__\b|\bglobals\b|\bsetattr\b|\bexec\b|\bvars\b|\blocals\b|__dict__|sys\.modules/;

/**
 * What can be told of a name in the text of a module without running it: that it cannot be there, how the one function of that name
 * is called, or nothing.
 */
export function nameInModule(text: string, name: string): 'missing' | Arity | undefined {
  if (!new RegExp(`\\b${name}\\b`).test(text)) return UNWRITTEN.test(text) ? undefined : 'missing';
  const masked = mask(text.replace(/\r\n?/g, '\n'));
  if (masked === undefined || bindings(masked, name) !== 1) return undefined;
  const lines = masked.split('\n').filter((line) => line.trim() !== '');
  const at = lines.findIndex((line) => new RegExp(`^def ${name}\\s*\\(`).test(line));
  const isDecorated = lines[at - 1]?.startsWith('@') === true;
  return at === -1 || isDecorated ? undefined : arityOf(lines[at] ?? '');
}

/** Places that may give the name a meaning. */
function bindings(masked: string, name: string): number {
  const binds = `\\b(?:def|class|as|for|global|nonlocal|import)\\s+${name}\\b|\\b${name}\\s*(?::|=(?!=)|,)|\\bimport\\b[^\\n]*[,(]\\s*${name}\\b`;
  return [...masked.matchAll(new RegExp(binds, 'g'))].length;
}

function arityOf(head: string): Arity | undefined {
  const signature = head.slice(head.indexOf('('));
  const parameters = signature.slice(1, closingBracket(signature));
  if (/\blambda\b/.test(parameters)) return undefined;
  const names = parametersOf(parameters);
  const star = names.findIndex((each) => each.startsWith('*'));
  const positional = star === -1 ? names : names.slice(0, star);
  const isOpen = star !== -1 && /^\*\w/.test(names[star] ?? '');
  const needsNames = names.slice(positional.length).some((each) => !/[*=]/.test(each));
  const least = positional.filter((each) => !each.includes('=')).length;
  return { least: needsNames ? Infinity : least, most: isOpen ? Infinity : positional.length };
}
