import { LOADED_MARKER } from './render/uwsgi-options';
import type { GunicornHook } from '../gunicorn/setting';
import type { HookSource } from './gunicorn-app';

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

/**
 * The hooks of a file, and what they call. One of them is ours: a worker that has loaded the application says so, which is what the
 * probe waits for. `when_ready` would be too early, since it comes before the workers load (seen). A user's hook of that name
 * runs first, in a function of its own: it may return early, and where it raises, the worker ends and has not loaded.
 */
export function hookFunctions(hooks: Readonly<Record<string, HookSource>>): {
  readonly hooks: GunicornHook[];
  readonly helpers: GunicornHook[];
} {
  const { post_worker_init: own, ...rest } = hooks;
  const others = Object.entries(rest).map(([name, source]) => ({
    name,
    text: hookText(name as HookName, source),
  }));
  const mark = `    open('${LOADED_MARKER}', 'w').close()`;
  const head = headOf('post_worker_init');
  const loaded = (before: readonly string[]): GunicornHook => ({
    name: 'post_worker_init',
    text: [head, ...before, mark].join('\n'),
  });
  if (own === undefined) return { helpers: [], hooks: [...others, loaded([])] };
  if (own.kind === 'imported') {
    return { helpers: [], hooks: [...others, loaded([importedCall('post_worker_init', own)])] };
  }
  const helper = `own_post_worker_init`;
  const text = own.text.replace('post_worker_init', helper);
  return {
    helpers: [{ name: helper, text }],
    hooks: [...others, loaded([`    ${helper}(worker)`])],
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
