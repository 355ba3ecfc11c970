import type Docker from 'dockerode';
import { goNanoseconds } from './go-duration';
import { list, members, number, single, text, textMap, texts } from './values';
import type { Members } from './values';
import { labels } from './volume';

/** The body of the engine's create call. */
export function createOptions(planned: Members): Docker.ContainerCreateOptions {
  return {
    name: text(planned['name']) ?? '',
    Image: text(planned['image']) ?? '',
    Env: texts(planned['env']),
    Labels: labels(planned['labels']),
    Tty: planned['tty'] === true,
    ExposedPorts: Object.fromEntries(ports(planned).map(({ inside }) => [inside, {}])),
    HostConfig: hostConfig(planned),
    ...given('Hostname', text(planned['hostname'])),
    ...given('Cmd', planned['command'] === null ? undefined : filled(texts(planned['command']))),
    ...given('Entrypoint', filled(texts(planned['entrypoint']))),
    ...given('User', text(planned['user'])),
    ...given('WorkingDir', text(planned['working_dir'])),
    ...given('StopSignal', text(planned['stop_signal'])),
    ...given('StopTimeout', number(planned['stop_timeout'])),
    ...given('Healthcheck', healthcheck(planned)),
  };
}

function hostConfig(planned: Members): Docker.HostConfig {
  const capabilities = single(planned['capabilities']);
  return {
    Binds: list(planned['volumes']).map(members).map(bind),
    PortBindings: Object.fromEntries(
      [...new Set(ports(planned).map(({ inside }) => inside))].map((inside) => [
        inside,
        ports(planned)
          .filter((port) => port.inside === inside)
          .map(({ HostIp, HostPort }) => ({ HostIp, HostPort })),
      ]),
    ),
    NetworkMode: text(planned['network_mode']) ?? 'bridge',
    Privileged: planned['privileged'] === true,
    ReadonlyRootfs: planned['read_only'] === true,
    CapAdd: texts(capabilities?.['add']).map(capability),
    CapDrop: texts(capabilities?.['drop']).map(capability),
    Ulimits: list(planned['ulimit']).map(members).map(ulimit),
    SecurityOpt: texts(planned['security_opts']),
    Tmpfs: textMap(planned['tmpfs']),
    Sysctls: textMap(planned['sysctls']),
    GroupAdd: texts(planned['group_add']),
    ...updatable(planned),
    CpuPeriod: number(planned['cpu_period']) ?? 0,
    CpuQuota: number(planned['cpu_quota']) ?? 0,
    ...given('PidMode', text(planned['pid_mode'])),
    ...given('Init', typeof planned['init'] === 'boolean' ? planned['init'] : undefined),
    ...given(
      'LogConfig',
      text(planned['log_driver']) === undefined
        ? undefined
        : { Type: text(planned['log_driver']) ?? '', Config: textMap(planned['log_opts']) },
    ),
  };
}

/** What an update in place hands to the engine too. */
export function updatable(
  planned: Members,
): Pick<Docker.HostConfig, 'RestartPolicy' | 'Memory' | 'MemorySwap' | 'CpuShares' | 'CpusetCpus'> {
  return {
    RestartPolicy: {
      Name: text(planned['restart']) ?? 'no',
      MaximumRetryCount: number(planned['max_retry_count']) ?? 0,
    },
    Memory: (number(planned['memory']) ?? 0) * 1024 ** 2,
    MemorySwap: swapBytes(number(planned['memory_swap']) ?? 0),
    CpuShares: number(planned['cpu_shares']) ?? 0,
    CpusetCpus: text(planned['cpu_set']) ?? '',
  };
}

/** No limit is -1, which has no unit. */
function swapBytes(mebibytes: number): number {
  return mebibytes > 0 ? mebibytes * 1024 ** 2 : mebibytes;
}

/** The provider's client writes capabilities in its own way, so the engine never hears another one. */
function capability(name: string): string {
  const upper = name.toUpperCase();
  return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}

function ulimit(block: Members): { readonly Name: string; readonly Soft: number; readonly Hard: number } {
  const { name, soft, hard } = block;
  return { Name: text(name) ?? '', Soft: number(soft) ?? 0, Hard: number(hard) ?? 0 };
}

function bind(block: Members): string {
  const source = text(block['host_path']) ?? text(block['volume_name']) ?? '';
  return `${source}:${text(block['container_path']) ?? ''}:${block['read_only'] === true ? 'ro' : 'rw'}`;
}

function ports(
  planned: Members,
): { readonly inside: string; readonly HostIp: string; readonly HostPort: string }[] {
  return list(planned['ports'])
    .map(members)
    .map((port) => ({
      inside: `${String(number(port['internal']))}/${text(port['protocol']) ?? 'tcp'}`,
      HostIp: text(port['ip']) ?? '0.0.0.0',
      HostPort: String(number(port['external']) ?? ''),
    }));
}

function healthcheck(planned: Members): Docker.HealthConfig | undefined {
  const block = single(planned['healthcheck']);
  if (block === undefined) return undefined;
  return {
    Test: texts(block['test']),
    Interval: goNanoseconds(text(block['interval']) ?? '0s'),
    Timeout: goNanoseconds(text(block['timeout']) ?? '0s'),
    StartPeriod: goNanoseconds(text(block['start_period']) ?? '0s'),
    Retries: number(block['retries']) ?? 0,
    ...given('StartInterval', goNanoseconds(text(block['start_interval']) ?? '0s') || undefined),
  };
}

function filled(values: string[]): string[] | undefined {
  return values.length === 0 ? undefined : values;
}

function given<K extends string, V>(name: K, value: V | undefined): { readonly [name in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in K]: V });
}
