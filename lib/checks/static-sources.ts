import { resolve } from 'node:path';
import { shown } from '../errors';
import type { Problem } from '../errors';
import { isBelow } from '../topology/derive/paths';
import type { StaticMount } from '../topology/static-mount';
import type { App, Topology } from '../topology/topology';

/** A directory that has the code of an application, and who says so. */
interface Code {
  readonly directory: string;
  readonly by: string;
}

/** Directories that hold the code of an application: nginx would send the source to whoever asks. */
export function staticSourceProblems({ staticMounts, apps }: Topology): Problem[] {
  return staticMounts.flatMap((mount) => apps.flatMap((app) => servedCode(mount, app)).slice(0, 1));
}

function servedCode({ source, construct, path }: StaticMount, app: App): Problem[] {
  if (source.kind === 'appImage' && source.app !== app.id) return [];
  const code = codeOf(source, app).find(({ directory }) => isBelow(directory, resolve(source.directory)));
  if (code === undefined) return [];
  return [
    {
      what: `${called(source)} would serve the code of ${app.server} app "${app.id}" (${code.by}) at ${path}`,
      fix: `give a directory that holds nothing but static files, such as ${shown(`${source.kind === 'appImage' ? app.chdir : source.directory}/static`)}`,
      construct,
      rule: 'XT-STATIC-SRC',
    },
  ];
}

/** Where the code lies on the side that the source is of. The host is this machine only where somebody develops. */
function codeOf({ kind }: StaticMount['source'], app: App): Code[] {
  switch (kind) {
    case 'appImage':
      return [{ directory: app.chdir, by: `chdir ${app.chdir}` }];
    case 'directory':
      return localCode(app);
    case 'hostPath':
      return app.development ? localCode(app) : [];
  }
}

function localCode({ image, codeDirectory }: App): Code[] {
  return [
    ...(image.kind === 'registry'
      ? []
      : [{ directory: resolve(image.directory), by: `AppImage.${image.kind} ${image.directory}` }]),
    ...(codeDirectory === undefined
      ? []
      : [{ directory: resolve(codeDirectory), by: `codeDirectory ${codeDirectory}` }]),
  ];
}

function called({ kind, directory }: StaticMount['source']): string {
  return `StaticSource.${kind}(${kind === 'appImage' ? '…, ' : ''}${shown(directory)})`;
}
