import { once } from '../topology/once';
import type { ContainerPlan } from '../topology/plan/container-plan';
import { shortHash } from '../topology/short-hash';

/** Label that holds the hash of what was planned: labels force a replacement, and are never read back. */
export const SPEC_LABEL = 'cdktf-wsgi.spec';

/** Hash of a plan, independent of the order of its members; a token counts by its place, not by its value. */
export const specHash: (plan: object) => string = once((plan) => shortHash(canonical(plan)));

/**
 * Hash of a container as it will run. What has to be there before it is no part of that: with it, another replica of an application
 * replaced the nginx that passes to it.
 */
export const containerHash: (plan: ContainerPlan) => string = once((plan) =>
  specHash({ ...plan, dependsOn: [] }),
);

/** JSON with the members of every object in the order of their names. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object' || 'toJSON' in value) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const object = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(object).filter((name) => object[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(object[name])}`)
    .join()}}`;
}
