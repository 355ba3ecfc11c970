import { ConfigError, shown } from '../../errors';
import { LONGEST_SOCKET_PATH, PATHS, socketPathExcess } from '../../topology/derive/paths';

/** Bytes that a path may have on the host: nginx dials it below the place where the host's directory is mounted. */
const LONGEST_HOST_PATH = LONGEST_SOCKET_PATH - PATHS.hostSockets.length;

/**
 * The path of a Unix socket on the Docker host, whose directory is mounted into nginx's container.
 *
 * @param where The call or the prop, for the message.
 * @throws ConfigError for a path that cannot be mounted and dialled.
 */
export function checkedHostSocket(where: string, path: string): string {
  const isPath = /^(?:\/[A-Za-z0-9._-]+){2,}$/.test(path) && !path.split('/').includes('..');
  if (!isPath || socketPathExcess(`${PATHS.hostSockets}${path}`) > 0) {
    throw new ConfigError({
      what: `${where} ${shown(path)} is not the path of a socket that nginx could dial`,
      fix: `give an absolute one below a directory, of letters, digits, '.', '_' and '-', at most ${String(LONGEST_HOST_PATH)} long, such as '/run/other/app.sock'`,
      rule: 'XT-SOCK-CHARS',
    });
  }
  return path;
}
