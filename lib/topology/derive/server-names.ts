import type { Server } from '../frontend';
import { bucketBytes } from './hash-buckets';

/** Room for names of up to 110 letters. */
const LEAST_BUCKET = 128;

/** Size of the buckets in which nginx keeps server names: it does not start where the longest one does not fit. */
export function nameBucketBytes(servers: readonly Server[]): number {
  const names = servers.flatMap(({ serverNames }) => serverNames).filter((name) => !name.startsWith('~'));
  return Math.max(LEAST_BUCKET, bucketBytes(Math.max(0, ...names.map((name) => name.length))));
}
