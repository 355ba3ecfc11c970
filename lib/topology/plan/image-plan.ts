import { gunicornPackages } from '../gunicorn-packages';
import type { Image } from '../image';
import type { App } from '../topology';
import { dockerfileStart } from './dockerfile-start';
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
          ...(app.codeDirectory === undefined ? moduleFile(app) : []),
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
  const system = image.systemPackages.length === 0 ? [] : [aptInstall(image.systemPackages)];
  const user = `USER ${String(app.uid)}:${String(app.gid)}`;
  const lines =
    app.server === 'uwsgi'
      ? [
          `FROM ${base} AS build`,
          aptInstall(['build-essential']),
          `RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels ${packages(app).join(' ')}`,
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

/** The file that holds the callable, where it is named as one. */
export function moduleFile({
  module,
}: Pick<App, 'module'>): { readonly path: string; readonly prop: string }[] {
  return module.kind === 'file' ? [{ path: module.file, prop: 'module: WsgiModule.file' }] : [];
}

function packages(app: App): string[] {
  const server = `${app.server}==${app.serverVersion}`;
  return app.server === 'gunicorn' ? [server, ...gunicornPackages(app)] : [server];
}

function requirements(image: Extract<Image, { kind: 'python' }>, directory: string): string[] {
  return image.requirements === undefined ? [] : ['-r', `${directory}/${image.requirements}`];
}

function aptInstall(systemPackages: readonly string[]): string {
  const install = `apt-get install -y --no-install-recommends ${systemPackages.join(' ')}`;
  return `RUN apt-get update && ${install} && rm -rf /var/lib/apt/lists/*`;
}
