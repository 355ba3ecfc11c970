import type { ContainerPlan } from '../topology/plan/container-plan';
import { once } from '../topology/once';
import { addressOf } from './address';
import type { ContainerConfig } from './cdktf';
import { Lazy } from './cdktf';
import { containerConfig } from './container-config';
import type { ResourceIndex } from './resource-index';

/** The values of a frontend's container that grow with every `addX`, read when the text is made. */
export interface LateValues {
  readonly config: Partial<ContainerConfig>;
  readonly dependsOn: string[];
}

/** What may grow, and how its values are read late. */
const LATE = {
  command: 'list',
  groupAdd: 'list',
  env: 'list',
  labels: 'blocks',
  volumes: 'blocks',
  upload: 'blocks',
  networksAdvanced: 'blocks',
  networkMode: 'text',
  tmpfs: 'map',
} as const satisfies Partial<Record<keyof ContainerConfig, 'list' | 'blocks' | 'text' | 'map'>>;

/** Set after the container is made, from references. */
const APART: ReadonlySet<string> = new Set(['dependsOn']);

/** The late values of a container, each read from its one description. */
export function lateConfig(plan: () => ContainerPlan, stack: string, index: ResourceIndex): LateValues {
  const describe = once((now: ContainerPlan) => containerConfig(now, stack, index));
  const first = describe(plan());
  const settled = once((now: ContainerPlan): ContainerConfig => {
    const config = describe(now);
    refuseOthers(now.key, first, config);
    return config;
  });
  const names = Object.keys(LATE) as (keyof typeof LATE)[];
  const config = names.map((name) => [name, lateValue(name, () => settled(plan())[name], first)]);
  return {
    config: Object.fromEntries(config) as Partial<ContainerConfig>,
    dependsOn: Lazy.listValue({
      produce: () => plan().dependsOn.map((key) => addressOf(index.finished(key))),
    }),
  };
}

/** A value that changes and is not read late would stay as it was in the constructor, without a word. */
function refuseOthers(key: string, first: ContainerConfig, now: ContainerConfig): void {
  const names = new Set([...Object.keys(first), ...Object.keys(now)]) as Set<keyof ContainerConfig>;
  for (const name of names) {
    if (Object.hasOwn(LATE, name) || APART.has(name)) continue;
    if (JSON.stringify(first[name]) !== JSON.stringify(now[name])) {
      throw new Error(`${name} of the container ${key} has changed since it was made, and is not read late`);
    }
  }
}

/** Blocks are written with Terraform's own names here: cdktf translates those of structs only, not of late values. */
function lateValue(name: keyof typeof LATE, read: () => unknown, first: ContainerConfig): unknown {
  switch (LATE[name]) {
    case 'list':
      return Lazy.listValue({ produce: () => (read() as string[] | undefined) ?? [] });
    case 'blocks':
      return Lazy.anyValue({ produce: () => (read() as object[] | undefined)?.map(snake) ?? [] }, NO_EMPTY);
    case 'text':
      return Lazy.stringValue({ produce: () => (read() as string | undefined) ?? 'bridge' });
    case 'map':
      return Object.fromEntries(
        Object.keys(first[name] ?? {}).map((member) => [member, memberOf(read, member)]),
      );
  }
}

const NO_EMPTY = { omitEmptyArray: true };

function memberOf(read: () => unknown, member: string): string {
  return Lazy.stringValue({ produce: () => (read() as Record<string, string>)[member] ?? '' });
}

function snake(block: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value as unknown,
    ]),
  );
}
