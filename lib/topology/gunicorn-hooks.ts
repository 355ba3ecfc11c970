import { LOADED_MARKER } from './derive/paths';
import type { GunicornHook } from '../gunicorn/setting';
import { readDef } from '../gunicorn/python-def';
import type { GunicornApp, HookSource } from './gunicorn-app';

/** What gunicorn calls the arguments of each of its hooks, in its manual's order of the hooks. */
export const HOOK_ARGUMENTS = {
  on_starting: ['server'],
  on_reload: ['server'],
  when_ready: ['server'],
  pre_fork: ['server', 'worker'],
  post_fork: ['server', 'worker'],
  post_worker_init: ['worker'],
  worker_int: ['worker'],
  worker_abort: ['worker'],
  pre_exec: ['server'],
  pre_request: ['worker', 'req'],
  post_request: ['worker', 'req', 'environ', 'resp'],
  child_exit: ['server', 'worker'],
  worker_exit: ['server', 'worker'],
  nworkers_changed: ['server', 'new_value', 'old_value'],
  on_exit: ['server'],
  ssl_context: ['config', 'default_ssl_context_factory'],
  on_dirty_starting: ['arbiter'],
  dirty_post_fork: ['arbiter', 'worker'],
  dirty_worker_init: ['worker'],
  dirty_worker_exit: ['arbiter', 'worker'],
} as const;

/** Name of a server hook. */
export type HookName = keyof typeof HOOK_ARGUMENTS;

/**
 * The Python text of a hook. A function of a module is imported when the hook is called: gunicorn would look for it while it reads its
 * file, before it knows `chdir` or `pythonpath` (seen: no module of that name).
 */
export function hookText(name: HookName, source: HookSource): string {
  if (source.kind === 'python') return source.text;
  return `${headOf(name)}\n${importedCall(name, source)}`;
}

/** What the library itself has to do when gunicorn calls a hook, besides a user's hook of that name. */
interface OwnStatements {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const NOTHING: OwnStatements = { before: [], after: [] };

/**
 * A worker that has loaded the application says so, which is what the probe waits for. `when_ready` would be too early, since it comes
 * before the workers load (seen). Where a user's hook raises, the worker ends and has not loaded.
 */
const SAY_LOADED: OwnStatements = { before: [], after: [`    open('${LOADED_MARKER}', 'w').close()`] };

/**
 * Reads what the application has left of a body, after the answer: gunicorn would close the connection, and nginx, which is still
 * sending, would answer 502 in place of what the application said (seen with bodies larger than a socket's buffer).
 */
const READ_THE_REST: OwnStatements = {
  before: ['    while req.body.read(65536):', '        pass'],
  after: [],
};

/** The functions of a file: the user's hooks, ours, and the user's of the same name as ours, which ours call. */
export function hookFunctions(app: GunicornApp): {
  readonly hooks: GunicornHook[];
  readonly helpers: GunicornHook[];
} {
  const ours = ownStatements(app);
  const names = (Object.keys(HOOK_ARGUMENTS) as HookName[]).filter(
    (name) => app.hooks[name] !== undefined || ours[name] !== undefined,
  );
  const combined = names.map((name) => combine(name, app.hooks[name], ours[name] ?? NOTHING));
  return {
    hooks: combined.map(({ hook }) => hook),
    helpers: combined.flatMap(({ helper }) => helper ?? []),
  };
}

function ownStatements(app: GunicornApp): { readonly [name in HookName]?: OwnStatements } {
  return {
    ...(hasUnreadBodies(app) ? { post_request: READ_THE_REST } : {}),
    post_worker_init: SAY_LOADED,
  };
}

/** Workers that call the hook; a client that speaks to gunicorn itself could hold a worker with a body that never ends. */
function hasUnreadBodies({ transport, listeners, workerClass }: GunicornApp): boolean {
  const isBehindNginx = transport !== undefined && listeners.length === 0;
  return isBehindNginx && ['sync', 'gthread', 'gevent'].includes(workerClass);
}

/** A user's function has a name of its own where ours calls it: it may return early. */
function combine(
  name: HookName,
  own: HookSource | undefined,
  { before, after }: OwnStatements,
): { readonly hook: GunicornHook; readonly helper?: GunicornHook } {
  const around = (...call: string[]): GunicornHook => ({
    name,
    text: [headOf(name), ...before, ...call, ...after].join('\n'),
  });
  if (own === undefined) return { hook: around() };
  if (own.kind === 'imported') return { hook: around(importedCall(name, own)) };
  if (before.length + after.length === 0) return { hook: { name, text: own.text } };
  const helper = `own_${name}`;
  const given = HOOK_ARGUMENTS[name].slice(0, readDef(own.text)?.positional);
  return {
    hook: around(`    ${helper}(${given.join(', ')})`),
    helper: { name: helper, text: own.text.replace(name, helper) },
  };
}

function headOf(name: HookName): string {
  return `def ${name}(${HOOK_ARGUMENTS[name].join(', ')}):`;
}

/** `ssl_context` gives its value back, and so may the module's own function of any name. */
function importedCall(name: HookName, source: Extract<HookSource, { kind: 'imported' }>): string {
  const call = `hook(${HOOK_ARGUMENTS[name].join(', ')})`;
  const returned = name === 'ssl_context' ? `return ${call}` : call;
  return `    from ${source.module} import ${source.name} as hook\n\n    ${returned}`;
}
