import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StagedContext } from './image-resource';

/** Writes the build contexts of a stack into its folder; what an earlier synthesis left there is removed. */
export function writeContexts(folder: string, contexts: readonly StagedContext[]): void {
  rmSync(join(folder, 'context'), { recursive: true, force: true });
  for (const { path, instructions, directory, files } of contexts) {
    const target = join(folder, path);
    mkdirSync(join(target, 'files'), { recursive: true });
    writeFileSync(join(target, 'Dockerfile'), instructions);
    for (const file of files) {
      mkdirSync(dirname(join(target, 'files', file.path)), { recursive: true });
      copyFileSync(join(directory, file.path), join(target, 'files', file.path));
      // Whatever the umask of the checkout: the container's user is neither the owner nor in its group.
      chmodSync(join(target, 'files', file.path), file.executable ? 0o755 : 0o644);
    }
  }
}
