import { HOSTNAME, option } from '../../uwsgi/option';
import type { UwsgiOption, UwsgiValue } from '../../uwsgi/option';
import { OPTIONS } from '../../uwsgi/option-table';
import { hasPlugin, pluginFile } from '../../uwsgi/plugins';
import { maxVars } from '../derive/head-limits';
import { routerTimeoutSeconds } from '../derive/timeouts';
import { LOADED_MARKER, socketDirectoryInApp } from '../derive/paths';
import { portsOf } from '../listener';
import type { UwsgiApp } from '../uwsgi-app';

/**
 * What makes uWSGI finish its requests when it is told to stop. SIGTERM by itself reloads, and `die-on-term`,
 * SIGINT and SIGQUIT drop requests in flight (each seen).
 */
const GRACEFUL_STOP = 'unix_signal:15 gracefully_kill_them_all';

/** The lines of an application's `uwsgi.ini`, in the order that a reader expects; passed-through options last. */
export function uwsgiOptions(app: UwsgiApp): UwsgiOption[] {
  return [
    option('strict', app.strict),
    ...pluginLines(app),
    ...applicationLines(app),
    ...settingLines(app, 'python'),
    ...processLines(app),
    ...settingLines(app, 'process-model', 'cheaper', 'privileges'),
    ...socketLines(app),
    ...settingLines(app, 'sockets'),
    ...routerLines(app),
    ...limitLines(app),
    ...settingLines(app, 'buffers-and-limits', 'timeouts', 'recycling'),
    ...stopLines(app),
    ...settingLines(app, 'hooks', 'logging'),
    ...app.staticMaps.map(({ path, directory }) => option('static-map', `${path}=${directory}`)),
    ...settingLines(app, 'static-files'),
    ...statsLines(app),
    ...settingLines(app, 'stats-and-metrics', 'background', 'operations'),
    ...app.options.map(({ name, value }) => option(name, value)),
  ];
}

/** A modular build loads every plugin from a file; an embedded one those that it does not hold. */
function pluginLines({ pythonPlugin, pluginName, plugins }: UwsgiApp): UwsgiOption[] {
  if (pythonPlugin === 'modular') {
    const files = ['python', ...plugins].map((plugin) => pluginFile(plugin, pluginName));
    return [...new Set(files)].map((file) => option('need-plugin', file));
  }
  return plugins
    .filter((plugin) => !hasPlugin('embedded', plugin))
    .map((plugin) => option('need-plugin', plugin));
}

/** The options of some chapters that props became, a line for each member of a list. */
function settingLines(app: UwsgiApp, ...groups: readonly string[]): UwsgiOption[] {
  return Object.entries(app.settings)
    .filter(([name]) => groups.includes(chapterOf(name)))
    .flatMap(([name, value]) => {
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        return [option(name, value)];
      }
      return value.map((each) => option(name, each));
    });
}

/** A few that the table has in no chapter belong to those that they are used with. */
function chapterOf(name: string): string {
  return (Object.hasOwn(OPTIONS, name) ? OPTIONS[name]?.group : undefined) ?? 'python';
}

function applicationLines(app: UwsgiApp): UwsgiOption[] {
  const where =
    app.module.kind === 'file' ? option('wsgi-file', app.module.file) : option('module', app.module.module);
  return [
    option('chdir', app.chdir),
    where,
    option('callable', app.module.callable),
    option('need-app', app.needApp),
    option('single-interpreter', app.singleInterpreter),
    option('lazy-apps', app.lazyApps),
  ];
}

function processLines(app: UwsgiApp): UwsgiOption[] {
  return [
    option('master', app.master),
    option('auto-procname', app.autoProcname),
    option('processes', app.processes),
    ...given('threads', app.threads),
    option('enable-threads', app.enableThreads),
    ...(app.thunderLock ? [option('thunder-lock', true)] : []),
    ...given('cheaper', app.cheaper),
    ...given('cheaper-initial', app.cheaperInitial),
    ...given('cheaper-step', app.cheaperStep),
  ];
}

function socketLines(app: UwsgiApp): UwsgiOption[] {
  const name = app.protocol === 'uwsgi' ? 'socket' : 'http-socket';
  const published = app.http ? 'http' : 'http-socket';
  const lines = portsOf(app.listeners).map((port) => option(published, `0.0.0.0:${String(port)}`));
  if (app.transport?.kind === 'unix') {
    const path: UwsgiValue = [`${socketDirectoryInApp()}/`, HOSTNAME, '.sock'];
    lines.push(option(name, path), option('chmod-socket', app.socketMode));
  }
  if (app.transport?.kind === 'tcp') lines.push(option(name, `0.0.0.0:${String(app.transport.port)}`));
  return [...lines, option('listen', app.listen), option('vacuum', app.vacuum)];
}

/** The router's timeout follows from harakiri where somebody has given one. */
function routerLines(app: UwsgiApp): UwsgiOption[] {
  const isDerived = app.sizing.harakiri.from === 'given' && !Object.hasOwn(app.settings, 'http-timeout');
  return [
    ...given('http-timeout', isDerived ? routerTimeoutSeconds(app) : undefined),
    ...settingLines(app, 'http-router'),
  ];
}

function limitLines(app: UwsgiApp): UwsgiOption[] {
  return [
    option('buffer-size', app.bufferSizeBytes),
    ...(Object.hasOwn(app.settings, 'max-vars') ? [] : [option('max-vars', maxVars(app.bufferSizeBytes))]),
    option('post-buffering', app.postBufferingBytes),
    option('harakiri', app.harakiriSeconds),
    ...given('max-requests', app.maxRequests),
    ...given('max-requests-delta', app.maxRequestsDelta),
    ...given('max-worker-lifetime', app.maxWorkerLifetimeSeconds),
    ...given('max-worker-lifetime-delta', app.maxWorkerLifetimeDeltaSeconds),
    ...given('min-worker-lifetime', app.minWorkerLifetimeSeconds),
    ...given('reload-on-as', app.reloadOnAsMebibytes),
    ...given('reload-on-rss', app.reloadOnRssMebibytes),
    ...given('evil-reload-on-as', app.evilReloadOnAsMebibytes),
    ...given('evil-reload-on-rss', app.evilReloadOnRssMebibytes),
  ];
}

function stopLines(app: UwsgiApp): UwsgiOption[] {
  return [
    option('worker-reload-mercy', app.reloadMercySeconds),
    option('hook-master-start', GRACEFUL_STOP),
    option('hook-accepting1-once', `create:${LOADED_MARKER}`),
  ];
}

function statsLines(app: UwsgiApp): UwsgiOption[] {
  if (app.stats === undefined) return [];
  return [
    option('stats', `0.0.0.0:${String(app.stats.port)}`),
    ...(app.stats.http ? [option('stats-http', true)] : []),
  ];
}

function given(name: string, value: number | undefined): UwsgiOption[] {
  return value === undefined ? [] : [option(name, value)];
}
