import { ConfigError, allOf } from '../../errors';
import { readDef } from '../../gunicorn/python-def';
import { hookProblem } from '../../gunicorn/validate';
import type { HookSource } from '../../topology/gunicorn-app';
import { HOOK_ARGUMENTS, hookText } from '../../topology/gunicorn-hooks';
import type { HookName } from '../../topology/gunicorn-hooks';
import type { GunicornHook } from './hook';

/** What gunicorn calls at the points of its life, and with which arguments. */
export interface GunicornHookProps {
  /**
   * Before the server does anything: `on_starting(server)`.
   *
   * @default - nothing
   */
  readonly onStarting?: GunicornHook;
  /**
   * When the server is told to load its code again, SIGHUP: `on_reload(server)`.
   *
   * @default - nothing
   */
  readonly onReload?: GunicornHook;
  /**
   * When the sockets listen, before a worker has loaded the application: `when_ready(server)`.
   *
   * @default - nothing
   */
  readonly whenReady?: GunicornHook;
  /**
   * Before a worker is forked: `pre_fork(server, worker)`.
   *
   * @default - nothing
   */
  readonly preFork?: GunicornHook;
  /**
   * In a new worker: `post_fork(server, worker)`.
   *
   * @default - nothing
   */
  readonly postFork?: GunicornHook;
  /**
   * In a worker that has loaded the application: `post_worker_init(worker)`.
   *
   * @default - nothing
   */
  readonly postWorkerInit?: GunicornHook;
  /**
   * In a worker that is told to stop, SIGINT or SIGQUIT: `worker_int(worker)`.
   *
   * @default - nothing
   */
  readonly workerInt?: GunicornHook;
  /**
   * In a worker that was silent for `timeout`, SIGABRT: `worker_abort(worker)`.
   *
   * @default - nothing
   */
  readonly workerAbort?: GunicornHook;
  /**
   * Before a new server takes over, SIGUSR2: `pre_exec(server)`.
   *
   * @default - nothing
   */
  readonly preExec?: GunicornHook;
  /**
   * Before a request: `pre_request(worker, req)`.
   *
   * @default - nothing
   */
  readonly preRequest?: GunicornHook;
  /**
   * After a request: `post_request(worker, req, environ, resp)`; a function written here may leave out the last one or two.
   *
   * @default - nothing
   */
  readonly postRequest?: GunicornHook;
  /**
   * In the server, after a worker has ended: `child_exit(server, worker)`.
   *
   * @default - nothing
   */
  readonly childExit?: GunicornHook;
  /**
   * In a worker that ends: `worker_exit(server, worker)`.
   *
   * @default - nothing
   */
  readonly workerExit?: GunicornHook;
  /**
   * When the number of workers changes: `nworkers_changed(server, new_value, old_value)`.
   *
   * @default - nothing
   */
  readonly nworkersChanged?: GunicornHook;
  /**
   * Before the server ends: `on_exit(server)`.
   *
   * @default - nothing
   */
  readonly onExit?: GunicornHook;
  /**
   * Makes the TLS context of an application with `certfile`: `ssl_context(config, default_ssl_context_factory)`; from gunicorn 21.0.
   *
   * @default - nothing
   */
  readonly sslContext?: GunicornHook;
  /**
   * Before the dirty arbiter does anything: `on_dirty_starting(arbiter)`; from gunicorn 25.0.
   *
   * @default - nothing
   */
  readonly onDirtyStarting?: GunicornHook;
  /**
   * In a new dirty worker: `dirty_post_fork(arbiter, worker)`; from gunicorn 25.0.
   *
   * @default - nothing
   */
  readonly dirtyPostFork?: GunicornHook;
  /**
   * In a dirty worker that has loaded its applications: `dirty_worker_init(worker)`; from gunicorn 25.0.
   *
   * @default - nothing
   */
  readonly dirtyWorkerInit?: GunicornHook;
  /**
   * In a dirty worker that ends: `dirty_worker_exit(arbiter, worker)`; from gunicorn 25.0.
   *
   * @default - nothing
   */
  readonly dirtyWorkerExit?: GunicornHook;
}

/** gunicorn's name of each hook: a prop without one does not compile. */
export const HOOK_NAMES: { readonly [K in keyof GunicornHookProps]-?: HookName } = {
  onStarting: 'on_starting',
  onReload: 'on_reload',
  whenReady: 'when_ready',
  preFork: 'pre_fork',
  postFork: 'post_fork',
  postWorkerInit: 'post_worker_init',
  workerInt: 'worker_int',
  workerAbort: 'worker_abort',
  preExec: 'pre_exec',
  preRequest: 'pre_request',
  postRequest: 'post_request',
  childExit: 'child_exit',
  workerExit: 'worker_exit',
  nworkersChanged: 'nworkers_changed',
  onExit: 'on_exit',
  sslContext: 'ssl_context',
  onDirtyStarting: 'on_dirty_starting',
  dirtyPostFork: 'dirty_post_fork',
  dirtyWorkerInit: 'dirty_worker_init',
  dirtyWorkerExit: 'dirty_worker_exit',
};

/**
 * The hooks of an application, under gunicorn's names and in the order of its manual.
 *
 * @throws ConfigError that names the prop, for a function of another name or another number of arguments, and for a release that does
 *   not have the hook.
 */
export function hooksOf(props: GunicornHookProps, version: string): Partial<Record<HookName, HookSource>> {
  const given = (Object.keys(HOOK_NAMES) as (keyof GunicornHookProps)[]).flatMap((prop) => {
    const hook = props[prop];
    return hook === undefined ? [] : [{ prop, source: hook._model }];
  });
  return Object.fromEntries(
    allOf(given, ({ prop, source }) => [HOOK_NAMES[prop], checked(prop, source, version)]),
  );
}

function checked(prop: keyof GunicornHookProps, source: HookSource, version: string): HookSource {
  const name = HOOK_NAMES[prop];
  const text = hookText(name, source);
  const written = readDef(text)?.name;
  if (written !== name) {
    throw new ConfigError({
      what: `${prop} is a function called ${String(written)}, and gunicorn calls ${name}`,
      fix: `write 'def ${name}(${HOOK_ARGUMENTS[name].join(', ')}):'`,
      rule: 'GUN-UNKNOWN',
    });
  }
  const problem = hookProblem({ name, text }, version, prop);
  if (problem !== undefined) throw new ConfigError(problem);
  return source;
}
