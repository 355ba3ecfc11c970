/**
 * What a hook can do in a uWSGI without further plugins (source: `uwsgi_register_base_hooks` of core/hooks.c; each seen with 2.0.21,
 * 2.0.28 and 2.0.31). None of the plugins of Debian or of PyPI's build has another.
 */
export const HOOK_ACTIONS: ReadonlySet<string> = new Set([
  ...['cd', 'chdir', 'mkdir', 'putenv', 'chmod', 'chown', 'chown2', 'sticky', 'exec', 'safeexec', 'create'],
  ...['creat', 'write', 'writen', 'append', 'appendn', 'writefifo', 'unlink', 'mount', 'umount', 'call'],
  ...['callret', 'callint', 'callintret', 'hostname', 'alarm', 'rpc', 'retryrpc', 'wait_for_fs'],
  ...['wait_for_file', 'wait_for_dir', 'wait_for_socket', 'unix_signal', 'spinningfifo', 'exit', 'print'],
  'log',
]);

/** Whether an option's value is an action; `after-request-hook` takes a function of C instead. */
export function isHook(option: string): boolean {
  return option.startsWith('hook-');
}

/**
 * Name of the action of a hook, undefined where there is none before a colon. A file stands in front of it in `hook-touch`, and a
 * leading `!` keeps it out of the log.
 */
export function hookAction(option: string, value: string): string | undefined {
  const text = option === 'hook-touch' ? value.replace(/^\s*\S+(?:\s+|$)/, '') : value;
  return /^\s*!?([^:]+):/.exec(text)?.[1];
}
