import { posix } from 'node:path';
import { shown } from '../../errors';
import { HOOK_ARGUMENTS } from '../gunicorn-hooks';
import type { HookName } from '../gunicorn-hooks';
import type { GunicornApp } from '../gunicorn-app';
import type { App } from '../topology';
import type { UwsgiApp } from '../uwsgi-app';
import type { Need, NeededCallable } from './stack-plan';

/** What the directory of an application's code has to have, for the server to find all that it is told to load. */
export function neededCode(app: App): Need[] {
  return [moduleNeed(app), ...(app.server === 'uwsgi' ? uwsgiNeeds(app) : gunicornNeeds(app))];
}

function moduleNeed({ module }: App): Need {
  const callable = calledIn(module.callable);
  return module.kind === 'file'
    ? { path: module.file, prop: 'module: WsgiModule.file', callable }
    : { module: module.module, prop: `module: ${shown(module.module)}`, callable };
}

/** A factory is called with nothing. */
function calledIn(callable: string): NeededCallable {
  return callable.endsWith('()') ? { name: callable.slice(0, -2), given: [] } : { name: callable };
}

function gunicornNeeds({ hooks }: GunicornApp): Need[] {
  return Object.entries(hooks).flatMap(([hook, source]): Need[] => {
    if (source.kind !== 'imported') return [];
    const { module, name } = source;
    const prop = `GunicornHook.imported(${shown(module)}, ${shown(name)}) of ${hook}`;
    return [{ prop, module, callable: { name, given: HOOK_ARGUMENTS[hook as HookName] } }];
  });
}

/** What an option loads, and what its user calls it. */
interface Loaded {
  readonly prop: string;
  readonly target: string;
  readonly given?: readonly string[];
}

/**
 * Seen: without the file of a mounted application uWSGI ends; without anything else of these it goes on, and starts a mule that has no
 * program again and again.
 */
function uwsgiNeeds(app: UwsgiApp): Need[] {
  return [...mounted(app), ...imported(app), ...mules(app)].flatMap((each) => needOf(each, app.chdir));
}

function mounted(app: UwsgiApp): Loaded[] {
  return linesOf(app, 'mount').map((line) => {
    const [prefix = '', target = ''] = line.split(/=(.*)/s);
    return { prop: `mountApps ${shown(prefix)}`, target };
  });
}

function imported(app: UwsgiApp): Loaded[] {
  const passed = app.options.filter(({ name }) => /^(?:shared|spooler)-(?:py-?|python-)?import$/.test(name));
  return [
    ...linesOf(app, 'import').map((target, at) => ({
      prop: `pyImport[${String(at)}] ${shown(target)}`,
      target,
    })),
    ...passed.map(({ name, value }) => ({ prop: `${name} ${shown(value)}`, target: value })),
  ];
}

function mules(app: UwsgiApp): Loaded[] {
  return linesOf(app, 'mule').map((target, at) => ({
    prop: `mule[${String(at)}] ${shown(target)}`,
    target,
    given: [],
  }));
}

function linesOf({ settings }: UwsgiApp, name: string): readonly string[] {
  const lines = settings[name];
  return Array.isArray(lines) ? (lines as readonly string[]) : [];
}

/** A file, relative to `chdir` or anywhere in the container, or a module, with a callable of it after a colon. */
function needOf({ prop, target, given }: Loaded, chdir: string): Need[] {
  if (target.endsWith('.py')) {
    const path = posix.relative(chdir, posix.resolve(chdir, target));
    return path.startsWith('..') ? [] : [{ prop, path }];
  }
  const [module = '', callable] = target.split(':');
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(module)) return [];
  if (callable === undefined) return [{ prop, module }];
  return [{ prop, module, callable: { ...calledIn(callable), ...(given === undefined ? {} : { given }) } }];
}
