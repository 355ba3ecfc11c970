import { resolve } from 'node:path';
import { Token } from '../docker/cdktf';
import { ConfigError, shown } from '../errors';
import type { AppBase, Protocol } from '../topology/app';
import type { DockerHost } from '../topology/docker-host';
import { isKnown } from '../topology/deferred';
import type { Text } from '../topology/deferred';
import type { AppProps } from './app-props';
import { HealthCheck } from './health-check';
import { Logging } from './logging';
import { refuseTokens, textOf } from './text';
import { Transport } from './transport';

/** Props through which Terraform tokens reach the container. */
const CARRIED = ['environment', 'networks', 'provider'] as const;

/** Where an application stands, and what its server is. */
export interface AppPlace {
  readonly id: string;
  readonly construct: string;
  readonly host: DockerHost;
  readonly serverVersion: string;
  readonly protocol: Protocol;
}

/** The part of an application's model that does not depend on its server. */
export function appBase(props: AppProps, { host, ...at }: AppPlace): AppBase {
  refuseTokens(props, CARRIED);
  const uid = checkedId('uid', props.uid ?? 10001);
  const listeners = (props.listeners ?? []).map((listener) => listener._model);
  checkPorts(props);
  const transport = props.transport ?? (listeners.length === 0 ? Transport.unixSocket() : undefined);
  return {
    ...at,
    image: props.image._model,
    uid,
    gid: checkedId('gid', props.gid ?? uid),
    module: props.module._model,
    chdir: checkedDirectory(props.chdir ?? '/app'),
    ...codeOf(props),
    ...(transport === undefined ? {} : { transport: transport._model }),
    socketMode: props.socketMode?.octal ?? '660',
    replicas: checkedReplicas(props.replicas ?? 1, listeners.length),
    ...limits(props),
    environment: environment(props.environment ?? {}),
    secretFiles: (props.secretFiles ?? []).map((file) => file._model),
    mounts: (props.mounts ?? []).map((mount) => mount._model),
    networks: checkedNetworks(props.networks ?? []),
    health: (props.healthCheck ?? HealthCheck.connect())._model,
    restart: props.restart ?? 'unless-stopped',
    logging: props.logging?._model ?? host.logging ?? Logging.jsonFile()._model,
    labels: checkedLabels(props.labels ?? {}),
    listeners,
    hardening: hardening(props),
    development: props.development ?? false,
    ...(props.release === undefined ? {} : { release: props.release._model }),
  };
}

/** Where the code lies; a directory that is mounted is named as the engine's host knows it. */
function codeOf({ codeDirectory, development }: AppProps): Pick<AppBase, 'codeDirectory'> {
  if (codeDirectory === undefined) return {};
  return { codeDirectory: development === true ? resolve(codeDirectory) : codeDirectory };
}

/** What is hardened unless the user takes it off, piece by piece. */
export function hardening(
  props: Pick<AppProps, 'readOnlyRoot' | 'noNewPrivileges' | 'capabilities'>,
): AppBase['hardening'] {
  return {
    readOnlyRoot: props.readOnlyRoot ?? true,
    noNewPrivileges: props.noNewPrivileges ?? true,
    capabilities: (props.capabilities ?? []).map(checkedCapability),
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

function checkedCapability(name: string): string {
  if (!/^(?:CAP_)?[A-Z_]+$/i.test(name)) {
    throw new ConfigError({
      what: `capabilities: ${shown(name)} is not a capability`,
      fix: "give the kernel's name of one, such as 'NET_ADMIN'",
    });
  }
  return name;
}

/**
 * Networks by name or id; tokens are carried through.
 *
 * @throws ConfigError for a name that the engine cannot take.
 */
export function checkedNetworks(networks: readonly string[]): Text[] {
  return networks.map((network) => {
    const text = textOf(network);
    if (isKnown(text) && !/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(text)) {
      throw new ConfigError({
        what: `networks: ${shown(network)} is not the name of a network`,
        fix: "give a name or an id, such as 'backend'",
      });
    }
    return text;
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
  if (memory !== undefined && memory.toBytes() < LEAST_MEMORY_MEBIBYTES * 1024 ** 2) {
    throw new ConfigError({
      what: `memory of ${String(memory.toBytes())} bytes is less than a container can have`,
      fix: `give Size.mebibytes(${String(LEAST_MEMORY_MEBIBYTES)}) or more`,
    });
  }
}

/** A number from 1: root is refused, since nothing here needs it. */
export function checkedId(prop: string, id: number): number {
  if (!Number.isInteger(id) || id < 1 || id > 65_533) {
    throw new ConfigError({
      what: `${prop} ${String(id)} is not the number of an ordinary user`,
      fix: 'give a whole number from 1 to 65533',
    });
  }
  return id;
}

function checkedDirectory(directory: string): string {
  if (!/^(?:\/[A-Za-z0-9._-]+)+$/.test(directory) || directory.split('/').includes('..')) {
    throw new ConfigError({
      what: `chdir ${shown(directory)} is not an absolute directory`,
      fix: "give one of letters, digits, '.', '_' and '-', such as '/opt/shop'",
    });
  }
  return directory;
}

/** More containers of one application than one host can run. */
const MOST_REPLICAS = 1000;

/** One port of a container is one socket. */
function checkPorts({ transport, listeners }: AppProps): void {
  const model = transport?._model;
  if (model?.kind !== 'tcp') return;
  if ((listeners ?? []).some((listener) => listener._model.port === model.port)) {
    throw new ConfigError({
      what: `Transport.tcp(${String(model.port)}) and a listener of the same application want the same port of its container`,
      fix: 'give the transport another port: only nginx sees it',
    });
  }
}

function checkedReplicas(replicas: number, listeners: number): number {
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > MOST_REPLICAS) {
    throw new ConfigError({
      what: `replicas ${String(replicas)} is not a count`,
      fix: `give a whole number from 1 to ${String(MOST_REPLICAS)}`,
    });
  }
  if (replicas > 1 && listeners > 0) {
    throw new ConfigError({
      what: `${String(replicas)} replicas cannot all publish the same port of the host`,
      fix: 'publish one, or put an NginxFrontend in front of them instead of listeners',
    });
  }
  return replicas;
}

/** Variables that servers read behind the config file's back; the error names the prop that does it openly. */
const SERVER_VARIABLES: Readonly<Record<string, string>> = {
  GUNICORN_CMD_ARGS: 'settings',
  WEB_CONCURRENCY: 'workers',
  PORT: 'transport or listeners',
  FORWARDED_ALLOW_IPS: 'forwardedAllowIps',
};

/**
 * Environment variables, Terraform tokens carried through.
 *
 * @throws ConfigError for what cannot be one, and for what would change the server behind its config file.
 */
export function environment(variables: Readonly<Record<string, string>>): AppBase['environment'] {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      checkVariable(name, value);
      return [name, textOf(value)];
    }),
  );
}

function checkVariable(name: string, value: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name) || (!Token.isUnresolved(value) && value.includes('\0'))) {
    throw new ConfigError({
      what: `${shown(name)} cannot be an environment variable`,
      fix: "give a name without '=' and a value without NUL",
    });
  }
  const prop = name.startsWith('UWSGI_') ? 'options' : SERVER_VARIABLES[name];
  if (prop !== undefined) {
    throw new ConfigError({
      what: `the environment variable ${name} would change the server behind its config file`,
      fix: `use ${prop}, or give the application's own variable another name`,
    });
  }
}
