import { texts } from './conversion';
import type { Conversions } from './conversion';

/** Commands and actions at points of the server’s life. */
export interface UwsgiHookProps {
  /**
   * Commands that run before anything else; a failing one ends the server.
   *
   * @default - none (uWSGI)
   */
  readonly execAsap?: string[];
  /**
   * Commands that run before the application is loaded; a failing one ends the server.
   *
   * @default - none (uWSGI)
   */
  readonly execPreApp?: string[];
  /**
   * Actions of uWSGI, such as `print:loading`, before the application is loaded; one that it does not know would stop the start.
   *
   * @default - none (uWSGI)
   */
  readonly hookPreApp?: string[];
  /**
   * Actions of uWSGI in each worker when it begins to take requests; with one that it does not know, no worker would live.
   *
   * @default - none (uWSGI)
   */
  readonly hookAccepting?: string[];
}

/** The options that the props become. */
export const UWSGI_HOOK_OPTIONS: Conversions<UwsgiHookProps> = {
  execAsap: texts('exec-asap'),
  execPreApp: texts('exec-pre-app'),
  hookPreApp: texts('hook-pre-app'),
  hookAccepting: texts('hook-accepting'),
};
