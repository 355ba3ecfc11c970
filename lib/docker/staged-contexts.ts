import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isExecutable } from './build-context';
import type { StagedContext } from './image-resource';

/** Writes the build contexts of a stack into its folder; what an earlier synthesis left there is removed. */
export function writeContexts(folder: string, contexts: readonly StagedContext[]): void {
  rmSync(join(folder, 'context'), { recursive: true, force: true });
  for (const { path, instructions, directory, files } of contexts) {
    const target = join(folder, path);
    makeDirectory(join(target, 'files'));
    writeFileSync(join(target, 'Dockerfile'), instructions);
    for (const file of files) stage(join(directory, file.path), join(target, 'files', file.path));
  }
}

/** Modes are those of a fresh checkout: a private umask must not make files that the application cannot read. */
function stage(source: string, target: string): void {
  makeDirectory(dirname(target));
  const stats = lstatSync(source);
  if (stats.isSymbolicLink()) {
    symlinkSync(readlinkSync(source), target);
    return;
  }
  copyFileSync(source, target);
  chmodSync(target, isExecutable(stats.mode) ? 0o755 : 0o644);
}

function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(directory));
  mkdirSync(directory);
  chmodSync(directory, 0o755);
}
