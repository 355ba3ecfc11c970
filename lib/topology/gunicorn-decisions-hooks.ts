import type { Decision } from './decision';
import { prop } from './gunicorn-decision-forms';

/** Sections of the manual: server hooks, dirty arbiter hooks. */
export const HOOK_DECISIONS = {
  on_starting: prop('onStarting'),
  on_reload: prop('onReload'),
  when_ready: prop('whenReady'),
  pre_fork: prop('preFork'),
  post_fork: prop('postFork'),
  post_worker_init: prop('postWorkerInit'),
  worker_int: prop('workerInt'),
  worker_abort: prop('workerAbort'),
  pre_exec: prop('preExec'),
  pre_request: prop('preRequest'),
  post_request: prop('postRequest'),
  child_exit: prop('childExit'),
  worker_exit: prop('workerExit'),
  nworkers_changed: prop('nworkersChanged'),
  on_exit: prop('onExit'),
  ssl_context: prop('sslContext'),
  on_dirty_starting: prop('onDirtyStarting'),
  dirty_post_fork: prop('dirtyPostFork'),
  dirty_worker_init: prop('dirtyWorkerInit'),
  dirty_worker_exit: prop('dirtyWorkerExit'),
} as const satisfies Readonly<Record<string, Decision>>;
