import { posix } from 'node:path';
import { ConfigError, shown } from '../../errors';
import type { AppBase } from '../../topology/app';
import { writabilityOf } from '../../topology/derive/writable-places';

/** What a user may do about a file that cannot be written. */
export interface WayOut {
  /** Instead of another mount, such as `give a path below /tmp`. */
  readonly instead: string;
  /** True where nothing can have made the directory before the file is opened. */
  readonly needsDirectory?: boolean;
  readonly rule?: string;
}

/**
 * Refuses a file that the server could not write: the root is read-only, and so are code and secrets.
 *
 * @param prop The prop that names it, with its place in a list.
 * @param file Its path; a relative one is looked for from `chdir`.
 * @throws ConfigError that names both, with the directory to mount something at.
 */
export function refuseUnwritable(prop: string, file: string, base: AppBase, wayOut: WayOut): void {
  const directory = posix.dirname(posix.resolve(base.chdir, file));
  const why = mistake(base, directory, wayOut.needsDirectory ?? false);
  if (why === undefined) return;
  const place = directory === '/' ? '/srv/data' : directory;
  throw new ConfigError({
    what: `${prop} ${shown(file)}: ${why}`,
    fix: `${wayOut.instead}, or mount something at ${place}`,
    ...(wayOut.rule === undefined ? {} : { rule: wayOut.rule }),
  });
}

function mistake(base: AppBase, directory: string, needsDirectory: boolean): string | undefined {
  switch (writabilityOf(base, directory)) {
    case 'writable':
      return undefined;
    case 'missing':
      return needsDirectory
        ? `there is no directory ${directory}: what is mounted there is empty at the start`
        : undefined;
    case 'read-only':
      return 'nobody may write there, the root is read-only';
  }
}
