import { LOADED_MARKER, PATHS, slotLink, socketDirectoryInApp } from '../derive/paths';
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
  const program = ['python3', '-I', '-S', `${PATHS.appConfig}/probe.py`];
  const asked = question(app);
  if (app.transport?.kind !== 'unix') {
    const port = app.transport?.port ?? app.listeners[0]?.port ?? 0;
    return ['CMD', ...program, `address=${String(port)}`, ...asked];
  }
  const directory = socketDirectoryInApp();
  const script = `exec "$@" address=unix:${directory}/$(cat /proc/sys/kernel/hostname).sock`;
  const link = [`link=${directory}/${slotLink(app.protocol, slot)}`, `marker=${CURRENT_MARKER}`];
  return ['CMD', 'sh', '-c', script, 'probe', ...program, ...asked, ...link];
}

/** What the probe has to see; an application without a transport has listeners, and those speak HTTP. */
function question(app: App): string[] {
  const { path, timeoutMs } = app.health;
  const timeout = `timeout=${String(timeoutMs / 1000)}`;
  const tls = shakesHands(app) ? ['tls=1'] : [];
  if (path === undefined) return [timeout, `loaded=${LOADED_MARKER}`, ...tls];
  const protocol = app.transport === undefined ? 'http' : app.protocol;
  return [timeout, `path=${path}`, `protocol=${protocol}`, ...tls];
}

/**
 * Whether the probe makes a TLS handshake: a connection without one is a traceback in the log of gevent workers (seen). Where clients
 * need a certificate it has none to show.
 */
function shakesHands(app: App): boolean {
  return app.server === 'gunicorn' && speaksTls(app) && app.named['cert_reqs'] !== CERT_REQUIRED;
}
