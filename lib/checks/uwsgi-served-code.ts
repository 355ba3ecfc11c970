import { posix } from 'node:path';
import type { Problem } from '../errors';
import { shown } from '../errors';
import { isBelow } from '../topology/derive/paths';
import type { UwsgiApp } from '../topology/uwsgi-app';

interface Served {
  /** What the user wrote. */
  readonly by: string;
  readonly directory: string;
}

/** Directories that uWSGI would serve, and the application's own source with them. */
export function servedCode(app: UwsgiApp): Problem[] {
  const checked = app.settings['check-static'];
  const everywhere = Array.isArray(checked) ? (checked as readonly string[]) : [];
  const served: Served[] = [
    ...app.staticMaps.map(({ path, directory }) => ({ by: `staticMaps ${shown(path)}`, directory })),
    ...everywhere.map((directory) => ({ by: 'checkStatic', directory })),
    ...app.options.flatMap((line) => passedThrough(line, app)),
  ];
  return served
    .filter(({ directory }) => isBelow(app.chdir, directory))
    .map(({ by, directory }) => ({
      what: `${by} would serve ${directory}, and the application's source code in ${app.chdir} with it`,
      fix: `give a directory of its own, such as ${app.chdir}/static, or let nginx serve the files: StaticMount`,
      construct: app.construct,
      rule: 'UWS-STATIC-CODE',
    }));
}

/** Options without a prop that serve files; those of a prop are refused before. */
function passedThrough({ name, value }: UwsgiApp['options'][number], { chdir }: UwsgiApp): Served[] {
  const directory = name === 'static-map2' ? appended(value) : name.startsWith('route') ? routed(value) : '';
  return directory === '' ? [] : [{ by: `${name} ${value}`, directory: posix.resolve(chdir, directory) }];
}

/** The whole path of a request is appended, so that a mountpoint is a directory below the one that is named. */
function appended(value: string): string {
  const at = value.indexOf('=');
  return at === -1 ? '' : posix.join(value.slice(at + 1), value.slice(0, at));
}

/** A text without a variable is one file; with one, whatever lies in the directory in front of it. */
function routed(value: string): string {
  const file = /(?:^|\s)static:([^$]*)\$/.exec(value)?.[1] ?? '';
  return file.slice(0, file.lastIndexOf('/') + 1);
}
