import type { Construct, Container, TerraformProvider } from '../docker/cdktf';
import { createResources } from '../docker/resource-set';
import { onHost } from '../topology/plan/host-plan';
import type { ResourcePlan } from '../topology/plan/stack-plan';
import { StackTopology } from './stack-topology';

/** Creates what a construct asks for, as the host of its stack takes it, and stages what is built from directories. */
export function createPlanned(
  scope: Construct,
  plan: ResourcePlan,
  provider: TerraformProvider | undefined,
): readonly Container[] {
  const declared = StackTopology.of(scope);
  const { containers, staged } = createResources(scope, onHost(plan, declared.host()), provider);
  declared.stage(staged);
  return containers;
}
