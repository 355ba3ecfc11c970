import type { ContainerPlan, MountPlan } from '../topology/plan/container-plan';
import type { ContainerConfig } from './cdktf';
import { GENERATION_HOSTNAME, uniqueName } from './names';
import { capability, cpuLimits, goDuration, memoryLimits } from './normal-forms';
import type { Label } from './owner-labels';
import { ownerLabels } from './owner-labels';
import type { ResourceIndex } from './resource-index';
import { SPEC_LABEL, containerHash } from './spec-hash';
import { literal, literals, mixedText, terraformText } from './terraform-text';

/** A planned container as the provider takes it, in the forms that it reads back. */
export function containerConfig(plan: ContainerPlan, stack: string, index: ResourceIndex): ContainerConfig {
  return {
    name: uniqueName(stack, plan.key),
    image: index.imageId(plan.image),
    entrypoint: plan.entrypoint.map(literal),
    command: plan.command.map(literal),
    user: plan.user,
    workingDir: '/',
    ...given('groupAdd', plan.groupAdd.map(String)),
    ...(plan.generation ? { hostname: GENERATION_HOSTNAME } : {}),
    env: environment(plan),
    labels: labels(plan, stack),
    volumes: plan.mounts.map((mount) => volumeBlock(mount, index)),
    ...given('upload', uploadBlocks(plan)),
    ...isolation(plan, index),
    ...lifeSettings(plan),
    ...healthSettings(plan),
    ...cpuLimits(plan.limits.cpus),
    ...memoryLimits(plan.limits.memoryBytes),
    logDriver: plan.logging.driver,
    logOpts: literals(plan.logging.options),
    ...given(
      'ports',
      plan.ports.map((port) => ({ ...port })),
    ),
    lifecycle: lifecycle(plan, index),
    dependsOn: plan.dependsOn.map((key) => index.finished(key)),
  };
}

/** A list attribute only when it has members: an empty one would be rendered, and read back as a change. */
function given<K extends keyof ContainerConfig, V>(name: K, values: V[]): Partial<Record<K, V[]>> {
  return values.length === 0 ? {} : ({ [name]: values } as Record<K, V[]>);
}

/** A file that is written into the container before it starts. */
interface UploadBlock {
  readonly file: string;
  readonly content: string;
  readonly permissions: string;
}

function uploadBlocks(plan: ContainerPlan): UploadBlock[] {
  return plan.uploads.map(({ path, content, permissions }) => ({
    file: literal(path),
    content: terraformText(content),
    permissions,
  }));
}

function environment(plan: ContainerPlan): string[] {
  return Object.entries(plan.environment)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => mixedText([`${name}=`, value]));
}

/** The user's labels, the owner's, and the hash of what runs: also of what is planned and never applied. */
function labels(plan: ContainerPlan, stack: string): Label[] {
  const owner = { stack, construct: plan.construct, role: plan.role };
  return ownerLabels(owner, { ...plan.labels, [SPEC_LABEL]: containerHash(plan) });
}

function volumeBlock(mount: MountPlan, index: ResourceIndex): Record<string, string | boolean> {
  const shared = { containerPath: literal(mount.path), readOnly: mount.readOnly };
  if (mount.hostPath !== undefined) return { hostPath: literal(mount.hostPath), ...shared };
  if (mount.foreignVolume !== undefined) return { volumeName: terraformText(mount.foreignVolume), ...shared };
  return { volumeName: index.volumeId(mount.volume ?? ''), ...shared };
}

function isolation(plan: ContainerPlan, index: ResourceIndex): Partial<ContainerConfig> {
  const add = plan.capabilities.map(capability);
  return {
    readOnly: plan.readOnlyRoot,
    capabilities: { drop: ['ALL'], ...(add.length === 0 ? {} : { add }) },
    ...given('securityOpts', securityOptions(plan)),
    ...(Object.keys(plan.tmpfs).length === 0 ? {} : { tmpfs: literals(plan.tmpfs) }),
    ...(Object.keys(plan.sysctls).length === 0 ? {} : { sysctls: literals(plan.sysctls) }),
    ...(plan.network.mode === 'networks' ? {} : { networkMode: plan.network.mode }),
    ...given('networksAdvanced', [...networkBlocks(plan, index)]),
    ...(plan.joinsProcessesOf === undefined
      ? {}
      : { pidMode: `container:${index.containerId(plan.joinsProcessesOf)}` }),
    init: plan.init,
    privileged: false,
  };
}

function securityOptions({ noNewPrivileges, selinuxLevel }: ContainerPlan): string[] {
  return [
    ...(noNewPrivileges ? ['no-new-privileges:true'] : []),
    ...(selinuxLevel === undefined ? [] : [`label=level:${selinuxLevel}`]),
  ];
}

function networkBlocks(
  plan: ContainerPlan,
  index: ResourceIndex,
): { readonly name: string; readonly aliases?: string[] }[] {
  return plan.network.networks.map(({ network, foreignNetwork, aliases }) => ({
    name: foreignNetwork === undefined ? index.networkId(network ?? '') : terraformText(foreignNetwork),
    ...(aliases.length === 0 ? {} : { aliases: aliases.map(literal) }),
  }));
}

/** A task is attached, its output kept for the error; what is only created must not be expected to run. */
function lifeSettings(plan: ContainerPlan): Partial<ContainerConfig> {
  const stop = {
    stopSignal: plan.stop.signal,
    stopTimeout: plan.stop.graceSeconds,
    destroyGraceSeconds: plan.stop.graceSeconds,
    restart: plan.restart,
  };
  if (plan.life === 'created') return { ...stop, start: false, mustRun: false };
  if (plan.life === 'task') return { ...stop, mustRun: false, attach: true, logs: true, tty: true };
  return stop;
}

/** The engine takes from the image whatever is zero here, and every later plan would have that to change: so nothing is. */
const LEAST_START_PERIOD_MS = 1;
const NO_PROBE = {
  test: ['NONE'],
  interval: goDuration(30_000),
  timeout: goDuration(30_000),
  startPeriod: goDuration(LEAST_START_PERIOD_MS),
  retries: 3,
};

function healthSettings({ health }: ContainerPlan): Partial<ContainerConfig> {
  if (health === undefined) return { healthcheck: NO_PROBE };
  return {
    healthcheck: {
      test: health.test.map(literal),
      interval: goDuration(health.intervalMs),
      timeout: goDuration(health.timeoutMs),
      startPeriod: goDuration(Math.max(health.startPeriodMs, LEAST_START_PERIOD_MS)),
      ...(health.startIntervalMs === undefined ? {} : { startInterval: goDuration(health.startIntervalMs) }),
      retries: health.retries,
    },
    wait: true,
    waitTimeout: health.waitSeconds,
  };
}

function lifecycle(plan: ContainerPlan, index: ResourceIndex): ContainerConfig['lifecycle'] {
  const replacedWith = plan.replacedWith.map((key) => index.dependency(key));
  return {
    createBeforeDestroy: plan.createBeforeDestroy,
    ignoreChanges: [
      'name',
      ...(plan.generation ? ['hostname'] : []),
      ...(plan.keepsImage === true ? ['image'] : []),
    ],
    ...(replacedWith.length === 0 ? {} : { replaceTriggeredBy: replacedWith }),
  };
}
