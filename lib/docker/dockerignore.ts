/**
 * Whether a path is left out of a build context, by the rules of `.dockerignore`: the last pattern that matches decides,
 * `!` takes back, `**` crosses directories, and a directory leaves out all that is below it (Docker's reference,
 * "dockerignore file").
 */
export function dockerignore(text: string): (path: string) => boolean {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ keeps: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));
  return (path) =>
    rules.reduce((ignored, { keeps, pattern }) => (pattern.test(path) ? !keeps : ignored), false);
}

function patternOf(glob: string): RegExp {
  const clean = glob.replace(/^\/+|\/+$/g, '').replace(/^\.\//, '');
  const source = clean.replace(/\*\*\/?|\*|\?|[.+^${}()|\\[\]]/g, (part) => {
    if (part.startsWith('**')) return part.endsWith('/') ? '(?:.*/)?' : '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${source}(?:/.*)?$`);
}
