import type { Construct, Container, TerraformProvider } from '../../docker/cdktf';
import { createResources } from '../../docker/resource-set';
import { onHost } from '../../topology/plan/host-plan';
import { located } from '../../errors';
import type { ResourcePlan } from '../../topology/plan/stack-plan';
import { StackTopology } from '../stack/stack-topology';

/**
 * Creates what a construct asks for, as the host of its stack takes it, and stages what is built from directories. Not within a
 * function of `ConfigError.at`: cdktf takes a stack trace for every token of a resource, and each frame of it costs.
 */
export function createPlanned(
  scope: Construct,
  plan: ResourcePlan,
  provider: TerraformProvider | undefined,
): readonly Container[] {
  const declared = StackTopology.of(scope);
  try {
    const { containers, staged } = createResources(scope, onHost(plan, declared.host()), provider);
    declared.stage(staged);
    return containers;
  } catch (error) {
    throw located(error, scope.node.path);
  }
}
