import { isAtLeast } from '../../server-version';
import type { DockerHost } from '../docker-host';
import type { ContainerPlan, HealthPlan } from './container-plan';
import type { ResourcePlan, VolumePlan } from './stack-plan';

/** Release of the engine from which a probe may run more often until its first success; older clients refuse the option. */
const START_INTERVAL_SINCE = '25.0';

const START_INTERVAL_MS = 1000;

/** A plan as one host takes it; on a plain host it is the plan itself. */
export function onHost(plan: ResourcePlan, host: DockerHost): ResourcePlan {
  return {
    ...plan,
    volumes: plan.volumes.map((volume) => volumeOn(volume, host)),
    containers: plan.containers.map((container) => containerOn(container, host)),
  };
}

function containerOn(container: ContainerPlan, host: DockerHost): ContainerPlan {
  return {
    ...container,
    ...(container.health === undefined ? {} : { health: healthOn(container.health, host) }),
    ...(host.selinuxLevel === undefined ? {} : { selinuxLevel: host.selinuxLevel }),
  };
}

/**
 * The start interval counts during the start period only, which lasts as long as an apply waits. It is stated where it brings
 * nothing too: without, the engine takes the image's, or five seconds.
 */
function healthOn(health: HealthPlan, { engineVersion }: DockerHost): HealthPlan {
  if (!isAtLeast(engineVersion, START_INTERVAL_SINCE)) return health;
  const startIntervalMs = Math.min(health.intervalMs, START_INTERVAL_MS);
  return { ...health, startPeriodMs: health.waitSeconds * 1000, startIntervalMs };
}

/** The engine mounts a volume outside the user namespace: there, a container's ids are the host's. */
function volumeOn(volume: VolumePlan, { usernsRemap }: DockerHost): VolumePlan {
  const { tmpfs } = volume;
  if (tmpfs === undefined || usernsRemap === undefined) return volume;
  const uid = tmpfs.uid + usernsRemap.firstUid;
  return { ...volume, tmpfs: { ...tmpfs, uid, gid: tmpfs.gid + usernsRemap.firstGid } };
}
