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
 *
 * @throws ConfigError when another construct's resources have the same keys.
 */
export function createResources(
  scope: Construct,
  plan: ResourcePlan,
  provider?: TerraformProvider,
  late?: () => ResourcePlan,
): ResourceSet {
  const index = ResourceIndex.of(scope);
  const { staged, names } = createImages(scope, plan, index, provider);
  for (const network of plan.networks)
    index.add('network', network.key, networkResource(scope, network, provider));
  for (const volume of plan.volumes) {
    const from = volume.filledFrom;
    const filled = from === undefined ? undefined : (names.get(from) ?? index.image(from).nameInput);
    index.add('volume', volume.key, volumeResource(scope, volume, filled, provider));
  }
  const containers: Container[] = [];
  // Not `map`: cdktf takes a stack trace for each of the fifteen tokens of a container, and every frame of it costs.
  for (const container of plan.containers)
    containers.push(createContainer(scope, container, index, provider, late));
  return { containers, staged };
}

/** The images of a plan, one after the other where the builder may mix them up. */
function createImages(
  scope: Construct,
  plan: ResourcePlan,
  index: ResourceIndex,
  provider: TerraformProvider | undefined,
): { readonly staged: StagedContext[]; readonly names: ReadonlyMap<string, string> } {
  const staged: StagedContext[] = [];
  const names = new Map<string, string>();
  for (const image of plan.images) {
    const made = imageResource(scope, image, provider);
    index.add('image', image.key, made.image);
    const before = fromDockerfile(image) ? index.builtAfter(made.image) : undefined;
    if (before !== undefined) made.image.dependsOn = [dependable(before)];
    if (made.staged !== undefined) staged.push(made.staged);
    names.set(image.key, made.image.nameInput ?? image.key);
  }
  return { staged, names };
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
  late: (() => ResourcePlan) | undefined,
): Container {
  const stack = TerraformStack.of(scope).node.id;
  const given = provider === undefined ? {} : { provider };
  const first = containerConfig(plan, stack, index);
  const values =
    late === undefined ? undefined : lateConfig(first, () => found(late(), plan.key), stack, index);
  const container = new Container(scope, plan.key, { ...first, ...values?.config, ...given });
  if (values !== undefined) container.dependsOn = values.dependsOn;
  index.add('container', plan.key, container);
  if (plan.life === 'task') index.add('result', plan.key, taskResult(scope, plan, container));
  return container;
}

function found(plan: ResourcePlan, key: string): ContainerPlan {
  const container = plan.containers.find((candidate) => candidate.key === key);
  if (container === undefined) throw new Error(`the plan lost its container ${key}`);
  return container;
}
