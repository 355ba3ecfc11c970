import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appProbe } from '../../lib/topology/plan/app-probe';
import { configFileName } from '../../lib/topology/derive/paths';
import { renderedFiles } from '../../lib/topology/render/rendered-files';
import type { App, Topology } from '../../lib/topology/topology';
import { withProcess } from './nginx';

/** Where a topology's parts lie when its servers run without containers. */
export interface Bed {
  readonly directory: string;
  /** Local directory of each application's code. */
  readonly code: Readonly<Record<string, string>>;
  /** Local directory of each static mount's files. */
  readonly statics: Readonly<Record<string, string>>;
  /** Port on which the gate really listens, instead of the frontend's. */
  readonly port: number;
}

/**
 * Runs the rendered files of a topology with the real programs: paths are mapped into one directory, nothing else is
 * changed. Each application becomes current through its own probe, as in its container.
 */
export async function withServers(topology: Topology, bed: Bed, body: () => Promise<void>): Promise<void> {
  const files = renderedFiles(topology);
  for (const name of [
    'tmp',
    'edge/own',
    ...topology.apps.flatMap(({ id }) => [`sockets/${id}`, `tmp-${id}`, id]),
  ]) {
    mkdirSync(join(bed.directory, name), { recursive: true });
  }
  const apps = topology.apps.map((app) => (inner: () => Promise<void>) => withApp(app, files, bed, inner));
  const fronts = topology.frontends.flatMap(({ id }) => [
    (inner: () => Promise<void>) =>
      withNginxFile(`${id}/nginx.conf`, files, bed, join(bed.directory, 'tmp/nginx.pid'), inner),
    (inner: () => Promise<void>) =>
      withNginxFile(`${id}/gate.conf`, files, bed, join(bed.directory, 'tmp/gate.pid'), inner),
  ]);
  await [...apps, ...fronts].reduceRight<() => Promise<void>>((inner, layer) => () => layer(inner), body)();
}

async function withApp(
  app: App,
  files: Readonly<Record<string, string>>,
  bed: Bed,
  body: () => Promise<void>,
): Promise<void> {
  const directory = join(bed.directory, app.id);
  const name = configFileName(app);
  writeFileSync(join(directory, name), mapAppPaths(files[`${app.id}/${name}`] ?? '', app, bed));
  writeFileSync(join(directory, 'probe.py'), files['probe.py'] ?? '');
  const command = app.server === 'uwsgi' ? ['uwsgi', '--ini', name] : ['gunicorn', '-c', name];
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await withProcess(child, () => probe(app, bed) === 0, body);
}

/** Runs the probe that the container would run, and says its exit code. */
export function probe(app: App, bed: Bed, slot = 0): number | null {
  const [, command = '', ...args] = appProbe(app, slot).map((word) => mapAppPaths(word, app, bed));
  return spawnSync(command, args, { encoding: 'utf8' }).status;
}

function mapAppPaths(text: string, app: App, bed: Bed): string {
  return text
    .replaceAll('/run/wsgi/', `${bed.directory}/sockets/${app.id}/`)
    .replaceAll('/run/wsgi', `${bed.directory}/sockets/${app.id}`)
    .replaceAll('/etc/wsgi', `${bed.directory}/${app.id}`)
    .replaceAll('/tmp/.', `${bed.directory}/tmp-${app.id}/.`)
    .replaceAll(app.chdir, bed.code[app.id] ?? '/nowhere');
}

async function withNginxFile(
  name: string,
  files: Readonly<Record<string, string>>,
  bed: Bed,
  pidFile: string,
  body: () => Promise<void>,
): Promise<void> {
  const file = join(bed.directory, name.replace('/', '-'));
  writeFileSync(file, mapNginxPaths(files[name] ?? '', bed));
  const args = ['-c', file, '-g', 'daemon off; user root;', '-e', 'stderr'];
  const child = spawn('nginx', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  await withProcess(child, () => existsSync(pidFile), body);
}

/** The rendered text with the containers' paths replaced by those of the bed. */
export function mapNginxPaths(text: string, bed: Bed): string {
  const statics = Object.entries(bed.statics).reduce(
    (mapped, [id, directory]) => mapped.replaceAll(`/srv/static/${id}`, directory),
    text,
  );
  return statics
    .replaceAll('/run/wsgi/', `${bed.directory}/sockets/`)
    .replaceAll('/run/edge/current', `${bed.directory}/edge/own`)
    .replaceAll('/tmp/edge', `${bed.directory}/edge/own`)
    .replaceAll(/ \/tmp\/(?=[a-z_.]+;)/g, ` ${bed.directory}/tmp/`)
    .replaceAll('/dev/stdout', `${bed.directory}/tmp/access.log`)
    .replaceAll('modules/ngx_stream_module.so', streamModule())
    .replace(/listen 8000;/, `listen 127.0.0.1:${String(bed.port)};`);
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
