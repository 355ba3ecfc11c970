import { ConfigError, shown } from '../errors';
import { BackendProtocol } from './backend';
import type { BackendConfig, BackendMember, IBackend } from './backend';
import { wholeNumber } from './checked';
import { refuseTokens } from './text';
import { checkedPort } from './transport';

/** A server that lives elsewhere. */
export class ExternalBackend implements IBackend {
  /**
   * A server that speaks HTTP.
   *
   * @param host Name or address that nginx's container can resolve.
   * @param port 1 to 65535.
   */
  public static http(host: string, port: number): ExternalBackend {
    return new ExternalBackend(BackendProtocol.HTTP, {
      host: checkedHost(host),
      port: checkedPort('ExternalBackend.http', port),
    });
  }

  /**
   * A server that speaks uWSGI's protocol.
   *
   * @param host Name or address that nginx's container can resolve.
   * @param port 1 to 65535.
   */
  public static uwsgi(host: string, port: number): ExternalBackend {
    return new ExternalBackend(BackendProtocol.UWSGI, {
      host: checkedHost(host),
      port: checkedPort('ExternalBackend.uwsgi', port),
    });
  }

  /**
   * A server on the Docker host that speaks HTTP on a Unix socket.
   *
   * @param socketPath Absolute path on the host; its directory is mounted read-only into nginx's container.
   * @param gid Group that may connect, which nginx joins; without it everybody must be allowed to.
   * @throws ConfigError when the path cannot be mounted and dialled.
   */
  public static httpSocket(socketPath: string, gid?: number): ExternalBackend {
    return new ExternalBackend(BackendProtocol.HTTP, socketMember(socketPath, gid));
  }

  /**
   * A server on the Docker host that speaks uWSGI's protocol on a Unix socket.
   *
   * @param socketPath Absolute path on the host; its directory is mounted read-only into nginx's container.
   * @param gid Group that may connect, which nginx joins; without it everybody must be allowed to.
   * @throws ConfigError when the path cannot be mounted and dialled.
   */
  public static uwsgiSocket(socketPath: string, gid?: number): ExternalBackend {
    return new ExternalBackend(BackendProtocol.UWSGI, socketMember(socketPath, gid));
  }

  private constructor(
    private readonly protocol: BackendProtocol,
    private readonly member: BackendMember,
  ) {}

  /** Describes the server to a frontend. */
  public bindBackend(): BackendConfig {
    const { host, port, socketPath } = this.member;
    const name =
      socketPath === undefined ? `${host ?? ''}-${String(port)}`.replace(/:/g, '_') : socketName(socketPath);
    return { name, protocol: this.protocol, members: [this.member] };
  }
}

/** A path as a name that no other path has: slashes become `-`, and a `-` or `_` of the path gets a `_` before it. */
function socketName(path: string): string {
  return path.slice(1).replace(/[-_]/g, '_$&').replace(/\//g, '-');
}

/** Bytes that a path may have at nginx's side, the place where the host's directory is mounted included (unix(7): 107). */
const LONGEST_SOCKET_PATH = 107 - '/run/host'.length;

function socketMember(socketPath: string, gid: number | undefined): BackendMember {
  const isPath = /^(?:\/[A-Za-z0-9._-]+){2,}$/.test(socketPath) && !socketPath.split('/').includes('..');
  if (!isPath || socketPath.length > LONGEST_SOCKET_PATH) {
    throw new ConfigError({
      what: `${shown(socketPath)} is not the path of a socket that nginx could dial`,
      fix: `give an absolute one below a directory, of letters, digits, '.', '_' and '-', at most ${String(LONGEST_SOCKET_PATH)} long, such as '/run/other/app.sock'`,
      rule: 'XT-SOCK-CHARS',
    });
  }
  return { socketPath, ...(gid === undefined ? {} : { socketGid: wholeNumber('gid', gid, 0) }) };
}

function checkedHost(host: string): string {
  refuseTokens({ host }, []);
  if (!/^[A-Za-z0-9._:-]+$/.test(host)) {
    throw new ConfigError({
      what: `${shown(host)} is not a host`,
      fix: "give a name or an address, such as '10.0.0.7'",
    });
  }
  return host;
}
