import { createHash } from 'node:crypto';
import { once } from '../topology/once';

/** Label that holds the hash of what was planned: labels force a replacement, and are never read back. */
export const SPEC_LABEL = 'cdktf-wsgi.spec';

/** Hash of a plan, independent of the order of its members; a token counts by its place, not by its value. */
export const specHash: (plan: object) => string = once((plan) =>
  createHash('sha256').update(canonical(plan)).digest('hex').slice(0, 16),
);

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member) && !('toJSON' in member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
