import { setting } from '../../gunicorn/setting';
import type { GunicornFile, GunicornSetting, PythonValue } from '../../gunicorn/setting';
import { pythonValue } from '../../gunicorn/python-value';
import { SETTINGS } from '../../gunicorn/setting-table';
import { isAtLeast } from '../../server-version';
import { HEAD_LIMITS } from '../derive/head-limits';
import { socketDirectoryInApp } from '../derive/paths';
import type { GunicornApp } from '../gunicorn-app';
import { hookFunctions } from '../gunicorn-hooks';
import { portsOf } from '../listener';

/**
 * The config file of a gunicorn application, in the order that a reader expects; then what else was asked for, in the order of
 * the manual; what is passed through last.
 */
export function gunicornFile(app: GunicornApp): GunicornFile {
  return {
    settings: [
      setting('wsgi_app', moduleText(app)),
      setting('chdir', app.chdir),
      setting('bind', binds(app)),
      ...(app.transport?.kind === 'unix' ? [setting('umask', { octal: umaskFor(app.socketMode) })] : []),
      ...protocolSettings(app),
      ...workerSettings(app),
      ...limitSettings(app),
      ...headSettings(app),
      ...forwardingSettings(app),
      ...logSettings(app),
      setting('worker_tmp_dir', '/dev/shm'),
      ...controlSettings(app),
      ...namedSettings(app),
      ...Object.entries(app.settings).map(([name, value]) => setting(name, pythonValue(value))),
    ],
    ...hookFunctions(app),
  };
}

/** A second door to the server is open only where it is asked for. */
function controlSettings(app: GunicornApp): GunicornSetting[] {
  const isAsked = app.named['control_socket'] !== undefined;
  return isAtLeast(app.serverVersion, '25.1.0') && !isAsked ? [setting('control_socket_disable', true)] : [];
}

const MANUAL_ORDER = new Map(Object.keys(SETTINGS).map((name, at) => [name, at]));

function namedSettings(app: GunicornApp): GunicornSetting[] {
  return Object.entries(app.named)
    .toSorted(([one], [other]) => (MANUAL_ORDER.get(one) ?? 0) - (MANUAL_ORDER.get(other) ?? 0))
    .map(([name, value]) => setting(name, value));
}

function moduleText({ module }: GunicornApp): string {
  const name =
    module.kind === 'dotted' ? module.module : module.file.replace(/\.py$/, '').replace(/\//g, '.');
  return `${name}:${module.callable}`;
}

function binds(app: GunicornApp): PythonValue {
  const direct = portsOf(app.listeners).map((port) => `0.0.0.0:${String(port)}`);
  if (app.transport === undefined) return direct;
  const own =
    app.transport.kind === 'unix'
      ? { before: `unix:${socketDirectoryInApp()}/`, after: '.sock' }
      : `0.0.0.0:${String(app.transport.port)}`;
  return [own, ...direct];
}

/** The umask under which gunicorn's socket gets a mode: it creates sockets with 0777. */
function umaskFor(mode: string): string {
  return mode.replace(/[0-7]/g, (digit) => String(7 - Number(digit)));
}

/** Release from which gunicorn speaks uWSGI's protocol. */
const PROTOCOL_SINCE = '24.0.0';

/** Where the release knows no protocol, that is told, and not what follows from it. */
function protocolSettings(app: GunicornApp): GunicornSetting[] {
  if (app.protocol !== 'uwsgi') return [];
  const protocol = setting('protocol', 'uwsgi');
  return isAtLeast(app.serverVersion, PROTOCOL_SINCE)
    ? [protocol, setting('uwsgi_allow_ips', '*')]
    : [protocol];
}

function workerSettings(app: GunicornApp): GunicornSetting[] {
  return [
    setting('workers', app.workers),
    setting('worker_class', app.workerClass),
    ...given('threads', app.threads),
    ...given('worker_connections', app.workerConnections),
    setting('backlog', app.backlog),
    setting('preload_app', app.preloadApp),
  ];
}

function limitSettings(app: GunicornApp): GunicornSetting[] {
  return [
    setting('timeout', app.timeoutSeconds),
    setting('graceful_timeout', app.gracefulTimeoutSeconds),
    setting('keepalive', app.keepaliveSeconds),
    ...given('max_requests', app.maxRequests),
    ...given('max_requests_jitter', app.maxRequestsJitter),
  ];
}

/** Limits that are nginx's: what it lets through is not refused behind it. */
function headSettings(app: GunicornApp): GunicornSetting[] {
  if (app.transport === undefined) return [];
  return HEAD_LIMITS.filter(([name]) => !Object.hasOwn(app.named, name)).map(([name, value]) =>
    setting(name, value),
  );
}

/**
 * Who is believed about the scheme. Only X-Forwarded-Proto counts: a client that adds another of gunicorn's three
 * headers would get 400. On a network of the application's own, nginx is the only neighbour; on a Unix socket as well,
 * where gunicorn's own workers believe everybody and uvicorn's nobody unless it is told so.
 */
function forwardingSettings(app: GunicornApp): GunicornSetting[] {
  const headers = setting('secure_scheme_headers', { dict: { 'X-FORWARDED-PROTO': 'https' } });
  const ownNetwork = app.transport !== undefined && app.listeners.length === 0;
  const trusted = app.forwardedAllowIps?.join(',') ?? (ownNetwork ? '*' : '127.0.0.1');
  return [headers, setting('forwarded_allow_ips', trusted)];
}

function logSettings(app: GunicornApp): GunicornSetting[] {
  return [
    setting('loglevel', app.loglevel),
    ...(app.accesslog === undefined ? [] : [setting('accesslog', app.accesslog)]),
    setting('errorlog', app.errorlog),
  ];
}

function given(name: string, value: number | undefined): GunicornSetting[] {
  return value === undefined ? [] : [setting(name, value)];
}
