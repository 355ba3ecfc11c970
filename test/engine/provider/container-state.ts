import type Docker from 'dockerode';
import { goText } from './go-duration';
import { list, members, word } from './values';
import type { Members, Value } from './values';

/** What the provider reads back of a container; the rest of the state is what was planned. */
export function readBack(found: Docker.ContainerInspectInfo, state: Members): Members {
  const { Config: config, HostConfig: host } = found;
  return {
    ...state,
    id: found.Id,
    name: found.Name.replace(/^\//, ''),
    image: state['image'] === config.Image ? config.Image : (state['image'] ?? found.Image),
    hostname: config.Hostname,
    user: config.User === '' ? (state['user'] ?? null) : config.User,
    working_dir: config.WorkingDir === '' ? (state['working_dir'] ?? null) : config.WorkingDir,
    command: config.Cmd,
    entrypoint: entrypointOf(config.Entrypoint),
    env: state['env'] ?? null,
    stop_signal: (config as { readonly StopSignal?: string }).StopSignal ?? '',
    stop_timeout: (config as { readonly StopTimeout?: number }).StopTimeout ?? 0,
    restart: host.RestartPolicy?.Name ?? 'no',
    max_retry_count: host.RestartPolicy?.MaximumRetryCount ?? 0,
    cpu_shares: host.CpuShares ?? 0,
    cpu_set: host.CpusetCpus ?? '',
    read_only: host.ReadonlyRootfs ?? false,
    privileged: host.Privileged ?? false,
    network_mode: host.NetworkMode ?? '',
    pid_mode: host.PidMode === '' ? (state['pid_mode'] ?? null) : (host.PidMode ?? null),
    ipc_mode: host.IpcMode ?? '',
    runtime: host.Runtime ?? '',
    shm_size: Math.floor((host.ShmSize ?? 0) / 1024 ** 2),
    security_opts: (host.SecurityOpt as string[] | undefined) ?? [],
    init: host.Init ?? false,
    memory: wholeMebibytes(host.Memory ?? 0),
    memory_swap: wholeMebibytes(host.MemorySwap ?? 0),
    ulimit: ulimits(host),
    log_driver: host.LogConfig?.Type ?? '',
    log_opts: mapOr((host.LogConfig?.Config ?? {}) as Record<string, string>, state['log_opts']),
    tmpfs: mapOr(host.Tmpfs ?? {}, state['tmpfs']),
    sysctls: mapOr(host.Sysctls ?? {}, state['sysctls']),
    group_add: (host.GroupAdd as string[] | null | undefined) ?? state['group_add'] ?? null,
    capabilities: capabilities(host),
    healthcheck: healthcheck(config, state),
    ports: ports(found, state),
    bridge: '',
    network_data: networkData(found),
    exit_code: found.State.Running ? (state['exit_code'] ?? null) : found.State.ExitCode,
    container_logs: state['container_logs'] ?? '',
  };
}

function entrypointOf(entrypoint: string | readonly string[] | undefined | null): Value {
  if (entrypoint === undefined || entrypoint === null) return null;
  return typeof entrypoint === 'string' ? [entrypoint] : [...entrypoint];
}

/** No limit is -1, which has no unit. */
function wholeMebibytes(bytes: number): number {
  return bytes > 0 ? Math.floor(bytes / 1024 ** 2) : bytes;
}

/** Those of the daemon's own defaults too: a configuration without them is then planned as another container, for ever. */
function ulimits(host: Docker.HostConfig): Value {
  return (host.Ulimits ?? []).map(({ Name: name, Soft: soft, Hard: hard }) => ({
    name: name ?? '',
    soft: soft ?? 0,
    hard: hard ?? 0,
  }));
}

function mapOr(map: Readonly<Record<string, string>>, before: Value | undefined): Value {
  return Object.keys(map).length === 0 ? (before ?? null) : { ...map };
}

function capabilities(host: Docker.HostConfig): Value {
  const [add, drop] = [(host.CapAdd ?? []) as string[], (host.CapDrop ?? []) as string[]];
  return add.length + drop.length === 0 ? [] : [{ add, drop }];
}

function healthcheck(config: Docker.ContainerInspectInfo['Config'], state: Members): Value {
  const found = (config as { readonly Healthcheck?: Docker.HealthConfig }).Healthcheck;
  if (found === undefined) return list(state['healthcheck']).length === 0 ? [] : (state['healthcheck'] ?? []);
  return [
    {
      test: found.Test ?? [],
      interval: goText(found.Interval ?? 0),
      timeout: goText(found.Timeout ?? 0),
      start_period: goText(found.StartPeriod ?? 0),
      start_interval: goText(startInterval(found)),
      retries: found.Retries ?? 0,
    },
  ];
}

/** Newer than the client's types: engines of 25.0 and up have it. */
function startInterval(found: Docker.HealthConfig): number {
  return (found as { readonly StartInterval?: number }).StartInterval ?? 0;
}

interface PublishedPort {
  readonly HostIp: string;
  readonly HostPort: string;
}

/** Those that the engine has, and so none of a container that has stopped; in the order of the state as far as they are in it. */
function ports(found: Docker.ContainerInspectInfo, state: Members): Value {
  const all = found.NetworkSettings.Ports as Readonly<Record<string, readonly PublishedPort[] | null>>;
  const bound = Object.entries(all).flatMap(([inside, hosts]) => {
    const [internal, protocol = 'tcp'] = inside.split('/');
    return (hosts ?? []).map(({ HostIp: ip, HostPort }) => ({
      internal: Number(internal),
      external: Number(HostPort),
      ip,
      protocol,
    }));
  });
  const planned = list(state['ports']).map(members);
  const place = (port: Members): number => {
    const at = planned.findIndex((each) => samePort(each, port));
    return at === -1 ? planned.length : at;
  };
  return bound.sort((a, b) => place(a) - place(b));
}

/** A port of the host that was left to the engine is whichever it has taken. */
function samePort(planned: Members, bound: Members): boolean {
  return ['internal', 'external', 'ip', 'protocol'].every(
    (name) =>
      word(planned[name]) === word(bound[name]) || (name === 'external' && word(planned[name]) === ''),
  );
}

function networkData(found: Docker.ContainerInspectInfo): Value {
  return Object.entries(found.NetworkSettings.Networks).map(([name, network]) => ({
    network_name: name,
    ip_address: network.IPAddress,
    ip_prefix_length: network.IPPrefixLen,
    gateway: network.Gateway,
    global_ipv6_address: network.GlobalIPv6Address,
    global_ipv6_prefix_length: network.GlobalIPv6PrefixLen,
    ipv6_gateway: network.IPv6Gateway,
    mac_address: network.MacAddress,
  }));
}
