import { ConfigError } from '../../errors';
import type { FileMode } from '../../values/file-mode';
import { OWN, flag, path, text } from './conversion';
import type { Conversions, UwsgiSettings } from './conversion';

/** Its processes, and how they start. */
export interface UwsgiProcessProps {
  /**
   * Worker processes.
   *
   * @default - two for each declared cpu; with threads four of them for each cpu, with an event loop one worker for each and at least
   * two; none more than the memory holds
   */
  readonly processes?: number;
  /**
   * Threads of each worker. Before uWSGI 2.0.27 not with what recycles workers (`maxRequests`, `maxWorkerLifetime`, `reloadOnAs`,
   * `reloadOnRss`), which loses requests there.
   *
   * @default 1 (uWSGI)
   */
  readonly threads?: number;
  /**
   * Whether the application may start threads.
   *
   * @default true: background threads freeze between requests without it (uWSGI: false)
   */
  readonly enableThreads?: boolean;
  /**
   * Whether a master process watches the workers.
   *
   * @default true (uWSGI: false)
   */
  readonly master?: boolean;
  /**
   * Whether accepting is serialized among processes.
   *
   * @default - true with more than one process (uWSGI: false)
   */
  readonly thunderLock?: boolean;
  /**
   * Whether each worker loads the application for itself.
   *
   * @default false (uWSGI)
   */
  readonly lazyApps?: boolean;
  /**
   * Whether only one Python interpreter runs in each worker.
   *
   * @default true: sub-interpreters break some C extensions (uWSGI: false)
   */
  readonly singleInterpreter?: boolean;
  /**
   * Whether the server ends when the application cannot be loaded.
   *
   * @default true: it would answer 500 to everything (uWSGI: false)
   */
  readonly needApp?: boolean;
  /**
   * Whether an unknown option stops the start.
   *
   * @default true (uWSGI: false)
   */
  readonly strict?: boolean;
  /**
   * Whether the socket is removed at the end.
   *
   * @default true (uWSGI: false)
   */
  readonly vacuum?: boolean;
  /**
   * Whether processes are named after what they do, such as `uWSGI worker 1`.
   *
   * @default true (uWSGI: false)
   */
  readonly autoProcname?: boolean;
  /**
   * What the names of processes begin with; a blank at its end cannot be kept.
   *
   * @default - none (uWSGI)
   */
  readonly procnamePrefix?: string;
  /**
   * Whether programs that the application starts do not inherit its connections.
   *
   * @default false (uWSGI)
   */
  readonly closeOnExec?: boolean;
  /**
   * Plugins that `options` need, loaded before everything that they provide. What a prop needs is loaded without being
   * asked.
   *
   * @default - none (uWSGI)
   */
  readonly plugins?: string[];
  /**
   * Directory in the image that plugins are looked for in, absolute.
   *
   * @default - the one that uWSGI was built with
   */
  readonly pluginsDir?: string;
  /**
   * Rights that files and directories of the application do not get: `002` lets the group write them, as on a volume that several
   * share. The socket's are those of `socketMode` all the same.
   *
   * @default - 022 (the container)
   */
  readonly umask?: FileMode;
}

/** A umask that takes bits from the owner is a mode, most likely: the server could not use its own files. */
const UMASK = {
  convert: ({ octal }: FileMode, prop: string): UwsgiSettings => {
    if (octal.startsWith('0')) return { umask: octal };
    throw new ConfigError({
      what: `${prop} ${octal} takes rights from the owner, and the application could not use its own files`,
      fix: "give what others and the group lose, such as FileMode.of('002') for files that the group may write",
    });
  },
};

/** The options that the props become. */
export const UWSGI_PROCESS_OPTIONS: Conversions<UwsgiProcessProps> = {
  processes: OWN,
  threads: OWN,
  enableThreads: OWN,
  master: OWN,
  thunderLock: OWN,
  lazyApps: OWN,
  singleInterpreter: OWN,
  needApp: OWN,
  strict: OWN,
  vacuum: OWN,
  autoProcname: OWN,
  procnamePrefix: text('procname-prefix'),
  closeOnExec: flag('close-on-exec'),
  plugins: OWN,
  pluginsDir: path('plugins-dir'),
  umask: UMASK,
};
