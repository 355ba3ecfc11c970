import { ConfigError, shown } from '../../errors';
import type { AppBase } from '../../topology/app';
import { isKnown } from '../../topology/deferred';
import type { Text } from '../../topology/deferred';
import { item } from './values';
import { checkedCapability } from './capability';
import type { AppProps } from '../app/app-props';
import { textOf } from './tokens';
import { MEBIBYTE } from '../../values/mebibyte';

/** What is hardened unless the user takes it off, piece by piece. */
export function hardening(
  props: Pick<AppProps, 'readOnlyRoot' | 'noNewPrivileges' | 'capabilities'>,
): AppBase['hardening'] {
  return {
    readOnlyRoot: props.readOnlyRoot ?? true,
    noNewPrivileges: props.noNewPrivileges ?? true,
    capabilities: (props.capabilities ?? []).map((name, at) =>
      checkedCapability(item('capabilities', at), name),
    ),
  };
}

/** The limits of a container, as far as they are declared. */
export function limits(props: Pick<AppProps, 'cpus' | 'memory'>): Pick<AppBase, 'cpus' | 'memoryBytes'> {
  checkLimits(props);
  return {
    ...(props.cpus === undefined ? {} : { cpus: props.cpus }),
    ...(props.memory === undefined ? {} : { memoryBytes: props.memory.toBytes() }),
  };
}

/** More cpus than any Docker host has; a mistyped number would become as many workers. */
const MOST_CPUS = 1024;

/** Least memory that the engine takes for a container. */
const LEAST_MEMORY_MEBIBYTES = 6;

function checkLimits({ cpus, memory }: Pick<AppProps, 'cpus' | 'memory'>): void {
  if (cpus !== undefined && !(cpus >= 0.01 && cpus <= MOST_CPUS)) {
    throw new ConfigError({
      what: `cpus ${shown(cpus)} is not a number of cpus`,
      fix: `give a number from 0.01 to ${String(MOST_CPUS)}, such as 0.5 or 2`,
    });
  }
  if (memory !== undefined && memory.toBytes() < LEAST_MEMORY_MEBIBYTES * MEBIBYTE) {
    throw new ConfigError({
      what: `memory of ${String(memory.toBytes())} bytes is less than a container can have`,
      fix: `give Size.mebibytes(${String(LEAST_MEMORY_MEBIBYTES)}) or more`,
    });
  }
}

/** Names that the engine keeps for what no container can be connected to by name, each with the way to have it. */
const SPECIAL_NETWORKS: ReadonlyMap<string, string> = new Map([
  ['bridge', "leave it out: the engine's bridge is where a container without networks is"],
  ['default', "leave it out: the engine's bridge is where a container without networks is"],
  ['host', 'leave it out, and give listeners, which publish ports of the host'],
  [
    'none',
    'give a network that was made with `docker network create --internal`, from which nothing leads outside',
  ],
]);

/**
 * Networks by name or id; tokens are carried through.
 *
 * @throws ConfigError for a name that the engine cannot take.
 */
export function checkedNetworks(networks: readonly string[]): Text[] {
  return networks.map((network, at) => {
    const text = textOf(network);
    if (isKnown(text) && !/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(text)) {
      throw new ConfigError({
        what: `${item('networks', at)} ${shown(network)} is not the name of a network`,
        fix: "give a name or an id, such as 'backend'",
      });
    }
    refuseSpecial(item('networks', at), network);
    return text;
  });
}

function refuseSpecial(prop: string, network: string): void {
  const fix = SPECIAL_NETWORKS.get(network);
  if (fix === undefined) return;
  throw new ConfigError({
    what: `${prop} ${shown(network)} is no network that the engine connects a container to by name`,
    fix,
  });
}

/**
 * Labels of a user's own.
 *
 * @throws ConfigError for a name that is empty or the library's.
 */
export function checkedLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  for (const name of Object.keys(labels)) {
    if (name === '' || name.startsWith('cdktf-wsgi.')) {
      throw new ConfigError({
        what: `labels: ${shown(name)} cannot be the name of a label of yours`,
        fix: "give one that is not empty and does not begin with 'cdktf-wsgi.', by which the library finds its containers",
      });
    }
  }
  return { ...labels };
}
