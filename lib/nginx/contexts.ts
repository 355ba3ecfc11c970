import { isDataBlock } from './data-block';

/** The context that a block opens, by the one it stands in. The names are those of the directive table. */
const OPENED: ReadonlyMap<string, string> = new Map([
  ['main > events', 'events'],
  ['main > http', 'http'],
  ['main > stream', 'stream'],
  ['main > mail', 'mail'],
  ['http > server', 'server'],
  ['http > upstream', 'upstream'],
  ['server > location', 'location'],
  ['server > if', 'if-in-server'],
  ['location > location', 'location'],
  ['location > if', 'if-in-location'],
  ['location > limit_except', 'limit_except'],
  ['stream > server', 'stream/server'],
  ['stream > upstream', 'stream/upstream'],
  ['mail > server', 'mail/server'],
]);

/** Every context that a directive can stand in. */
export const CONTEXTS: readonly string[] = [...new Set(['main', ...OPENED.values()])];

/** The context within a block, or undefined where directives are not what it holds. */
export function contextWithin(context: string, block: string): string | undefined {
  return isDataBlock(block) ? undefined : OPENED.get(`${context} > ${block}`);
}

/** A context as people call it: `an http block`, `the top of the file`. */
export function contextInWords(context: string): string {
  const [outer, inner] = context.split(context.includes('/') ? '/' : '-in-');
  if (context === 'main') return 'the top of the file';
  if (context === 'any') return 'any block';
  if (inner === undefined) return `'${context}'`;
  return context.includes('/') ? `'${inner}' in '${String(outer)}'` : `'${String(outer)}' in '${inner}'`;
}
