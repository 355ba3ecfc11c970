import type { ContainerPlan } from '../topology/plan/container-plan';
import type { ImagePlan, ResourcePlan } from '../topology/plan/stack-plan';
import type { Construct, TerraformProvider } from './cdktf';
import { Container, TerraformStack, dependable } from './cdktf';
import { containerConfig } from './container-config';
import { imageResource } from './image-resource';
import type { StagedContext } from './image-resource';
import { lateConfig } from './late-config';
import { ResourceIndex } from './resource-index';
import { networkResource } from './network-resource';
import { taskResult } from './task-result';
import { volumeResource } from './volume-resource';

/** The provider resources of one construct. */
export interface ResourceSet {
  readonly containers: readonly Container[];
  readonly staged: readonly StagedContext[];
}

/**
 * Creates the resources of a plan. With `late`, the values of its containers are read again when Terraform's text is made, so
 * that what is added to a frontend after its construction counts; which resources there are is settled now.
 */
export function createResources(
  scope: Construct,
  plan: ResourcePlan,
  provider?: TerraformProvider,
  late?: () => ResourcePlan,
): ResourceSet {
  const index = ResourceIndex.of(scope);
  const staged: StagedContext[] = [];
  const hashes = new Map<string, string>();
  for (const image of plan.images) {
    const made = imageResource(scope, image, provider);
    index.add('image', image.key, made.image);
    const before = fromDockerfile(image) ? index.builtAfter(made.image) : undefined;
    if (before !== undefined) made.image.dependsOn = [dependable(before)];
    if (made.staged !== undefined) staged.push(made.staged);
    hashes.set(image.key, made.image.nameInput ?? image.key);
  }
  for (const network of plan.networks)
    index.add('network', network.key, networkResource(scope, network, provider));
  for (const volume of plan.volumes) {
    const filled =
      volume.filledFrom === undefined
        ? undefined
        : (hashes.get(volume.filledFrom) ?? index.image(volume.filledFrom).nameInput);
    index.add('volume', volume.key, volumeResource(scope, volume, filled, provider));
  }
  const containers = plan.containers.map((container) => {
    const latePlan = late === undefined ? undefined : () => found(late(), container.key);
    const resource = createContainer(scope, container, index, provider, latePlan);
    index.add('container', container.key, resource);
    if (container.life === 'task') index.add('result', container.key, taskResult(scope, container, resource));
    return resource;
  });
  return { containers, staged };
}

/** True for an image of a Dockerfile that we did not write, and so cannot tell apart from its first layer on. */
function fromDockerfile(image: ImagePlan): boolean {
  return image.kind === 'built' && image.instructions === undefined;
}

function createContainer(
  scope: Construct,
  plan: ContainerPlan,
  index: ResourceIndex,
  provider: TerraformProvider | undefined,
  late: (() => ContainerPlan) | undefined,
): Container {
  const stack = TerraformStack.of(scope).node.id;
  const config = containerConfig(plan, stack, index);
  const values = late === undefined ? undefined : lateConfig(late, stack, index);
  const given = provider === undefined ? {} : { provider };
  const container = new Container(scope, plan.key, { ...config, ...values?.config, ...given });
  if (values !== undefined) container.dependsOn = values.dependsOn;
  return container;
}

function found(plan: ResourcePlan, key: string): ContainerPlan {
  const container = plan.containers.find((candidate) => candidate.key === key);
  if (container === undefined) throw new Error(`the plan lost its container ${key}`);
  return container;
}
