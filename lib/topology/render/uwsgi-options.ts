import { HOSTNAME, option } from '../../uwsgi/option';
import type { UwsgiOption, UwsgiValue } from '../../uwsgi/option';
import { maxVars } from '../derive/head-limits';
import { socketDirectoryInApp } from '../derive/paths';
import { portsOf } from '../listener';
import type { UwsgiApp } from '../uwsgi-app';

/** Marker in the container's own tmpfs that says: a worker has loaded the application and accepts requests. */
export const LOADED_MARKER = '/tmp/.loaded';

/**
 * What makes uWSGI finish its requests when it is told to stop. SIGTERM by itself reloads, and `die-on-term`,
 * SIGINT and SIGQUIT drop requests in flight (each seen).
 */
const GRACEFUL_STOP = 'unix_signal:15 gracefully_kill_them_all';

/** The lines of an application's `uwsgi.ini`, in the order that a reader expects; passed-through options last. */
export function uwsgiOptions(app: UwsgiApp): UwsgiOption[] {
  return [
    option('strict', app.strict),
    ...(app.pythonPlugin === 'modular' ? [option('need-plugin', app.pluginName)] : []),
    ...applicationLines(app),
    ...processLines(app),
    ...socketLines(app),
    ...limitLines(app),
    ...stopLines(app),
    ...logLines(),
    ...app.staticMaps.map(({ path, directory }) => option('static-map', `${path}=${directory}`)),
    ...statsLines(app),
    ...app.options.map(({ name, value }) => option(name, value)),
  ];
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
    option('auto-procname', true),
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
  const lines = portsOf(app.listeners).map((port) => option('http-socket', `0.0.0.0:${String(port)}`));
  if (app.transport?.kind === 'unix') {
    const path: UwsgiValue = [`${socketDirectoryInApp()}/`, HOSTNAME, '.sock'];
    lines.push(option(name, path), option('chmod-socket', app.socketMode));
  }
  if (app.transport?.kind === 'tcp') lines.push(option(name, `0.0.0.0:${String(app.transport.port)}`));
  return [...lines, option('listen', app.listen), option('vacuum', app.vacuum)];
}

function limitLines(app: UwsgiApp): UwsgiOption[] {
  return [
    option('buffer-size', app.bufferSizeBytes),
    ...(app.options.some(({ name }) => name === 'max-vars')
      ? []
      : [option('max-vars', maxVars(app.bufferSizeBytes))]),
    option('post-buffering', app.postBufferingBytes),
    option('harakiri', app.harakiriSeconds),
    ...given('max-requests', app.maxRequests),
    ...given('max-requests-delta', app.maxRequestsDelta),
    ...given('max-worker-lifetime', app.maxWorkerLifetimeSeconds),
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

/** nginx has the access log; what went wrong is logged here as well. */
function logLines(): UwsgiOption[] {
  return [option('disable-logging', true), option('log-4xx', true), option('log-5xx', true)];
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
