import { resolve } from 'node:path';
import { ConfigError, named, shown } from '../../errors';
import { compareVersions } from '../../server-version';
import type { IConstruct } from '../../docker/cdktf';
import type { AppBase, Protocol } from '../../topology/app';
import type { DockerHost } from '../../topology/docker-host';
import type { AppProps } from './app-props';
import { HealthCheck } from './health-check';
import { Logging } from '../container/logging';
import { checkedLabels, checkedNetworks, hardening, limits } from '../checked/container';
import { environment } from '../checked/environment';
import { anyId } from '../checked/user';
import { refuseTokens } from '../checked/tokens';
import { StackTopology } from '../stack/stack-topology';
import { Transport } from './transport';

/** Props through which Terraform tokens reach the container. */
const CARRIED = ['environment', 'networks', 'provider'] as const;

/** User and group that no image has: what an application may do is settled by what it is given, not by whose files it finds. */
const ORDINARY_ID = 10_001;

/** Where an application stands, and what its server is. */
export interface AppPlace {
  readonly id: string;
  readonly construct: string;
  readonly host: DockerHost;
  readonly serverVersion: string;
  readonly protocol: Protocol;
}

/** Takes the application's id in its stack, and says where it stands. */
export function placeOf(
  construct: IConstruct,
  server: Pick<AppPlace, 'serverVersion' | 'protocol'>,
): AppPlace {
  const declared = StackTopology.of(construct);
  return {
    id: declared.idOf(construct),
    construct: construct.node.path,
    host: declared.host(),
    ...server,
  };
}

/** The part of an application's model that does not depend on its server. */
export function appBase(props: AppProps, { host, ...at }: AppPlace): AppBase {
  refuseTokens(props, CARRIED);
  named('serverVersion', () => compareVersions(at.serverVersion, '0'));
  const uid = anyId('uid', props.uid ?? ORDINARY_ID);
  const listeners = (props.listeners ?? []).map((listener) => listener._model);
  checkPorts(props);
  const transport = props.transport ?? (listeners.length === 0 ? Transport.unixSocket() : undefined);
  return {
    ...at,
    image: props.image._model,
    uid,
    gid: anyId('gid', props.gid ?? (uid === 0 ? ORDINARY_ID : uid)),
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
