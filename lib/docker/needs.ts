import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse, shown } from '../errors';
import type { Problem } from '../errors';
import { nameInModule } from '../gunicorn/python-module';
import type { BuiltImage, Need } from '../topology/plan/stack-plan';
import type { ContextFile } from './build-context';

/**
 * Reads what a directory holds of what it has to have.
 *
 * @throws ConfigError for a file, a module or a callable that is not there, and for a function that cannot be called as it will be.
 */
export function refuseMissing({ directory, needs }: BuiltImage, files: readonly ContextFile[]): void {
  const paths = files.map(({ path }) => path);
  refuse((needs ?? []).flatMap((need) => problemOf(need, directory, paths) ?? []));
}

function problemOf(need: Need, directory: string, paths: readonly string[]): Problem | undefined {
  const missing = 'path' in need ? missingFile(need.path, paths) : missingModule(need.module, paths);
  if (missing === undefined) return callableProblem(need, directory, paths);
  return {
    what: `${need.prop}: the directory ${shown(directory)} has no ${missing}, or its .dockerignore leaves it out`,
    fix: `name a ${'path' in need ? 'file' : 'module'} that is there`,
  };
}

function missingFile(path: string, paths: readonly string[]): string | undefined {
  return paths.includes(path) ? undefined : shown(path);
}

/** A module whose package is the directory's own; of any other nobody knows here what the image has of it. */
function missingModule(name: string, paths: readonly string[]): string | undefined {
  const parts = name.split('.');
  const module = parts.join('/');
  const isOwn = paths.some(
    (path) => path === `${parts[0] ?? ''}.py` || path === `${parts[0] ?? ''}/__init__.py`,
  );
  const isThere = paths.some((path) => path.startsWith(`${module}.`) || path.startsWith(`${module}/`));
  return !isOwn || isThere ? undefined : `module ${shown(name)}`;
}

function callableProblem(need: Need, directory: string, paths: readonly string[]): Problem | undefined {
  const { prop, callable } = need;
  const path = 'path' in need ? need.path : moduleFile(need.module, paths);
  if (callable === undefined || path === undefined || !existsSync(join(directory, path))) return undefined;
  const { name, given } = callable;
  const found = nameInModule(readFileSync(join(directory, path), 'utf8'), name);
  if (found === 'missing') {
    return {
      what: `${prop}: ${shown(path)} in the directory ${shown(directory)} has no ${shown(name)}`,
      fix: 'give a name that is there',
    };
  }
  if (found === undefined || given === undefined) return undefined;
  if (found.least <= given.length && given.length <= found.most) return undefined;
  const how = given.length === 0 ? 'without arguments' : `with ${given.join(', ')}`;
  return {
    what: `${prop}: ${shown(name)} of ${shown(path)} in the directory ${shown(directory)} cannot be called ${how}, as it will be`,
    fix: `write 'def ${name}(${given.join(', ')}):'`,
  };
}

function moduleFile(name: string, paths: readonly string[]): string | undefined {
  const module = name.replaceAll('.', '/');
  return [`${module}.py`, `${module}/__init__.py`].find((path) => paths.includes(path));
}
