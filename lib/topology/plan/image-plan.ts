import type { Image } from '../image';
import type { ImagePlan } from './stack-plan';

/** Packages that worker classes of gunicorn come from. */
const WORKER_PACKAGES: Readonly<Record<string, string>> = {
  gevent: 'gevent',
  tornado: 'tornado',
  'uvicorn_worker.UvicornWorker': 'uvicorn-worker',
};

/** What goes into an image that we write the Dockerfile of. */
export interface ImageOwner {
  readonly server?: 'uwsgi' | 'gunicorn';
  readonly serverVersion?: string;
  readonly workerClass?: string;
  readonly uid: number;
  readonly gid: number;
  readonly chdir?: string;
}

/**
 * The plan of an image. uWSGI comes as source and is compiled: in a stage of its own, so that no compiler is in what runs.
 */
export function imagePlan(key: string, image: Image, owner: ImageOwner): ImagePlan {
  switch (image.kind) {
    case 'registry':
      return { kind: 'pulled', key, name: image.name };
    case 'dockerfile':
      return {
        kind: 'built',
        key,
        directory: image.directory,
        dockerfile: image.dockerfile,
        buildArgs: image.buildArgs,
      };
    case 'python':
      return {
        kind: 'built',
        key,
        directory: image.directory,
        instructions: pythonDockerfile(image, owner),
        buildArgs: {},
      };
  }
}

function pythonDockerfile(image: Extract<Image, { kind: 'python' }>, owner: ImageOwner): string {
  const base = image.base ?? `python:${image.python}-slim`;
  const directory = owner.chdir ?? '/app';
  const install = (options: string): string =>
    `RUN pip install --no-cache-dir ${options}${[...packages(owner), ...requirements(image, directory)].join(' ')}`;
  const copy = `COPY files/ ${directory}/`;
  const system = image.systemPackages.length === 0 ? [] : [aptInstall(image.systemPackages)];
  const user = `USER ${String(owner.uid)}:${String(owner.gid)}`;
  const lines =
    owner.server === 'uwsgi'
      ? [
          `FROM ${base} AS build`,
          aptInstall(['build-essential']),
          copy,
          install('--prefix /install '),
          `FROM ${base}`,
          ...system,
          'COPY --from=build /install/ /usr/local/',
          copy,
          user,
        ]
      : [`FROM ${base}`, ...system, copy, install(''), user];
  return `${lines.join('\n')}\n`;
}

function packages(owner: ImageOwner): string[] {
  const server = `${owner.server ?? 'gunicorn'}==${owner.serverVersion ?? ''}`;
  const worker = WORKER_PACKAGES[owner.workerClass ?? ''];
  return worker === undefined ? [server] : [server, worker];
}

function requirements(image: Extract<Image, { kind: 'python' }>, directory: string): string[] {
  return image.requirements === undefined ? [] : ['-r', `${directory}/${image.requirements}`];
}

function aptInstall(systemPackages: readonly string[]): string {
  const install = `apt-get install -y --no-install-recommends ${systemPackages.join(' ')}`;
  return `RUN apt-get update && ${install} && rm -rf /var/lib/apt/lists/*`;
}
