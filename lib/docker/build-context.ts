import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ConfigError, shown } from '../errors';
import { dockerignore } from './dockerignore';

/** A file of a directory that is sent to the engine. */
export interface ContextFile {
  /** Relative to the directory, with `/`. */
  readonly path: string;
  readonly hash: string;
  readonly executable: boolean;
}

/**
 * The files of a build context, as `.dockerignore` leaves them, each with its hash, sorted by path. A changed, added or
 * removed file is another context.
 *
 * @throws ConfigError when the directory is not there.
 */
export function contextFiles(directory: string): ContextFile[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new ConfigError({
      what: `the directory ${shown(directory)} is not there`,
      fix: 'give a directory relative to the folder of cdktf.json',
    });
  }
  const ignoreFile = join(directory, '.dockerignore');
  const isIgnored = dockerignore(existsSync(ignoreFile) ? readFileSync(ignoreFile, 'utf8') : '');
  return filesBelow(directory)
    .map((file) => relative(directory, file).split(sep).join('/'))
    .filter((path) => !isIgnored(path))
    .sort()
    .map((path) => contextFile(directory, path));
}

/** One hash for everything that goes into an image. */
export function contextHash(files: readonly ContextFile[], rest: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([files, rest]))
    .digest('hex')
    .slice(0, 16);
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** Content and the executable bit: what ends up in the image. */
function contextFile(directory: string, path: string): ContextFile {
  const file = join(directory, path);
  const executable = (statSync(file).mode & 0o111) !== 0;
  const hash = createHash('sha256')
    .update(executable ? 'x' : '-')
    .update(readFileSync(file))
    .digest('hex');
  return { path, hash, executable };
}
