/**
 * Whether a path is left out of a build context, by the rules of `.dockerignore`: the last pattern that matches decides,
 * `!` takes back, `**` crosses directories, `[a-z]` is a set, and a directory leaves out all that is below it (Docker's
 * reference, "dockerignore file").
 */
export function dockerignore(text: string): (path: string) => boolean {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ keeps: line.startsWith('!'), pattern: patternOf(line.replace(/^!\s*/, '')) }));
  return (path) =>
    rules.reduce((ignored, { keeps, pattern }) => (pattern.test(path) ? !keeps : ignored), false);
}

/** `**`, `*`, `?`, a set, an escaped character, or one that means something to a regular expression only. */
const PARTS = /\*\*\/?|\*|\?|\[\^?(?:\\.|[^\]\\])+\]|\\.|[.+^${}()|\\[\]]/g;

function patternOf(glob: string): RegExp {
  const clean = glob.replace(/^(?:\.?\/+)+|\/+$/g, '');
  return new RegExp(`^${clean.replace(PARTS, expressionOf)}(?:/.*)?$`);
}

function expressionOf(part: string): string {
  if (part.startsWith('**')) return part.endsWith('/') ? '(?:.*/)?' : '.*';
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.length > 1 && part.startsWith('[')) return `(?!/)${part}`;
  const character = part.slice(-1);
  return /[A-Za-z0-9]/.test(character) ? character : `\\${character}`;
}
