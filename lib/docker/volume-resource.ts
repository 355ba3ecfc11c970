import type { NetworkPlan, VolumePlan } from '../topology/plan/stack-plan';
import type { Construct, TerraformProvider } from './cdktf';
import { Network, TerraformStack, Volume } from './cdktf';
import { readable, uniqueName } from './names';
import { SPEC_LABEL, specHash } from './spec-hash';

/** The volume of a plan; `filled` says what fills it, so that another content is another volume. */
export function volumeResource(
  scope: Construct,
  plan: VolumePlan,
  filled: string | undefined,
  provider: TerraformProvider | undefined,
): Volume {
  const stack = TerraformStack.of(scope).node.id;
  return new Volume(scope, `${plan.key}-volume`, {
    name:
      plan.persistence === undefined
        ? uniqueName(stack, plan.key)
        : (plan.persistence.name ?? readable(`${stack}-${plan.key}`)),
    driver: 'local',
    ...(plan.tmpfs === undefined ? {} : { driverOpts: tmpfsOptions(plan.tmpfs) }),
    labels: [
      { label: SPEC_LABEL, value: plan.persistence === undefined ? specHash([plan, filled]) : 'persistent' },
      { label: 'cdktf-wsgi.stack', value: stack },
    ],
    lifecycle:
      plan.persistence === undefined
        ? { createBeforeDestroy: true, ignoreChanges: ['name'] }
        : { preventDestroy: plan.persistence.preventDestroy },
    ...(provider === undefined ? {} : { provider }),
  });
}

/** Numbers only, and `device` although tmpfs has none: the engine insists. */
function tmpfsOptions(tmpfs: NonNullable<VolumePlan['tmpfs']>): Record<string, string> {
  const { sizeBytes, uid, gid, mode } = tmpfs;
  return {
    type: 'tmpfs',
    device: 'tmpfs',
    o: `size=${String(sizeBytes)},uid=${String(uid)},gid=${String(gid)},mode=${mode}`,
  };
}

/** The network of a plan. */
export function networkResource(
  scope: Construct,
  plan: NetworkPlan,
  provider: TerraformProvider | undefined,
): Network {
  const stack = TerraformStack.of(scope).node.id;
  return new Network(scope, plan.key, {
    name: uniqueName(stack, plan.key),
    driver: 'bridge',
    internal: plan.internal,
    labels: [{ label: 'cdktf-wsgi.stack', value: stack }],
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ['name'] },
    ...(provider === undefined ? {} : { provider }),
  });
}
