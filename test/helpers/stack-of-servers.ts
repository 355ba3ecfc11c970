import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appProbe } from '../../lib/topology/plan/app-probe';
import { PATHS, configFileName } from '../../lib/topology/derive/paths';
import { PUBLISHED } from '../../lib/topology/published-file';
import { renderedFiles } from '../../lib/topology/render/rendered-files';
import type { App, Topology } from '../../lib/topology/topology';
import { freePort } from './free-port';
import type { Answer, Ask } from './nginx';
import { ask, withDirectory, withProcess } from './nginx';

/** Where the files of a topology's containers lie on this machine. */
export interface Files {
  /** Local directory of each application's code. */
  readonly code: Readonly<Record<string, string>>;
  /** Local directory of each static mount's files. */
  readonly statics: Readonly<Record<string, string>>;
  /** The server's program for an application, where it is not the one of this machine that has its name. */
  readonly commands?: Readonly<Record<string, string>>;
}

/** An application's server while it runs, and after it has ended. */
export interface Server {
  readonly process: ChildProcess;
  /** What it has written to its log. */
  readonly output: () => string;
}

/** A topology whose servers run here, without containers. */
export interface Bed extends Files {
  readonly directory: string;
  /** Local port of `<id>:<port>`, for what listens in a container. */
  readonly ports: ReadonlyMap<string, number>;
  /** The server of `<id>-<replica>`. */
  readonly servers: Map<string, Server>;
}

/** The local port of an application or a frontend. */
export function portOf(bed: Bed, id: string, port: number): number {
  const found = bed.ports.get(`${id}:${String(port)}`);
  if (found === undefined) throw new Error(`${id} does not listen on ${String(port)}`);
  return found;
}

/** Asks a frontend or a directly published application. */
export function asking(bed: Bed, id: string, port: number): (what: Ask) => Promise<Answer> {
  return (what) => ask({ ...what, port: portOf(bed, id, port) });
}

/**
 * Runs the rendered files of a topology with the real programs: paths, ports and the hostnames of second replicas are mapped
 * to this machine, nothing else is changed. Each application becomes current through its own probe, as in its container.
 */
export async function withServers(
  topology: Topology,
  where: Files,
  body: (bed: Bed) => Promise<void>,
): Promise<void> {
  await withDirectory(async (directory) => {
    const bed: Bed = { ...where, directory, ports: await freePorts(topology), servers: new Map() };
    const files = renderedFiles(topology);
    const layers = [
      ...topology.apps.flatMap((app) =>
        Array.from(
          { length: app.replicas },
          (_, slot) => (inner: Body) => withApp(app, slot, files, bed, inner),
        ),
      ),
      ...topology.frontends.flatMap(({ id, gate }) =>
        [`${id}/nginx.conf`, ...(gate ? [`${id}/gate.conf`] : [])].map(
          (name) => (inner: Body) => withNginxFile(name, files, bed, inner),
        ),
      ),
    ];
    await layers.reduceRight<Body>(
      (inner, layer) => () => layer(inner),
      () => body(bed),
    )();
  });
}

type Body = () => Promise<void>;

async function withApp(
  app: App,
  slot: number,
  files: Readonly<Record<string, string>>,
  bed: Bed,
  body: Body,
): Promise<void> {
  const directory = replicaDirectory(app, slot, bed);
  mkdirSync(directory, { recursive: true });
  mkdirSync(join(bed.directory, 'sockets', app.id), { recursive: true });
  const name = configFileName(app);
  writeFileSync(join(directory, name), mapAppPaths(files[`${app.id}/${name}`] ?? '', app, slot, bed));
  writeFileSync(join(directory, 'probe.py'), files['probe.py'] ?? '');
  const command = bed.commands?.[app.id] ?? app.server;
  const child = spawn(command, [app.server === 'uwsgi' ? '--ini' : '-c', name], {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' },
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  bed.servers.set(`${app.id}-${String(slot)}`, { process: child, output: () => output });
  try {
    await withProcess(child, () => probe(app, bed, slot) === 0, body);
  } finally {
    endGroup(child);
  }
}

/** A container ends with its server; here a worker may outlive it (uWSGI with asyncio, seen). */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** Runs the probe that the container would run, and says its exit code. */
export function probe(app: App, bed: Bed, slot = 0): number | null {
  const [, command = '', ...args] = appProbe(app, slot).map((word) => mapAppPaths(word, app, slot, bed));
  return spawnSync(command, args, { encoding: 'utf8' }).status;
}

function replicaDirectory(app: App, slot: number, bed: Bed): string {
  return join(bed.directory, `${app.id}-${String(slot)}`);
}

/** The first replica keeps the machine's own hostname; others would bind its socket. */
function mapHostname(text: string, app: App, slot: number): string {
  if (slot === 0) return text;
  const name = `${app.id}-${String(slot)}`;
  return text
    .replaceAll('%h.sock', `${name}.sock`)
    .replaceAll('socket.gethostname()', `'${name}'`)
    .replaceAll('$(cat /proc/sys/kernel/hostname)', name);
}

function mapAppPaths(text: string, app: App, slot: number, bed: Bed): string {
  const directory = replicaDirectory(app, slot, bed);
  const sockets = `${bed.directory}/sockets/${app.id}`;
  const listening = [...bed.ports].filter(([key]) => key.startsWith(`${app.id}:`));
  const ported = listening.reduce(
    (mapped, [key, port]) => {
      const inside = key.slice(key.indexOf(':') + 1);
      return mapped
        .replaceAll(`0.0.0.0:${inside}`, `127.0.0.1:${String(port)}`)
        .replaceAll(`address=${inside}`, `address=${String(port)}`);
    },
    mapHostname(text, app, slot),
  );
  return ported
    .replaceAll('/run/wsgi/', `${sockets}/`)
    .replaceAll('/run/wsgi', sockets)
    .replaceAll('/etc/wsgi', directory)
    .replaceAll('/tmp/.', `${directory}/.`)
    .replaceAll(new RegExp(`(chdir = '?)${app.chdir}(?=['\n])`, 'g'), `$1${bed.code[app.id] ?? '/nowhere'}`);
}

async function withNginxFile(
  name: string,
  files: Readonly<Record<string, string>>,
  bed: Bed,
  body: Body,
): Promise<void> {
  for (const folder of ['tmp', 'edge/own']) mkdirSync(join(bed.directory, folder), { recursive: true });
  const [id = ''] = name.split('/');
  for (const [path, text] of Object.entries(files)) {
    if (path.startsWith(`${id}/${PUBLISHED}`))
      writeFileSync(join(bed.directory, path.slice(id.length + 1)), text);
  }
  const file = join(bed.directory, name.replace('/', '-'));
  writeFileSync(file, mapNginxPaths(files[name] ?? '', id, bed));
  const args = ['-c', file, '-g', 'daemon off; user root;', '-e', 'stderr'];
  const child = spawn('nginx', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const pidFile = join(bed.directory, 'tmp', name.endsWith('gate.conf') ? 'gate.pid' : 'nginx.pid');
  await withProcess(child, () => existsSync(pidFile), body);
}

/** The rendered text with the containers' paths and ports replaced by those of the bed. */
export function mapNginxPaths(text: string, id: string, bed: Bed): string {
  const statics = Object.entries(bed.statics).reduce(
    (mapped, [mount, directory]) =>
      mapped.replaceAll(new RegExp(`/srv/static/${mount}(?=[/;])`, 'g'), directory),
    text,
  );
  const ported = [...bed.ports].reduce((mapped, [key, port]) => {
    const [owner = '', inside = ''] = key.split(':');
    return owner === id
      ? mapped.replace(`listen ${inside};`, `listen 127.0.0.1:${String(port)};`)
      : mapped.replaceAll(new RegExp(` ${owner}:${inside}(?=[ ;])`, 'g'), ` 127.0.0.1:${String(port)}`);
  }, statics);
  return ported
    .replaceAll('/run/wsgi/', `${bed.directory}/sockets/`)
    .replaceAll(`${PATHS.hostSockets}/`, '/')
    .replaceAll(`${PATHS.nginxConfig}/${PUBLISHED}`, `${bed.directory}/${PUBLISHED}`)
    .replaceAll('/run/edge/current', `${bed.directory}/edge/own`)
    .replaceAll('/tmp/edge', `${bed.directory}/edge/own`)
    .replaceAll(/ \/tmp\/(?=[a-z0-9_.]+[; ])/g, ` ${bed.directory}/tmp/`)
    .replaceAll('/dev/stdout', `${bed.directory}/tmp/access.log`)
    .replaceAll('modules/ngx_stream_module.so', streamModule());
}

function streamModule(): string {
  const directory = '/usr/lib/nginx/modules';
  const found = existsSync(directory) && readdirSync(directory).includes('ngx_stream_module.so');
  return found ? `${directory}/ngx_stream_module.so` : 'modules/ngx_stream_module.so';
}

/** What nginx logged of the requests, in its own format. */
export function accessLog(bed: Bed): string {
  return readFileSync(join(bed.directory, 'tmp/access.log'), 'utf8');
}

async function freePorts(topology: Topology): Promise<Map<string, number>> {
  const wanted = [
    ...[...topology.apps, ...topology.frontends].flatMap(({ id, listeners }) =>
      listeners.map(({ port }) => `${id}:${String(port)}`),
    ),
    ...topology.apps.flatMap(({ id, transport }) =>
      transport?.kind === 'tcp' ? [`${id}:${String(transport.port)}`] : [],
    ),
  ];
  const ports = new Map<string, number>();
  for (const key of wanted) ports.set(key, await freePort());
  return ports;
}
