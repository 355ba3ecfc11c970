import { ConfigError, shown } from '../../errors';
import type { Duration } from '../../values/duration';
import type { WsgiModule } from '../app/wsgi-module';
import type { UwsgiWsgiEnvBehaviour } from './wsgi-env-behaviour';
import { OWN, choice, flag, path, paths, seconds, text, texts } from './conversion';
import type { Conversions, UwsgiSettings } from './conversion';

/** How Python finds, loads and calls the application. */
export interface UwsgiPythonProps {
  /**
   * A virtualenv in the image, absolute.
   *
   * @default - the interpreter's own packages (uWSGI)
   */
  readonly home?: string;
  /**
   * Directories that modules are looked for in, before those of the interpreter.
   *
   * @default - `chdir` alone
   */
  readonly pythonpath?: string[];
  /**
   * Modules that are imported once more than the application asks for, such as those that register signals.
   *
   * @default - none (uWSGI)
   */
  readonly pyImport?: string[];
  /**
   * `sys.argv` of the application, its arguments separated by blanks.
   *
   * @default - none (uWSGI)
   */
  readonly pyargv?: string;
  /**
   * Further applications of the same server, by the URL prefix that each answers; `module` answers everything else.
   *
   * @default - none (uWSGI)
   */
  readonly mountApps?: Record<string, WsgiModule>;
  /**
   * Whether the prefix is moved from PATH_INFO to SCRIPT_NAME for `mountApps`.
   *
   * @default - true with mountApps (uWSGI: false)
   */
  readonly manageScriptName?: boolean;
  /**
   * Whether the environ of a request is a new dictionary each time.
   *
   * @default UwsgiWsgiEnvBehaviour.CHEAT (uWSGI)
   */
  readonly wsgiEnvBehaviour?: UwsgiWsgiEnvBehaviour;
  /**
   * Whether the application may answer with what supports the buffer protocol, such as bytearray.
   *
   * @default false (uWSGI)
   */
  readonly wsgiAcceptBuffer?: boolean;
  /**
   * Whether `wsgi.file_wrapper` is left out, for applications that hand it what is no file.
   *
   * @default false (uWSGI)
   */
  readonly wsgiDisableFileWrapper?: boolean;
  /**
   * Whether Python resets threads and locks after a fork, which an application that is loaded before the fork may need.
   *
   * @default false (uWSGI)
   */
  readonly pyCallOsafterfork?: boolean;
  /**
   * Whether functions of `os.register_at_fork` run around uWSGI's forks.
   *
   * @default false (uWSGI)
   */
  readonly pyCallUwsgiForkHooks?: boolean;
  /**
   * Path of a socket for each worker that tells what its threads are doing, its number appended; below a writable directory,
   * such as /tmp/tb.
   *
   * @default - none (uWSGI)
   */
  readonly pyTracebacker?: string;
  /**
   * How often modules are looked at for changes; with `development: true` alone.
   *
   * @default - never (uWSGI)
   */
  readonly pyAutoreload?: Duration;
  /**
   * Whether a traceback is the answer to a request that raised; with `development: true` alone.
   *
   * @default false (uWSGI)
   */
  readonly catchExceptions?: boolean;
  /**
   * Whether a worker is replaced after a request that raised; not with threads, whose requests would end with it.
   *
   * @default false (uWSGI)
   */
  readonly reloadOnException?: boolean;
}

const MOUNT_APPS = {
  convert: (apps: Record<string, WsgiModule>): UwsgiSettings => ({
    mount: Object.entries(apps).map(([prefix, { _model }]) => mountLine(prefix, _model)),
  }),
};

function mountLine(prefix: string, module: WsgiModule['_model']): string {
  if (!/^(?:\/[A-Za-z0-9._~-]+)+$/.test(prefix)) {
    throw new ConfigError({
      what: `mountApps ${shown(prefix)} is not a URL prefix`,
      fix: "give one with a '/' first and none last, such as '/shop'; module answers '/'",
    });
  }
  // `file.py:name` is taken for a module (seen); a file's callable is the server's one.
  return module.kind === 'file'
    ? `${prefix}=${module.file}`
    : `${prefix}=${module.module}:${module.callable}`;
}

/** The options that the props become. */
export const UWSGI_PYTHON_OPTIONS: Conversions<UwsgiPythonProps> = {
  home: path('home'),
  pythonpath: paths('pythonpath'),
  pyImport: texts('import'),
  pyargv: text('pyargv'),
  mountApps: MOUNT_APPS,
  manageScriptName: OWN,
  wsgiEnvBehaviour: choice('wsgi-env-behaviour'),
  wsgiAcceptBuffer: flag('wsgi-accept-buffer'),
  wsgiDisableFileWrapper: flag('wsgi-disable-file-wrapper'),
  pyCallOsafterfork: flag('py-call-osafterfork'),
  pyCallUwsgiForkHooks: flag('py-call-uwsgi-fork-hooks'),
  pyTracebacker: path('py-tracebacker'),
  pyAutoreload: seconds('py-autoreload'),
  catchExceptions: flag('catch-exceptions'),
  reloadOnException: flag('reload-on-exception'),
};
