/** Who owns a socket or its directory, and who may do what with it. */
export interface Owned {
  readonly uid: number;
  readonly gid: number;
  /** Three octal digits. */
  readonly mode: string;
}

/** A process that wants to connect, with the privileges that its workers really have. */
export interface Connector {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** True when it keeps CAP_DAC_OVERRIDE, which ignores permission bits; uid 0 without it is like any other. */
  readonly overridesPermissions?: boolean;
}

/** The answer, with what is missing when it is no. */
export interface SocketAccess {
  readonly allowed: boolean;
  readonly missing?: 'search on the directory' | 'write on the socket';
}

/** The directory of an application's sockets: its own, searched by the group that nginx joins. */
export function socketDirectory({ uid, gid }: { readonly uid: number; readonly gid: number }): Owned {
  return { uid, gid, mode: '750' };
}

const WRITE = 2;
const SEARCH = 1;

/**
 * Whether a process can connect to a Unix socket. Connecting needs write permission on the socket and search
 * permission on its directory; reading matters to neither, and a read-only mount hinders nothing.
 *
 * Only one class of bits counts: the owner's for the owner, even when the group's would allow more
 * (path_resolution(7), unix(7); seen on the real programs).
 */
export function socketAccess(connector: Connector, directory: Owned, socket: Owned): SocketAccess {
  if (connector.overridesPermissions === true) return { allowed: true };
  if ((bitsFor(connector, directory) & SEARCH) === 0) {
    return { allowed: false, missing: 'search on the directory' };
  }
  if ((bitsFor(connector, socket) & WRITE) === 0) {
    return { allowed: false, missing: 'write on the socket' };
  }
  return { allowed: true };
}

function bitsFor(connector: Connector, target: Owned): number {
  const digit = (index: number): number => Number.parseInt(target.mode.charAt(index), 8);
  if (connector.uid === target.uid) return digit(0);
  if (connector.gid === target.gid || connector.groups.includes(target.gid)) return digit(1);
  return digit(2);
}

/** Whom the mode of a socket lets connect, for a message: `only uid 10001`, `uid 10001 and group 10001`, `nobody`. */
export function whoMayConnect({ uid, gid, mode }: Owned): string {
  const may = (index: number): boolean => (Number.parseInt(mode.charAt(index), 8) & WRITE) !== 0;
  const owners = [...(may(0) ? [`uid ${String(uid)}`] : []), ...(may(1) ? [`group ${String(gid)}`] : [])];
  if (may(2)) return 'others';
  if (owners.length === 0) return 'nobody';
  return owners.length === 1 ? `only ${owners.join()}` : owners.join(' and ');
}
