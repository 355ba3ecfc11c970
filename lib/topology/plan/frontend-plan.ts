import { nginxScratchBytes, privateTmpfs } from '../derive/nginx-scratch';
import { PATHS, socketDirectoryInNginx, staticDirectoryInNginx } from '../derive/paths';
import { stopGraceSeconds } from '../derive/timeouts';
import type { HealthCheck } from '../app';
import type { Frontend } from '../frontend';
import { usedMounts } from '../render/frontend-parts';
import { backendsOf } from '../render/nginx-upstream';
import { publishedPath } from '../published-file';
import type { PublishedFile } from '../published-file';
import type { StaticMount } from '../static-mount';
import type { App, Topology } from '../topology';
import { appKeys } from './app-plan';
import { fillerKey } from './filler-key';
import type { ContainerPlan, HealthPlan, MountPlan, NetworkAttachment } from './container-plan';
import {
  GATE_PROBE,
  GATE_START,
  configPublisher,
  nginxProbe,
  nginxReloader,
  nginxStart,
} from './nginx-scripts';
import { DEFAULT_LOGGING } from './helper-container';
import { publisherPlan } from './publisher-plan';
import type { ResourcePlan } from './stack-plan';
import { MEBIBYTE } from '../../values/mebibyte';

/** Time that the reloader gives nginx to start new workers. */
const RELOAD_WAIT_SECONDS = 20;

/** The rendered files of a frontend, and the hash that names the directory of its configuration. */
export interface FrontendFiles {
  readonly nginxConf: string;
  readonly gateConf: string;
  /** What the configuration names besides, each once. */
  readonly files: readonly PublishedFile[];
  readonly hash: string;
}

/** Keys of a frontend's parts. */
export const frontendKeys = {
  nginx: (id: string): string => `${id}-nginx`,
  gate: (id: string): string => `${id}-gate`,
  reloader: (id: string): string => `${id}-reloader`,
  config: (id: string): string => `${id}-config`,
  edge: (id: string): string => `${id}-edge`,
};

/** Everything a frontend asks the engine for. */
export function frontendPlan(frontend: Frontend, topology: Topology, files: FrontendFiles): ResourcePlan {
  const { id, uid, gid } = frontend;
  const edge = { sizeBytes: MEBIBYTE, uid, gid, mode: '0750' };
  const paths = [
    ...files.files.map((file) => ({ path: publishedPath(file), content: file.content })),
    { path: `${PATHS.nginxConfig}/${files.hash}/nginx.conf`, content: files.nginxConf },
  ];
  const uploads = paths.map((each) => ({ ...each, permissions: '0400' }));
  const config = [{ volume: frontendKeys.config(id), path: PATHS.nginxConfig }];
  return {
    images: [{ kind: 'pulled', key: id, name: frontend.image.name }],
    networks: [],
    volumes: [
      { key: frontendKeys.config(id) },
      ...(frontend.gate ? [{ key: frontendKeys.edge(id), tmpfs: edge }] : []),
    ],
    containers: [
      publisherPlan(frontend, frontendKeys.config(id), uploads, config, configPublisher(files.hash)),
      nginxContainer(frontend, topology),
      reloaderContainer(frontend, topology, files.hash),
      ...(frontend.gate ? [gateContainer(frontend, files.gateConf)] : []),
    ],
  };
}

function nginxContainer(frontend: Frontend, topology: Topology): ContainerPlan {
  const { id } = frontend;
  return {
    ...nginxLike(frontend),
    key: frontendKeys.nginx(id),
    role: 'nginx',
    life: 'service',
    entrypoint: ['sh', '-ec'],
    command: [nginxStart(frontend.gate)],
    groupAdd: socketGroups(frontend, topology),
    generation: true,
    mounts: nginxMounts(frontend, topology, true),
    tmpfs: {
      [PATHS.scratch]: privateTmpfs(
        frontend.scratchBytes ?? nginxScratchBytes(frontend),
        frontend.uid,
        frontend.gid,
      ),
    },
    network: nginxNetwork(frontend, topology),
    ports: frontend.gate ? [] : publishedPorts(frontend),
    health: probe(nginxProbe(frontend.gate), frontend.health),
    dependsOn: [
      `${frontendKeys.config(id)}-publisher`,
      ...staticFillers(frontend, topology),
      ...appContainers(frontend, topology),
    ],
    createBeforeDestroy: frontend.gate,
  };
}

/** Attached to the running nginx: same user, image, mounts and network, so that `nginx -t` sees what nginx sees. */
function reloaderContainer(frontend: Frontend, topology: Topology, hash: string): ContainerPlan {
  const { id } = frontend;
  return {
    ...nginxLike(frontend),
    key: frontendKeys.reloader(id),
    role: 'reloader',
    life: 'task',
    entrypoint: ['sh', '-ec'],
    command: [nginxReloader(hash, RELOAD_WAIT_SECONDS)],
    groupAdd: socketGroups(frontend, topology),
    generation: false,
    mounts: nginxMounts(frontend, topology, false),
    tmpfs: { [PATHS.scratch]: privateTmpfs(MEBIBYTE, frontend.uid, frontend.gid) },
    network: nginxNetwork(frontend, topology),
    ports: [],
    restart: 'no',
    logging: DEFAULT_LOGGING,
    joinsProcessesOf: frontendKeys.nginx(id),
    dependsOn: [frontendKeys.nginx(id), `${frontendKeys.config(id)}-publisher`],
    // Handed down to what it depends on: an nginx that has ports of its own would be made before the old one gave them up.
    createBeforeDestroy: frontend.gate,
    failureHint: `nginx of ${frontend.construct} refused its new configuration; the old one goes on serving`,
  };
}

/**
 * What owns the ports is replaced as rarely as can be, since that closes them: nginx's limits are not its own, and another image
 * of nginx leaves it as it is.
 */
function gateContainer(frontend: Frontend, gateConf: string): ContainerPlan {
  return {
    ...nginxLike(frontend),
    limits: {},
    keepsImage: true,
    key: frontendKeys.gate(frontend.id),
    role: 'gate',
    life: 'service',
    entrypoint: ['sh', '-ec'],
    command: [GATE_START],
    groupAdd: [],
    generation: false,
    environment: { GATE_CONF: gateConf },
    mounts: [{ volume: frontendKeys.edge(frontend.id), path: PATHS.edge, readOnly: true }],
    tmpfs: { [PATHS.scratch]: privateTmpfs(16 * MEBIBYTE, frontend.uid, frontend.gid) },
    network: { mode: 'bridge', networks: [] },
    ports: publishedPorts(frontend),
    health: probe(GATE_PROBE, GATE_TIMES),
    dependsOn: [],
    createBeforeDestroy: false,
  };
}

type NginxLike = Omit<
  ContainerPlan,
  | 'key'
  | 'role'
  | 'life'
  | 'entrypoint'
  | 'command'
  | 'groupAdd'
  | 'generation'
  | 'mounts'
  | 'tmpfs'
  | 'network'
  | 'ports'
  | 'health'
  | 'dependsOn'
  | 'createBeforeDestroy'
>;

/** What nginx, its reloader and its gate have in common. */
function nginxLike(frontend: Frontend): NginxLike {
  const { hardening } = frontend;
  return {
    construct: frontend.construct,
    image: frontend.id,
    user: `${String(frontend.uid)}:${String(frontend.gid)}`,
    readOnlyRoot: hardening.readOnlyRoot,
    capabilities: hardening.capabilities,
    noNewPrivileges: hardening.noNewPrivileges,
    environment: { HOME: '/tmp' },
    stop: { signal: 'SIGQUIT', graceSeconds: stopGraceSeconds(frontend.shutdownTimeoutSeconds) },
    restart: frontend.restart,
    logging: frontend.logging,
    init: false,
    limits: {
      ...(frontend.cpus === undefined ? {} : { cpus: frontend.cpus }),
      ...(frontend.memoryBytes === undefined ? {} : { memoryBytes: frontend.memoryBytes }),
    },
    sysctls: {},
    labels: frontend.labels,
    uploads: [],
    replacedWith: [],
  };
}

/** Fixed, since another value would replace the gate and close its ports. */
const GATE_TIMES: HealthCheck = { intervalMs: 5000, timeoutMs: 3000, retries: 3, waitSeconds: 60 };

function probe(script: string, { intervalMs, timeoutMs, retries, waitSeconds }: HealthCheck): HealthPlan {
  return { test: ['CMD', 'sh', '-c', script], intervalMs, timeoutMs, startPeriodMs: 0, retries, waitSeconds };
}

function publishedPorts(frontend: Frontend): ContainerPlan['ports'] {
  return frontend.listeners.map(({ port, address }) => ({ internal: port, external: port, ip: address }));
}

/** The applications that a frontend passes to, in the order of their first use. */
export function appsOf(frontend: Frontend, topology: Topology): App[] {
  const ids = new Set(backendsOf(frontend).flatMap((backend) => backend.apps));
  return topology.apps.filter((app) => ids.has(app.id));
}

function socketGroups(frontend: Frontend, topology: Topology): number[] {
  const gids = appsOf(frontend, topology)
    .filter((app) => app.transport?.kind === 'unix')
    .map((app) => app.gid);
  gids.push(...hostSockets(frontend).flatMap((socket) => socket.gids));
  return [...new Set(gids)].filter((gid) => gid !== frontend.gid).sort((a, b) => a - b);
}

/** Directories of the host that hold sockets of others, each once, with the groups that may connect. */
function hostSockets(frontend: Frontend): { readonly directory: string; readonly gids: readonly number[] }[] {
  const found = new Map<string, number[]>();
  for (const { address } of backendsOf(frontend).flatMap(({ members }) => members)) {
    if (address.kind !== 'socket') continue;
    const directory = address.path.slice(0, address.path.lastIndexOf('/'));
    const gids = address.gid === undefined ? [] : [address.gid];
    found.set(directory, [...(found.get(directory) ?? []), ...gids]);
  }
  return [...found].map(([directory, gids]) => ({ directory, gids }));
}

function appContainers(frontend: Frontend, topology: Topology): string[] {
  return appsOf(frontend, topology).flatMap((app) =>
    Array.from({ length: app.replicas }, (_, slot) => appKeys.container(app.id, slot)),
  );
}

function staticFillers(frontend: Frontend, topology: Topology): string[] {
  return staticsOf(frontend, topology).flatMap(({ id, source }) =>
    source.kind === 'hostPath' ? [] : [fillerKey(id)],
  );
}

function nginxMounts(frontend: Frontend, topology: Topology, isNginx: boolean): MountPlan[] {
  const sockets = appsOf(frontend, topology)
    .filter((app) => app.transport?.kind === 'unix')
    .map((app) => ({
      volume: appKeys.sockets(app.id),
      path: socketDirectoryInNginx(app.id),
      readOnly: true,
    }));
  const edge =
    frontend.gate && isNginx
      ? [{ volume: frontendKeys.edge(frontend.id), path: PATHS.edge, readOnly: false }]
      : [];
  return [
    { volume: frontendKeys.config(frontend.id), path: PATHS.nginxConfig, readOnly: isNginx },
    ...edge,
    ...sockets,
    ...hostSockets(frontend).map(({ directory }) => ({
      hostPath: directory,
      path: `${PATHS.hostSockets}${directory}`,
      readOnly: true,
    })),
    ...staticsOf(frontend, topology).map(staticMount),
  ];
}

function staticMount(mount: StaticMount): MountPlan {
  const path = staticDirectoryInNginx(mount.id);
  return mount.source.kind === 'hostPath'
    ? { hostPath: mount.source.directory, path, readOnly: true }
    : { volume: `${mount.id}-files`, path, readOnly: true };
}

function staticsOf(frontend: Frontend, topology: Topology): StaticMount[] {
  const used = new Set(usedMounts(frontend));
  return topology.staticMounts.filter(({ id }) => used.has(id));
}

/** Behind a gate and with sockets alone, nginx needs no network at all. */
function nginxNetwork(frontend: Frontend, topology: Topology): NetworkAttachment {
  const own = appsOf(frontend, topology)
    .filter((app) => app.transport?.kind === 'tcp')
    .map((app) => ({ network: appKeys.network(app.id), aliases: [] }));
  const networks = [...own, ...frontend.networks.map((foreignNetwork) => ({ foreignNetwork, aliases: [] }))];
  if (networks.length > 0) return { mode: 'networks', networks };
  const outside = backendsOf(frontend).some((backend) =>
    backend.members.some(({ address }) => address.kind === 'host'),
  );
  return { mode: frontend.gate && !outside ? 'none' : 'bridge', networks: [] };
}
