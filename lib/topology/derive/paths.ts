import type { Protocol } from '../app';
import type { App } from '../topology';

/** Marker in the container's own tmpfs that says: a worker has loaded the application and accepts requests. */
export const LOADED_MARKER = '/tmp/.loaded';

/**
 * Where things lie in the containers. Every path is absent from the usual images, so that a volume mounted
 * there never copies an image's directory into itself.
 */
export const PATHS = {
  /** Directory of an application's sockets, in its own container. */
  appSockets: '/run/wsgi',
  /** Directory of an application's configuration, published read-only. */
  appConfig: '/etc/wsgi',
  /** Parent of every application's socket directory, in nginx's container. */
  nginxSockets: '/run/wsgi',
  /** Volume of nginx configurations: `<hash>/nginx.conf`, `next` and `current`. */
  nginxConfig: '/conf',
  /** tmpfs of nginx: pid file, temporary files, its probe's marker. */
  scratch: '/tmp',
  /** tmpfs volume on which nginx listens and the gate connects. */
  edge: '/run/edge',
  /** Link to this generation's own directory on the edge, made by nginx's start script. */
  edgeOwn: '/tmp/edge',
  /** Where nginx's container sees directories of the Docker host that hold sockets of others. */
  hostSockets: '/run/host',
  /** Parent of every static mount's files, in nginx's container. */
  statics: '/srv/static',
} as const;

/** Directories of an application's container that are the library's alone. */
export const OWN_DIRECTORIES: readonly string[] = [PATHS.appSockets, PATHS.appConfig];

/** Path of the socket that a generation binds, seen from the application, with the hostname left to its server. */
export function socketDirectoryInApp(): string {
  return PATHS.appSockets;
}

/** Directory of an application's sockets, seen from nginx. */
export function socketDirectoryInNginx(app: string): string {
  return `${PATHS.nginxSockets}/${app}`;
}

/**
 * The stable link that a replica's probe points at its current socket: all that nginx ever names. One for each protocol: a new
 * generation that speaks another must not take requests before nginx speaks that too (seen: they hang).
 */
export function slotLink(protocol: Protocol, slot: number): string {
  return `${protocol}-${String(slot)}.sock`;
}

/** The stable link of a replica, seen from nginx. */
export function slotSocketInNginx(app: string, protocol: Protocol, slot: number): string {
  return `${socketDirectoryInNginx(app)}/${slotLink(protocol, slot)}`;
}

/** Longest path of a Unix socket that Linux takes, in bytes (unix(7)). */
export const LONGEST_SOCKET_PATH = 107;

/** Bytes by which a path is too long for a Unix socket; 0 for one that fits. */
export function socketPathExcess(path: string): number {
  return Math.max(0, Buffer.byteLength(path) - LONGEST_SOCKET_PATH);
}

/** Directory of a static mount's files, seen from nginx. */
export function staticDirectoryInNginx(mount: string): string {
  return `${PATHS.statics}/${mount}`;
}

/** True when an absolute path is a directory itself or lies below it. */
export function isBelow(path: string, directory: string): boolean {
  const base = directory.replace(/\/+$/, '');
  return path === base || path.startsWith(`${base}/`);
}

/** File name of the configuration that an application's server reads. */
export function configFileName(app: App): string {
  return app.server === 'uwsgi' ? 'uwsgi.ini' : 'gunicorn.conf.py';
}

/** Directories that hold an application's secret files: each is a volume of its own. */
export function secretDirectories({ secretFiles }: Pick<App, 'secretFiles'>): string[] {
  return [...new Set(secretFiles.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))];
}
