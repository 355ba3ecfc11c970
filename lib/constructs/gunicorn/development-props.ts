import { choice, flag, paths } from './rows';
import type { Rows } from './rows';

/** How changed code is found. */
export enum GunicornReloadEngine {
  /** inotify where the image has it, else by looking. */
  AUTO = 'auto',
  /** By looking every second. */
  POLL = 'poll',
  /** By the kernel: the image needs the package `inotify`. */
  INOTIFY = 'inotify',
}

/** For somebody's own machine: each of these needs `development: true`. */
export interface GunicornDevelopmentProps {
  /**
   * Whether workers start again when the code changes.
   *
   * @default false (gunicorn)
   */
  readonly reload?: boolean;
  /**
   * How changed code is found.
   *
   * @default GunicornReloadEngine.AUTO (gunicorn)
   */
  readonly reloadEngine?: GunicornReloadEngine;
  /**
   * Files besides the modules, such as templates, and from gunicorn 26.1 patterns of them; without a pattern each has to exist.
   *
   * @default - none (gunicorn)
   */
  readonly reloadExtraFiles?: string[];
  /**
   * Whether every line that Python runs is printed; the server may then miss the signal to stop, and is killed.
   *
   * @default false (gunicorn)
   */
  readonly spew?: boolean;
}

export const DEVELOPMENT_ROWS: Rows<GunicornDevelopmentProps> = {
  reload: flag,
  reloadEngine: choice,
  reloadExtraFiles: paths,
  spew: flag,
};
