import type { NginxDirective } from '../../nginx/directive';
import { declaredVariables } from '../../nginx/undeclared';
import { blocksOf } from '../../nginx/walk';

/** A pointer of a 64-bit machine: an entry is aligned to it, holds one before the name, and one more ends its bucket. */
const POINTER = 8;

/** Bytes beside the name that an entry holds for its length. */
const LENGTH = 2;

/** What nginx takes by itself, a line of the processor's cache: room for 46 letters (seen: 47 and it does not start). */
const DEFAULT_BUCKET = 64;

/**
 * Size of the buckets in which nginx keeps names: it does not start where the longest one does not fit. Some builds take powers of
 * two alone, so it is one.
 *
 * @param longest Bytes of the longest name.
 */
export function bucketBytes(longest: number): number {
  const needed = 2 * POINTER + Math.ceil((longest + LENGTH) / POINTER) * POINTER;
  return 2 ** Math.ceil(Math.log2(needed));
}

/** Bytes for the keys of the maps of an http block, where nginx's own are not enough. */
export function mapBucketBytes(http: readonly NginxDirective[]): number | undefined {
  const keys = blocksOf(http)
    .filter(({ name }) => name === 'map')
    .flatMap(({ children }) => children.map(({ name }) => name))
    .filter((key) => !key.startsWith('~'));
  return more(keys);
}

/** Bytes for the names of the variables that it declares. */
export function variableBucketBytes(http: readonly NginxDirective[]): number | undefined {
  return more([...declaredVariables(http)]);
}

function more(names: readonly string[]): number | undefined {
  const bytes = bucketBytes(names.reduce((longest, name) => Math.max(longest, Buffer.byteLength(name)), 0));
  return bytes > DEFAULT_BUCKET ? bytes : undefined;
}
