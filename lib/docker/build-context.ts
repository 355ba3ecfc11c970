import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ConfigError, shown } from '../errors';
import { dockerignore } from './dockerignore';
import { specHash } from './spec-hash';

/** A file of a directory that is sent to the engine. */
export interface ContextFile {
  /** Relative to the directory, with `/`. */
  readonly path: string;
  readonly hash: string;
}

/**
 * The files of a build context, as `.dockerignore` leaves them, each with its hash, sorted by path. A changed, added or
 * removed file is another context. The Dockerfile always counts: the engine gets it even where it is ignored.
 *
 * @throws ConfigError when the directory, or its Dockerfile, is not there.
 */
export function contextFiles(directory: string, dockerfile?: string): ContextFile[] {
  requireDirectory(directory);
  if (dockerfile !== undefined && !existsSync(join(directory, dockerfile))) {
    throw new ConfigError({
      what: `the directory ${shown(directory)} has no ${shown(dockerfile)}`,
      fix: 'name the Dockerfile relative to that directory',
    });
  }
  const ignoreFile = join(directory, '.dockerignore');
  const isIgnored = dockerignore(existsSync(ignoreFile) ? readFileSync(ignoreFile, 'utf8') : '');
  return filesBelow(directory, '')
    .filter((path) => path === dockerfile || !isIgnored(path))
    .sort()
    .map((path) => ({ path, hash: fileHash(join(directory, path)) }));
}

/**
 * Makes sure of a directory that a user has named.
 *
 * @throws ConfigError when it is not there.
 */
export function requireDirectory(directory: string): void {
  if (existsSync(directory) && statSync(directory).isDirectory()) return;
  throw new ConfigError({
    what: `the directory ${shown(directory)} is not there`,
    fix: 'give a directory relative to the folder of cdktf.json',
  });
}

/** One hash for everything that goes into an image. */
export function contextHash(files: readonly ContextFile[], rest: unknown): string {
  return specHash([files, rest]);
}

/** Files and links, which are not followed; sockets and pipes cannot be sent. */
function filesBelow(directory: string, below: string): string[] {
  return readdirSync(join(directory, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(directory, path);
    return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
  });
}

/** Content and the executable bit, which are what a checkout keeps; of a link, what it points at. */
function fileHash(file: string): string {
  const stats = lstatSync(file);
  const kind = stats.isSymbolicLink() ? 'link' : isExecutable(stats.mode) ? 'x' : '-';
  return createHash('sha256')
    .update(kind)
    .update(kind === 'link' ? readlinkSync(file) : readFileSync(file))
    .digest('hex');
}

/** True when anyone may run it. */
export function isExecutable(mode: number): boolean {
  return (mode & 0o111) !== 0;
}
