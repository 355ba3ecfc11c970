import type { NetworkPlan } from '../topology/plan/stack-plan';
import type { Construct, TerraformProvider } from './cdktf';
import { Network, TerraformStack } from './cdktf';
import { uniqueName } from './names';
import { ownerLabels } from './owner-labels';
import { SPEC_LABEL, specHash } from './spec-hash';

/** The network of a plan. */
export function networkResource(
  scope: Construct,
  plan: NetworkPlan,
  provider: TerraformProvider | undefined,
): Network {
  const stack = TerraformStack.of(scope).node.id;
  const owner = { stack, construct: scope.node.path, role: 'network' };
  return new Network(scope, plan.key, {
    name: uniqueName(stack, plan.key),
    driver: 'bridge',
    internal: plan.internal,
    labels: ownerLabels(owner, { [SPEC_LABEL]: specHash(plan) }),
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ['name'] },
    ...(provider === undefined ? {} : { provider }),
  });
}
