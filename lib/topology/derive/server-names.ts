import type { Server } from '../frontend';

/** Room for names of up to 110 letters. */
const LEAST_BUCKET = 128;

/** A pointer of a 64-bit machine: an entry is aligned to it, holds one before the name, and one more ends its bucket. */
const POINTER = 8;

/** Bytes beside the name that an entry holds for its length. */
const LENGTH = 2;

/**
 * Size of the buckets in which nginx keeps server names: it does not start where the longest one does not fit. Some builds take
 * powers of two alone, so it is one.
 */
export function nameBucketBytes(servers: readonly Server[]): number {
  const names = servers.flatMap(({ serverNames }) => serverNames).filter((name) => !name.startsWith('~'));
  const longest = Math.max(0, ...names.map((name) => name.length));
  const needed = 2 * POINTER + Math.ceil((longest + LENGTH) / POINTER) * POINTER;
  return Math.max(LEAST_BUCKET, 2 ** Math.ceil(Math.log2(needed)));
}
