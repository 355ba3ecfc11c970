import { LOADED_MARKER } from '../render/uwsgi-options';
import { PATHS, slotLink, socketDirectoryInApp } from '../derive/paths';
import { speaksTls } from '../gunicorn-app';
import type { App } from '../topology';

/** Marker in the container's own tmpfs that says: this start has made its generation the current one. */
const CURRENT_MARKER = '/tmp/.current';

/** Python's `ssl.CERT_REQUIRED`. */
const CERT_REQUIRED = 2;

/**
 * The health check of an application's container. It runs Python as bare as it gets (`-I -S`): no site packages, no
 * variable of the environment, nothing of the application's.
 */
export function appProbe(app: App, slot: number): string[] {
  const { path, timeoutMs } = app.health;
  const fixed = [
    `timeout=${String(timeoutMs / 1000)}`,
    ...(path === undefined ? [`loaded=${LOADED_MARKER}`] : [`path=${path}`, `protocol=${app.protocol}`]),
    ...(shakesHands(app) ? ['tls=1'] : []),
  ];
  const program = ['python3', '-I', '-S', `${PATHS.appConfig}/probe.py`];
  if (app.transport?.kind !== 'unix') {
    const port = app.transport?.port ?? app.listeners[0]?.port ?? 0;
    const spoken = app.transport === undefined ? fixed.map((item) => item.replace('=uwsgi', '=http')) : fixed;
    return ['CMD', ...program, `address=${String(port)}`, ...spoken];
  }
  const directory = socketDirectoryInApp();
  const script = `exec "$@" address=unix:${directory}/$(cat /proc/sys/kernel/hostname).sock`;
  const link = [`link=${directory}/${slotLink(app.protocol, slot)}`, `marker=${CURRENT_MARKER}`];
  return ['CMD', 'sh', '-c', script, 'probe', ...program, ...fixed, ...link];
}

/**
 * Whether the probe makes a TLS handshake: a connection without one is a traceback in the log of gevent workers (seen). Where clients
 * need a certificate it has none to show.
 */
function shakesHands(app: App): boolean {
  return app.server === 'gunicorn' && speaksTls(app) && app.named['cert_reqs'] !== CERT_REQUIRED;
}
