import { FACTS } from './facts';
import type { ResourceFacts } from './facts';
import type { Block } from './schema';
import { UNKNOWN, list, members } from './values';
import type { Members, Value } from './values';

/** What Terraform is told about a change. */
export interface Planned {
  readonly state: Members;
  /** Attributes whose change means another resource. */
  readonly replaces: readonly string[];
}

/** Plans a change by the provider's rules; `prior` is absent for a creation. */
export function plan(type: string, schema: Block, prior: Members | undefined, config: Members): Planned {
  const facts = FACTS[type];
  if (facts === undefined) throw new Error(`no facts about ${type}`);
  const wanted = withDefaults(type, schema, config);
  const computed = new Set(facts.computed);
  const names = [...schema.attributes, ...schema.blocks].map(({ name }) => name);
  const unset = (name: string): boolean => isUnset(wanted[name]) && computed.has(name);
  if (prior === undefined) {
    const isAttribute = new Set(schema.attributes.map(({ name }) => name));
    const state = Object.fromEntries(
      names.map((name) => [name, unset(name) && isAttribute.has(name) ? UNKNOWN : (wanted[name] ?? null)]),
    );
    return { state, replaces: [] };
  }
  const stays = (name: string): boolean =>
    same(wanted[name], prior[name]) && keys(wanted[name]) === keys(prior[name]);
  const changed = names.filter((name) => !unset(name) && !stays(name));
  const state = Object.fromEntries(
    names.map((name) => [name, changed.includes(name) ? (wanted[name] ?? null) : (prior[name] ?? null)]),
  );
  const replaces = changed.filter(
    (name) => !facts.inPlace.includes(name) && !isInPlaceInside(facts, name, wanted[name], prior[name]),
  );
  return { state, replaces };
}

/** True for a block of which only such parts have changed as are updated in place. */
function isInPlaceInside(
  { inPlace }: ResourceFacts,
  name: string,
  wanted: Value | undefined,
  prior: Value | undefined,
): boolean {
  const parts = inPlace
    .filter((each) => each.startsWith(`${name}.`))
    .map((each) => each.slice(name.length + 1));
  const rest = (value: Value | undefined): Value =>
    list(value).map((block) =>
      Object.fromEntries(Object.entries(members(block)).filter(([part]) => !parts.includes(part))),
    );
  return parts.length > 0 && same(rest(wanted), rest(prior));
}

function withDefaults(type: string, schema: Block, config: Members): Members {
  const facts = FACTS[type];
  const filled = schema.blocks.map(({ name }): [string, Value] => [
    name,
    Array.isArray(config[name])
      ? list(config[name]).map((block) => filledBlock(members(block), facts?.blockDefaults[name] ?? {}))
      : (config[name] ?? null),
  ]);
  const attributes = schema.attributes.map(({ name }): [string, Value] => [
    name,
    config[name] ?? facts?.defaults[name] ?? null,
  ]);
  return Object.fromEntries([...attributes, ...filled]);
}

function filledBlock(block: Members, defaults: Members): Members {
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => [name, value ?? defaults[name] ?? null]),
  );
}

function isUnset(value: Value | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Equal as the provider's toolkit sees it: unset, empty, zero and false are one, and sets have no order. */
export function same(one: Value | undefined, other: Value | undefined): boolean {
  if (one === UNKNOWN || other === UNKNOWN) return one === other;
  return canonical(one) === canonical(other);
}

/** An entry of a map counts even when it is empty, such as a tmpfs without options. */
function keys(value: Value | undefined): string {
  return Object.keys(members(value ?? null))
    .sort()
    .join();
}

function canonical(value: Value | undefined): string {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return 'null';
  if (value === UNKNOWN) return 'unknown';
  if (Array.isArray(value))
    return value.length === 0 ? 'null' : `[${(value as readonly Value[]).map(canonical).join()}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .map(([name, member]) => `${name}:${canonical(member)}`)
    .filter((entry) => !entry.endsWith(':null'))
    .sort();
  return entries.length === 0 ? 'null' : `{${entries.join()}}`;
}
