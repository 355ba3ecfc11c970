import type { AppBase } from './app';
import type { UwsgiSizing } from './derive/uwsgi-sizing';

/** Value of an option as uWSGI counts it: seconds, bytes, megabytes; a list is one line each. */
export type UwsgiSetting = string | number | boolean | readonly string[];

/** A uWSGI server and its application. Members left undefined are uWSGI's own default and are not rendered. */
export interface UwsgiApp extends AppBase {
  readonly server: 'uwsgi';
  /** How the Python plugin comes: a Debian build loads it, a PyPI build holds it. */
  readonly pythonPlugin: 'embedded' | 'modular';
  /** Name of the plugin that a modular build loads, such as `python3`. */
  readonly pluginName: string;
  /** Plugins besides Python's that its options need, by uWSGI's own names such as `gevent`. */
  readonly plugins: readonly string[];
  readonly autoProcname: boolean;
  readonly processes: number;
  readonly threads?: number;
  readonly enableThreads: boolean;
  readonly master: boolean;
  readonly thunderLock: boolean;
  readonly bufferSizeBytes: number;
  readonly postBufferingBytes: number;
  readonly listen: number;
  readonly harakiriSeconds: number;
  readonly maxRequests?: number;
  readonly maxRequestsDelta?: number;
  readonly maxWorkerLifetimeSeconds?: number;
  readonly maxWorkerLifetimeDeltaSeconds?: number;
  readonly minWorkerLifetimeSeconds?: number;
  readonly reloadOnAsMebibytes?: number;
  readonly reloadOnRssMebibytes?: number;
  readonly evilReloadOnAsMebibytes?: number;
  readonly evilReloadOnRssMebibytes?: number;
  readonly reloadMercySeconds: number;
  readonly cheaper?: number;
  readonly cheaperInitial?: number;
  readonly cheaperStep?: number;
  /** Where the numbers above come from. */
  readonly sizing: UwsgiSizing;
  readonly lazyApps: boolean;
  readonly singleInterpreter: boolean;
  readonly needApp: boolean;
  readonly strict: boolean;
  readonly vacuum: boolean;
  /** Port of the stats server, on every address of the container. */
  readonly stats?: { readonly port: number; readonly http: boolean };
  readonly staticMaps: readonly { readonly path: string; readonly directory: string }[];
  /** Whether uWSGI's http router takes the connections of the listeners, instead of the workers. */
  readonly http: boolean;
  /** Every other option that a prop gave, by uWSGI's name of it. */
  readonly settings: Readonly<Record<string, UwsgiSetting>>;
  /** Options passed through, checked against the table, in the user's order. */
  readonly options: readonly { readonly name: string; readonly value: string }[];
}
