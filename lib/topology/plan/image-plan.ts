import type { Image } from '../image';
import type { ImagePlan } from './stack-plan';

/** What goes into an image that we write the Dockerfile of. */
export interface ImageOwner {
  readonly server?: 'uwsgi' | 'gunicorn';
  readonly serverVersion?: string;
  readonly workerClass?: string;
  readonly uid: number;
  readonly gid: number;
  readonly chdir?: string;
}

/** The plan of an image. */
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
  const server = `${owner.server ?? 'gunicorn'}==${owner.serverVersion ?? ''}`;
  const extras = owner.workerClass === 'gevent' || owner.workerClass === 'tornado' ? [owner.workerClass] : [];
  const requirements = image.requirements === undefined ? [] : ['-r', `/tmp/app/${image.requirements}`];
  const directory = owner.chdir ?? '/app';
  return [
    `FROM ${base}`,
    ...(owner.server === 'uwsgi' ? buildTools() : []),
    ...(image.systemPackages.length === 0 ? [] : [aptInstall(image.systemPackages)]),
    'COPY files/ /tmp/app/',
    `RUN pip install --no-cache-dir ${[server, ...extras, ...requirements].join(' ')}`,
    `RUN mkdir -p ${directory} && cp -a /tmp/app/. ${directory}/ && rm -rf /tmp/app`,
    `USER ${String(owner.uid)}:${String(owner.gid)}`,
    '',
  ].join('\n');
}

/** uWSGI comes as source: it is compiled when it is installed. */
function buildTools(): string[] {
  return [aptInstall(['build-essential'])];
}

function aptInstall(packages: readonly string[]): string {
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  return `RUN apt-get update && ${install} && rm -rf /var/lib/apt/lists/*`;
}
