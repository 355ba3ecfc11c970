import { gunicornPackages } from '../gunicorn-packages';
import type { Image } from '../image';
import { BUILD_PACKAGES, RUN_PACKAGES, uwsgiPackages } from '../uwsgi-packages';
import type { App } from '../topology';
import { dockerfileStart } from './dockerfile-start';
import { neededCode } from './needed-code';
import type { ImagePlan } from './stack-plan';

/**
 * The plan of an application's image. uWSGI comes as source and is compiled: in a stage of its own, so that no compiler is in
 * what runs, and before the code is there, so that another version of the code does not compile it again (50 s, seen).
 */
export function imagePlan(app: App): ImagePlan {
  const { id: key, image } = app;
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
        instructions: pythonDockerfile(image, app),
        buildArgs: {},
        needs: [
          ...(image.requirements === undefined
            ? []
            : [{ path: image.requirements, prop: 'AppImage.python: requirements' }]),
          ...(app.codeDirectory === undefined ? neededCode(app) : []),
        ],
      };
  }
}

function pythonDockerfile(image: Extract<Image, { kind: 'python' }>, app: App): string {
  const base = image.base ?? `python:${image.python}-slim`;
  const directory = app.chdir;
  const install = (options: string): string =>
    `RUN pip install --no-cache-dir ${options}${[...packages(app), ...requirements(image, directory)].join(' ')}`;
  const copy = `COPY files/ ${directory}/`;
  const systemPackages = [...(app.server === 'uwsgi' ? RUN_PACKAGES : []), ...image.systemPackages];
  const system = systemPackages.length === 0 ? [] : [aptInstall([...new Set(systemPackages)])];
  const user = `USER ${String(app.uid)}:${String(app.gid)}`;
  const lines =
    app.server === 'uwsgi'
      ? [
          `FROM ${base} AS build`,
          aptInstall(BUILD_PACKAGES),
          `RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels ${serverPackage(app)}`,
          copy,
          install('--find-links /wheels --prefix /install '),
          ...dockerfileStart(base, app.construct),
          ...system,
          'COPY --from=build /install/ /usr/local/',
          copy,
          user,
        ]
      : [...dockerfileStart(base, app.construct), ...system, copy, install(''), user];
  return `${lines.join('\n')}\n`;
}

function packages(app: App): string[] {
  return [serverPackage(app), ...(app.server === 'gunicorn' ? gunicornPackages(app) : uwsgiPackages(app))];
}

function serverPackage({ server, serverVersion }: App): string {
  return `${server}==${serverVersion}`;
}

function requirements(image: Extract<Image, { kind: 'python' }>, directory: string): string[] {
  return image.requirements === undefined ? [] : ['-r', `${directory}/${image.requirements}`];
}

function aptInstall(systemPackages: readonly string[]): string {
  const install = `apt-get install -y --no-install-recommends ${systemPackages.join(' ')}`;
  return `RUN apt-get update && ${install} && rm -rf /var/lib/apt/lists/*`;
}
