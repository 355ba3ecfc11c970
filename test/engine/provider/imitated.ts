import type { Block } from './schema';
import { list, members } from './values';
import type { Members, Value } from './values';

/**
 * What of each resource the double hands to the engine, or acts by. Whatever else a configuration sets would be ignored without a word,
 * and a test would pass that has tested nothing: so the double refuses it.
 */
export const IMITATED: Readonly<Record<string, readonly string[]>> = {
  docker_container: [
    ...['name', 'image', 'entrypoint', 'command', 'user', 'working_dir', 'hostname', 'env', 'tty', 'init'],
    ...[
      'group_add',
      'read_only',
      'privileged',
      'security_opts',
      'tmpfs',
      'sysctls',
      'pid_mode',
      'network_mode',
    ],
    ...['stop_signal', 'stop_timeout', 'restart', 'max_retry_count', 'log_driver', 'log_opts'],
    ...['memory', 'memory_swap', 'cpu_shares', 'cpu_set', 'cpu_period', 'cpu_quota'],
    ...[
      'start',
      'attach',
      'logs',
      'must_run',
      'wait',
      'wait_timeout',
      'destroy_grace_seconds',
      'remove_volumes',
    ],
    ...['capabilities.add', 'capabilities.drop', 'labels.label', 'labels.value'],
    ...['networks_advanced.name', 'networks_advanced.aliases'],
    ...['ports.internal', 'ports.external', 'ports.ip', 'ports.protocol'],
    ...['ulimit.name', 'ulimit.soft', 'ulimit.hard'],
    ...['upload.file', 'upload.content', 'upload.content_base64', 'upload.permissions', 'upload.executable'],
    ...['volumes.volume_name', 'volumes.host_path', 'volumes.container_path', 'volumes.read_only'],
    ...['healthcheck.test', 'healthcheck.interval', 'healthcheck.timeout', 'healthcheck.retries'],
    ...['healthcheck.start_period', 'healthcheck.start_interval'],
  ],
  docker_image: [
    ...['name', 'keep_locally', 'force_remove', 'triggers'],
    ...['build.context', 'build.dockerfile', 'build.build_args', 'build.label', 'build.remove'],
  ],
  docker_network: ['name', 'driver', 'internal', 'options', 'labels.label', 'labels.value'],
  docker_volume: ['name', 'driver', 'driver_opts', 'labels.label', 'labels.value'],
  provider: ['host'],
};

/** What a configuration sets and the double does not imitate, by its path. */
export function notImitated(type: string, schema: Block, config: Members): string[] {
  const known = IMITATED[type] ?? [];
  const attributes = schema.attributes.filter(({ name }) => isSet(config[name]) && !known.includes(name));
  const blocks = schema.blocks.flatMap(({ name, block }) =>
    blocksOf(config[name]).flatMap((each) => notImitatedInside(known, name, block, each)),
  );
  return [...new Set([...attributes.map(({ name }) => name), ...blocks])];
}

/** Of a block of which nothing is imitated, the block itself, even when it is empty. */
function notImitatedInside(known: readonly string[], name: string, block: Block, config: Members): string[] {
  if (!known.some((path) => path.startsWith(`${name}.`))) return [name];
  return [...block.attributes, ...block.blocks]
    .filter((part) => isSet(config[part.name]))
    .map((part) => `${name}.${part.name}`)
    .filter((path) => !known.includes(path));
}

/** A block that may stand once comes as an object, others come as a list. */
function blocksOf(value: Value | undefined): readonly Members[] {
  if (Array.isArray(value)) return list(value).map(members);
  return isSet(value) ? [members(value ?? null)] : [];
}

/** True for what a configuration says something about. */
export function isSet(value: Value | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
