/** Blocks whose rows are `key value;`, not directives. */
const DATA_BLOCKS: ReadonlySet<string> = new Set(['map', 'geo', 'split_clients', 'types', 'charset_map']);

/** True for a block whose children are rows of data; undefined stands for the top of the file. */
export function isDataBlock(name: string | undefined): boolean {
  return name !== undefined && DATA_BLOCKS.has(name);
}

/**
 * The key of a `map` row that matches exactly this text: the words that `map` itself understands, and a leading `~`
 * (regex) or `\`, get the backslash that nginx takes off again (seen, each of them).
 */
export function mapKey(text: string): string {
  const special = ['default', 'hostnames', 'include', 'volatile'].includes(text) || /^[~\\]/.test(text);
  return special ? `\\${text}` : text;
}
