import type { ContainerPlan } from '../topology/plan/container-plan';
import { once } from '../topology/once';
import { addressOf } from './address';
import type { ContainerConfig } from './cdktf';
import { containerConfig } from './container-config';
import { lateList, lateText, lateValue } from './late';
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

/**
 * The late values of a container, each read from its one description.
 *
 * @param first Its description when it was made, which the rest of it keeps.
 */
export function lateConfig(
  first: ContainerConfig,
  plan: () => ContainerPlan,
  stack: string,
  index: ResourceIndex,
): LateValues {
  const settled = once((now: ContainerPlan): ContainerConfig => {
    const config = containerConfig(now, stack, index);
    refuseOthers(now.key, first, config);
    return config;
  });
  const names = Object.keys(LATE) as (keyof typeof LATE)[];
  const config = names.map((name) => [name, lateMember(name, () => settled(plan())[name], first)]);
  return {
    config: Object.fromEntries(config) as Partial<ContainerConfig>,
    dependsOn: lateList(() => plan().dependsOn.map((key) => addressOf(index.finished(key)))),
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
function lateMember(name: keyof typeof LATE, read: () => unknown, first: ContainerConfig): unknown {
  switch (LATE[name]) {
    case 'list':
      return lateList(() => (read() as string[] | undefined) ?? []);
    case 'blocks':
      return lateValue(() => nonEmpty(((read() as object[] | undefined) ?? []).map(snake)));
    case 'text':
      return lateText(() => (read() as string | undefined) ?? 'bridge');
    case 'map':
      return Object.fromEntries(
        Object.keys(first[name] ?? {}).map((member) => [
          member,
          lateText(() => (read() as Record<string, string>)[member] ?? ''),
        ]),
      );
  }
}

/** An empty list of blocks would be written, and read back as a change. */
function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function snake(block: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value as unknown,
    ]),
  );
}
