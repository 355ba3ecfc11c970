import type { VolumePlan } from '../topology/plan/stack-plan';
import type { Construct, TerraformProvider } from './cdktf';
import { TerraformStack, Volume } from './cdktf';
import { engineName, uniqueName } from './names';
import type { Label } from './owner-labels';
import { ownerLabels, sortedLabels } from './owner-labels';
import { SPEC_LABEL, specHash } from './spec-hash';
import { literal } from './terraform-text';

/** The volume of a plan; `filled` says what fills it, so that another content is another volume. */
export function volumeResource(
  scope: Construct,
  plan: VolumePlan,
  filled: string | undefined,
  provider: TerraformProvider | undefined,
): Volume {
  const stack = TerraformStack.of(scope).node.id;
  return new Volume(scope, `${plan.key}-volume`, {
    name: plan.persistence === undefined ? uniqueName(stack, plan.key) : persistentName(stack, plan),
    driver: 'local',
    ...(plan.tmpfs === undefined ? {} : { driverOpts: tmpfsOptions(plan.tmpfs) }),
    labels: volumeLabels(scope, stack, plan, filled),
    lifecycle:
      plan.persistence === undefined
        ? { createBeforeDestroy: true, ignoreChanges: ['name'] }
        : { preventDestroy: plan.persistence.preventDestroy },
    ...(provider === undefined ? {} : { provider }),
  });
}

/** Whole, never cut: two names that become one would be two applications with the same data. */
function persistentName(stack: string, plan: VolumePlan): string {
  const name = plan.persistence?.name;
  return name === undefined ? engineName(`${stack}-${plan.key}`) : literal(name);
}

/** Labels force a replacement: those of a persistent volume say nothing that may change with its data unchanged. */
function volumeLabels(
  scope: Construct,
  stack: string,
  plan: VolumePlan,
  filled: string | undefined,
): Label[] {
  if (plan.persistence !== undefined)
    return sortedLabels({ [SPEC_LABEL]: 'persistent', 'cdktf-wsgi.stack': stack });
  const owner = { stack, construct: scope.node.path, role: 'volume' };
  return ownerLabels(owner, { [SPEC_LABEL]: specHash([plan, filled]) });
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
