import type { ContainerPlan } from '../topology/plan/container-plan';
import type { ContainerConfig } from './cdktf';
import { Lazy } from './cdktf';
import { environment, labels, networkBlocks, uploadBlocks, volumeBlock } from './container-config';
import type { ResourceIndex } from './resource-index';
import { literal } from './terraform-text';

/** The values of a frontend's container that grow with every `addX`, read when the text is made. */
export interface LateValues {
  readonly config: Partial<ContainerConfig>;
  readonly dependsOn: string[];
}

/** Blocks are written with Terraform's own names here: cdktf translates those of structs only, not of late values. */
export function lateConfig(plan: () => ContainerPlan, stack: string, index: ResourceIndex): LateValues {
  const blocks = (produce: () => unknown[]): ContainerConfig['labels'] =>
    Lazy.anyValue({ produce }, { omitEmptyArray: true });
  return {
    config: {
      command: Lazy.listValue({ produce: () => plan().command.map(literal) }),
      groupAdd: Lazy.listValue({ produce: () => plan().groupAdd.map(String) }),
      env: Lazy.listValue({ produce: () => environment(plan()) }),
      labels: blocks(() => labels(plan(), stack)),
      volumes: blocks(() => plan().mounts.map((mount) => snake(volumeBlock(mount, index)))),
      upload: blocks(() => uploadBlocks(plan())),
      networksAdvanced: blocks(() => [...networkBlocks(plan(), index)]),
      networkMode: Lazy.stringValue({
        produce: () => (plan().network.mode === 'networks' ? 'bridge' : plan().network.mode),
      }),
      tmpfs: Object.fromEntries(
        Object.keys(plan().tmpfs).map((path) => [
          literal(path),
          Lazy.stringValue({ produce: () => literal(plan().tmpfs[path] ?? '') }),
        ]),
      ),
    } as Partial<ContainerConfig>,
    dependsOn: Lazy.listValue({
      produce: () => plan().dependsOn.map((key) => index.finishedReference(key)),
    }),
  };
}

function snake(block: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
