import { tmpfsSizes } from '../derive/container-room';
import { PATHS, configFileName, socketDirectoryInApp, secretDirectories } from '../derive/paths';
import { socketDirectory } from '../derive/socket-access';
import { privateTmpfs } from '../derive/nginx-scratch';
import { DEFAULT_SOMAXCONN } from '../derive/queue-sizing';
import { drainSeconds, stopGraceSeconds } from '../derive/timeouts';
import { APP_PROBE_SOURCE } from '../render/app-probe-table';
import type { App } from '../topology';
import { appProbe } from './app-probe';
import type { ContainerPlan, MountPlan, NetworkAttachment, UploadPlan } from './container-plan';
import { fillerKey } from './filler-key';
import { shippedCode } from './shipped-code';
import { imagePlan } from './image-plan';
import { ownerPlan, publisherPlan } from './publisher-plan';
import { releaseKey, releasePlan } from './release-plan';
import type { NetworkPlan, ResourcePlan, VolumePlan } from './stack-plan';
import { MEBIBYTE } from '../../values/mebibyte';
import { shortHash } from '../short-hash';

/** Keys of an application's parts, which its frontends refer to. */
export const appKeys = {
  container: (app: string, slot: number): string => `${app}-${String(slot)}`,
  sockets: (app: string): string => `${app}-sockets`,
  network: (app: string): string => `${app}-network`,
};

/** Everything an application asks the engine for; `config` is the text of its server's configuration. */
export function appPlan(app: App, config: string): ResourcePlan {
  const uploads = configUploads(app, config);
  const secrets = secretVolumes(app);
  return {
    images: [imagePlan(app)],
    networks: networkPlans(app),
    volumes: [
      ...socketVolumes(app),
      { key: `${app.id}-config`, contentHash: hashOf(uploads) },
      ...secrets.map(({ key }) => ({ key })),
    ],
    containers: [
      publisherPlan(app, `${app.id}-config`, uploads, [
        { volume: `${app.id}-config`, path: PATHS.appConfig },
      ]),
      ...secretPublishers(app),
      ...dataOwner(app),
      ...generations(app),
    ],
  };
}

/** The containers that serve, and before them what makes ready for them. */
export function generations(app: App): ContainerPlan[] {
  const containers = Array.from({ length: app.replicas }, (_, slot) => appContainer(app, slot));
  const [first] = containers;
  if (app.release === undefined || first === undefined) return containers;
  const after = containers.map((each) => ({ ...each, dependsOn: [...each.dependsOn, releaseKey(app)] }));
  return [releasePlan(app, app.release, first), ...after];
}

function configUploads(app: App, config: string): UploadPlan[] {
  return [
    { path: `${PATHS.appConfig}/${configFileName(app)}`, content: config, permissions: '0400' },
    { path: `${PATHS.appConfig}/probe.py`, content: APP_PROBE_SOURCE, permissions: '0400' },
  ];
}

function hashOf(value: unknown): string {
  return shortHash(JSON.stringify(value));
}

function networkPlans(app: App): NetworkPlan[] {
  return app.transport?.kind === 'tcp' ? [{ key: appKeys.network(app.id), internal: false }] : [];
}

function socketVolumes(app: App): VolumePlan[] {
  if (app.transport?.kind !== 'unix') return [];
  const { uid, gid, mode } = socketDirectory(app);
  return [{ key: appKeys.sockets(app.id), tmpfs: { sizeBytes: MEBIBYTE, uid, gid, mode: `0${mode}` } }];
}

/** One volume for each directory that holds secret files. */
function secretVolumes(app: App): { readonly key: string; readonly path: string }[] {
  return secretDirectories(app).map((path, index) => ({ key: `${app.id}-secrets-${String(index)}`, path }));
}

function secretPublishers(app: App): ContainerPlan[] {
  const volumes = secretVolumes(app);
  if (volumes.length === 0) return [];
  const uploads = app.secretFiles.map(({ path, content }) => ({ path, content, permissions: '0400' }));
  const mounts = volumes.map(({ key, path }) => ({ volume: key, path }));
  return [publisherPlan(app, `${app.id}-secrets`, uploads, mounts)];
}

/** Hands the top directory of persistent data to the application: a new volume is root's. */
function dataOwner(app: App): ContainerPlan[] {
  const mounts = app.mounts.flatMap((mount) =>
    mount.kind === 'volume' && !mount.readOnly ? [{ volume: mount.volume, path: mount.path }] : [],
  );
  return mounts.length === 0 ? [] : [ownerPlan(app, `${app.id}-data`, mounts)];
}

function appContainer(app: App, slot: number): ContainerPlan {
  const before = [
    `${app.id}-config-publisher`,
    ...(app.secretFiles.length > 0 ? [`${app.id}-secrets-publisher`] : []),
    ...dataOwner(app).map(({ key }) => key),
    ...(shippedCode(app) === undefined ? [] : [fillerKey(`${app.id}-code`)]),
  ];
  return {
    key: appKeys.container(app.id, slot),
    role: 'app',
    life: 'service',
    construct: app.construct,
    image: app.id,
    ...command(app),
    ...security(app),
    generation: true,
    environment: { ...baseEnvironment(app), ...app.environment },
    mounts: appMounts(app),
    tmpfs: appTmpfs(app),
    network: appNetwork(app, slot),
    ports: app.listeners.map(({ port, address }) => ({ internal: port, external: port, ip: address })),
    health: healthPlan(app, slot),
    stop: { signal: 'SIGTERM', graceSeconds: stopGraceSeconds(drainSeconds(app)) },
    restart: app.restart,
    logging: app.logging,
    init: true,
    limits: limitsOf(app),
    sysctls: sysctls(app),
    labels: app.labels,
    uploads: [],
    dependsOn: before,
    replacedWith: app.secretFiles.length > 0 ? [`${app.id}-secrets-publisher`] : [],
    createBeforeDestroy: app.listeners.length === 0,
  };
}

/**
 * Starts a server without the options that an image gives uWSGI by variables: uWSGI adds sockets and plugins of theirs to ours, and
 * takes UWSGI_VERSION of an image for `--version` (seen). Not a shell: it would lose variables whose names have a dot.
 */
const WITHOUT_UWSGI_VARIABLES = [
  'import os, sys',
  "for name in [name for name in os.environ if name.startswith('UWSGI_')]: del os.environ[name]",
  'os.execvp(sys.argv[1], sys.argv[1:])',
].join('\n');

function command(app: App): { readonly entrypoint: string[]; readonly command: string[] } {
  const file = `${PATHS.appConfig}/${configFileName(app)}`;
  return app.server === 'uwsgi'
    ? {
        entrypoint: ['python3', '-I', '-S', '-c', WITHOUT_UWSGI_VARIABLES],
        command: ['uwsgi', '--ini', file],
      }
    : { entrypoint: ['gunicorn'], command: ['-c', file] };
}

function security(
  app: App,
): Pick<ContainerPlan, 'user' | 'groupAdd' | 'readOnlyRoot' | 'capabilities' | 'noNewPrivileges'> {
  return {
    user: `${String(app.uid)}:${String(app.gid)}`,
    groupAdd: [],
    readOnlyRoot: app.hardening.readOnlyRoot,
    capabilities: app.hardening.capabilities,
    noNewPrivileges: app.hardening.noNewPrivileges,
  };
}

/** GUNICORN_CMD_ARGS of an image would override our file; Python's byte code has nowhere to go on a read-only root. */
function baseEnvironment(app: App): Record<string, string> {
  const common = { HOME: '/tmp', PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' };
  return app.server === 'gunicorn' ? { ...common, GUNICORN_CMD_ARGS: '' } : common;
}

/** The code of an application: a copy in a volume of its own, or where it is developed the directory itself. */
function codeMounts(app: App): MountPlan[] {
  if (app.codeDirectory === undefined) return [];
  const at = { path: app.chdir, readOnly: true };
  return [app.development ? { hostPath: app.codeDirectory, ...at } : { volume: `${app.id}-code`, ...at }];
}

function appMounts(app: App): MountPlan[] {
  const sockets =
    app.transport?.kind === 'unix'
      ? [{ volume: appKeys.sockets(app.id), path: socketDirectoryInApp(), readOnly: false }]
      : [];
  return [
    ...sockets,
    { volume: `${app.id}-config`, path: PATHS.appConfig, readOnly: true },
    ...codeMounts(app),
    ...secretVolumes(app).map(({ key, path }) => ({ volume: key, path, readOnly: true })),
    ...app.mounts.flatMap((mount): MountPlan[] => {
      if (mount.kind === 'volume')
        return [{ volume: mount.volume, path: mount.path, readOnly: mount.readOnly }];
      if (mount.kind === 'host')
        return [{ hostPath: mount.hostPath, path: mount.path, readOnly: mount.readOnly }];
      return [];
    }),
  ];
}

function appTmpfs(app: App): Record<string, string> {
  return Object.fromEntries(
    tmpfsSizes(app).map(([path, bytes]) => [path, privateTmpfs(bytes, app.uid, app.gid)]),
  );
}

function appNetwork(app: App, slot: number): NetworkAttachment {
  const foreign = app.networks.map((foreignNetwork) => ({ foreignNetwork, aliases: [] }));
  const own =
    app.transport?.kind === 'tcp'
      ? [{ network: appKeys.network(app.id), aliases: [app.id, appKeys.container(app.id, slot)] }]
      : [];
  const networks = [...own, ...foreign];
  return networks.length === 0 ? { mode: 'bridge', networks: [] } : { mode: 'networks', networks };
}

function healthPlan(app: App, slot: number): ContainerPlan['health'] {
  const { intervalMs, timeoutMs, retries, waitSeconds } = app.health;
  return { test: appProbe(app, slot), intervalMs, timeoutMs, startPeriodMs: 0, retries, waitSeconds };
}

function limitsOf(app: App): ContainerPlan['limits'] {
  return {
    ...(app.cpus === undefined ? {} : { cpus: app.cpus }),
    ...(app.memoryBytes === undefined ? {} : { memoryBytes: app.memoryBytes }),
  };
}

function sysctls(app: App): Record<string, string> {
  const backlog = app.server === 'uwsgi' ? app.listen : app.backlog;
  return backlog > DEFAULT_SOMAXCONN ? { 'net.core.somaxconn': String(backlog) } : {};
}
