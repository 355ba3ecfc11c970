import type { AppBase } from '../app';
import { PATHS, isBelow } from './paths';

/** What decides where an application may write. */
type Container = Pick<AppBase, 'mounts' | 'chdir' | 'codeDirectory' | 'secretFiles' | 'hardening'>;

/**
 * Whether the server may make a file in a directory: `missing` is one in memory below the place that is mounted, which is empty at
 * every start, so that the directory is there only where somebody makes it first.
 */
export type Writability = 'writable' | 'missing' | 'read-only';

/** A directory that does not belong to the root file system. */
interface Place {
  readonly path: string;
  readonly kind: 'memory' | 'kept' | 'read-only';
}

/** Whether the server may make files in a directory; of several mounts above each other the innermost counts. */
export function writabilityOf(app: Container, directory: string): Writability {
  if (!app.hardening.readOnlyRoot) return 'writable';
  const innermost = innermostOf(app, directory);
  if (innermost === undefined || innermost.kind === 'read-only') return 'read-only';
  return innermost.kind === 'memory' && innermost.path !== directory ? 'missing' : 'writable';
}

/** Whether a directory is empty again in every container. */
export function isInMemory(app: Container, directory: string): boolean {
  return innermostOf(app, directory)?.kind === 'memory';
}

function innermostOf(app: Container, directory: string): Place | undefined {
  const around = placesOf(app).filter(({ path }) => isBelow(directory, path));
  return around.toSorted((one, other) => other.path.length - one.path.length)[0];
}

/** Directories that are there before anybody makes them, and that the server may write to. */
export function writableDirectories(app: Container): string[] {
  return placesOf(app).flatMap(({ path, kind }) => (kind === 'read-only' ? [] : [path]));
}

function placesOf({ mounts, chdir, codeDirectory, secretFiles }: Container): Place[] {
  const readOnly = [...(codeDirectory === undefined ? [] : [chdir]), ...secretFiles.map(({ path }) => path)];
  return [
    ...[PATHS.scratch, '/dev/shm'].map((path) => ({ path, kind: 'memory' as const })),
    ...mounts.map((mount) => ({ path: mount.path, kind: kindOf(mount) })),
    ...readOnly.map((path) => ({ path, kind: 'read-only' as const })),
  ];
}

function kindOf(mount: AppBase['mounts'][number]): Place['kind'] {
  if (mount.kind === 'tmpfs') return 'memory';
  return mount.readOnly ? 'read-only' : 'kept';
}

/** The container's own output as a file, by whichever name. */
export function isOutput(file: string): boolean {
  return /^\/dev\/(?:stdout|stderr|null|fd\/\d+)$|^\/proc\/(?:self|1)\/fd\/\d+$/.test(file);
}
