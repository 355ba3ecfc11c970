import { ConfigError, shown } from '../../errors';
import { LONGEST_SOCKET_PATH, slotSocketInNginx, socketPathExcess } from '../../topology/derive/paths';
import type { App } from '../../topology/topology';

/** Longest label of a DNS name (RFC 1035). */
const LONGEST_LABEL = 63;

/**
 * Refuses an id that is too long for what nginx dials. The socket that a generation binds on the application's own side is named by
 * its hostname, whose length does not depend on the id.
 *
 * @throws ConfigError that says how many letters are too many.
 */
export function refuseLongAddress(app: App): void {
  if (app.transport?.kind === 'unix') refuseLongLink(app);
  if (app.transport?.kind === 'tcp') refuseLongName(app);
}

function refuseLongLink({ id, protocol, replicas }: App): void {
  const path = slotSocketInNginx(id, protocol, replicas - 1);
  const excess = socketPathExcess(path);
  if (excess === 0) return;
  throw new ConfigError({
    what: `the id ${shown(id)} makes the path of its socket in nginx's container ${String(path.length)} bytes long, and Linux takes ${String(LONGEST_SOCKET_PATH)}`,
    fix: `shorten the id, or that of a construct around it, by ${letters(excess)}`,
    rule: 'XT-SOCK-CHARS',
  });
}

function refuseLongName({ id }: App): void {
  const excess = id.length - LONGEST_LABEL;
  if (excess <= 0) return;
  throw new ConfigError({
    what: `the id ${shown(id)} is the application's name on its network, and DNS takes ${String(LONGEST_LABEL)} letters of ${String(id.length)}`,
    fix: `shorten the id, or that of a construct around it, by ${letters(excess)}, or use Transport.unixSocket()`,
  });
}

function letters(count: number): string {
  return count === 1 ? 'one letter' : `${String(count)} letters`;
}
