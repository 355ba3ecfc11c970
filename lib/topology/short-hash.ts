import { createHash } from 'node:crypto';

/** Letters of a hash that names something: few enough to read, and enough that no two things of one stack share it. */
const LENGTH = 16;

/** What a text is known by: another text has another one. */
export function shortHash(text: string, length: number = LENGTH): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
