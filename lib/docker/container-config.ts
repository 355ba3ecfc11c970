import type { ContainerPlan, MountPlan } from '../topology/plan/container-plan';
import type { ContainerConfig } from './cdktf';
import { GENERATION_HOSTNAME, uniqueName } from './names';
import { capability, cpuLimits, goDuration, memoryLimits } from './normal-forms';
import type { ResourceIndex } from './resource-index';
import { SPEC_LABEL, specHash } from './spec-hash';
import { literal, terraformText } from './terraform-text';

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
    ...given(
      'upload',
      plan.uploads.map(({ path, content, permissions }) => ({
        file: path,
        content: terraformText(content),
        permissions,
      })),
    ),
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
    dependsOn: plan.dependsOn.map((key) => index.container(key)),
  };
}

function literals(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literal(value)]));
}

/** A list attribute only when it has members: an empty one would be rendered, and read back as a change. */
function given<K extends keyof ContainerConfig, V>(name: K, values: V[]): Partial<Record<K, V[]>> {
  return values.length === 0 ? {} : ({ [name]: values } as Record<K, V[]>);
}

function environment(plan: ContainerPlan): string[] {
  return Object.entries(plan.environment)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${literal(name)}=${terraformText(value)}`);
}

/** Never empty: the removal of all labels is not noticed. The owner's labels find what a killed apply left behind. */
export function labels(
  plan: ContainerPlan,
  stack: string,
): { readonly label: string; readonly value: string }[] {
  const all = {
    ...plan.labels,
    'cdktf-wsgi.stack': stack,
    'cdktf-wsgi.construct': plan.construct,
    'cdktf-wsgi.role': plan.role,
    [SPEC_LABEL]: specHash(plan),
  };
  return Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => ({ label: literal(label), value: literal(value) }));
}

export function volumeBlock(mount: MountPlan, index: ResourceIndex): Record<string, string | boolean> {
  const shared = { containerPath: mount.path, readOnly: mount.readOnly };
  if (mount.hostPath !== undefined) return { hostPath: literal(mount.hostPath), ...shared };
  if (mount.foreignVolume !== undefined) return { volumeName: terraformText(mount.foreignVolume), ...shared };
  return { volumeName: index.volumeId(mount.volume ?? ''), ...shared };
}

function isolation(plan: ContainerPlan, index: ResourceIndex): Partial<ContainerConfig> {
  const add = plan.capabilities.map(capability);
  return {
    readOnly: plan.readOnlyRoot,
    capabilities: { drop: ['ALL'], ...(add.length === 0 ? {} : { add }) },
    ...(plan.noNewPrivileges ? { securityOpts: ['no-new-privileges:true'] } : {}),
    ...(Object.keys(plan.tmpfs).length === 0 ? {} : { tmpfs: { ...plan.tmpfs } }),
    ...(Object.keys(plan.sysctls).length === 0 ? {} : { sysctls: { ...plan.sysctls } }),
    ...(plan.network.mode === 'networks' ? {} : { networkMode: plan.network.mode }),
    ...given('networksAdvanced', [...networkBlocks(plan, index)]),
    ...(plan.joinsProcessesOf === undefined
      ? {}
      : { pidMode: `container:${index.container(plan.joinsProcessesOf).id}` }),
    init: plan.init,
    privileged: false,
  };
}

export function networkBlocks(
  plan: ContainerPlan,
  index: ResourceIndex,
): { readonly name: string; readonly aliases?: string[] }[] {
  return plan.network.networks.map(({ network, foreignNetwork, aliases }) => ({
    name: foreignNetwork === undefined ? index.networkId(network ?? '') : terraformText(foreignNetwork),
    ...(aliases.length === 0 ? {} : { aliases: [...aliases] }),
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

function healthSettings({ health }: ContainerPlan): Partial<ContainerConfig> {
  if (health === undefined) return { healthcheck: { test: ['NONE'] } };
  return {
    healthcheck: {
      test: health.test.map(literal),
      interval: goDuration(health.intervalMs),
      timeout: goDuration(health.timeoutMs),
      startPeriod: goDuration(health.startPeriodMs),
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
    ignoreChanges: plan.generation ? ['name', 'hostname'] : ['name'],
    ...(replacedWith.length === 0 ? {} : { replaceTriggeredBy: replacedWith }),
    ...(plan.life === 'task' ? { postcondition: [taskCondition(plan)] } : {}),
  };
}

function taskCondition(plan: ContainerPlan): { readonly condition: string; readonly errorMessage: string } {
  return {
    condition: '${self.exit_code == 0}',
    errorMessage: `${literal(plan.failureHint ?? `${plan.key} failed`)}\n\${self.container_logs}`,
  };
}
