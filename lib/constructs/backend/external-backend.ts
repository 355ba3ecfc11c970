import { ConfigError, shown } from '../../errors';
import { BackendProtocol } from './backend';
import type { BackendConfig, BackendMember, IBackend } from './backend';
import { checkedName } from '../checked/address';
import { anyId } from '../checked/user';
import { checkedHostSocket } from './host-socket';
import { checkedPort } from '../app/transport';

/** A server that lives elsewhere. */
export class ExternalBackend implements IBackend {
  /**
   * A server that speaks HTTP. A name is resolved again while nginx runs where the frontend has a `resolver`, one of `networks`, or
   * an application over TCP. Otherwise it is resolved once, when nginx starts, and nginx does not start where it is unknown.
   *
   * @param host Name or address that nginx's container can resolve.
   * @param port 1 to 65535.
   * @throws ConfigError for what is neither the name of a host nor an address, for a loopback, or no port.
   */
  public static http(host: string, port: number): ExternalBackend {
    return new ExternalBackend(BackendProtocol.HTTP, hostMember('ExternalBackend.http', host, port));
  }

  /**
   * A server that speaks uWSGI's protocol. A name is resolved as with `http`.
   *
   * @param host Name or address that nginx's container can resolve.
   * @param port 1 to 65535.
   * @throws ConfigError for what is neither the name of a host nor an address, for a loopback, or no port.
   */
  public static uwsgi(host: string, port: number): ExternalBackend {
    return new ExternalBackend(BackendProtocol.UWSGI, hostMember('ExternalBackend.uwsgi', host, port));
  }

  /**
   * A server on the Docker host that speaks HTTP on a Unix socket.
   *
   * @param socketPath Absolute path on the host; its directory is mounted read-only into nginx's container.
   * @param gid Group that may connect, which nginx joins; without it everybody must be allowed to.
   * @throws ConfigError when the path cannot be mounted and dialled.
   */
  public static httpSocket(socketPath: string, gid?: number): ExternalBackend {
    return new ExternalBackend(
      BackendProtocol.HTTP,
      socketMember('ExternalBackend.httpSocket', socketPath, gid),
    );
  }

  /**
   * A server on the Docker host that speaks uWSGI's protocol on a Unix socket.
   *
   * @param socketPath Absolute path on the host; its directory is mounted read-only into nginx's container.
   * @param gid Group that may connect, which nginx joins; without it everybody must be allowed to.
   * @throws ConfigError when the path cannot be mounted and dialled.
   */
  public static uwsgiSocket(socketPath: string, gid?: number): ExternalBackend {
    return new ExternalBackend(
      BackendProtocol.UWSGI,
      socketMember('ExternalBackend.uwsgiSocket', socketPath, gid),
    );
  }

  private constructor(
    private readonly protocol: BackendProtocol,
    private readonly member: BackendMember,
  ) {}

  /** Describes the server to a frontend. */
  public bindBackend(): BackendConfig {
    return { name: nameOf(this.member, this.protocol), protocol: this.protocol, members: [this.member] };
  }
}

/**
 * A name that no other server has: upstreams are known by theirs. A dot is in each of them, and in no id of an application. Names of
 * hosts end in no `-`, which stands after an IPv6 address whose colons became `_`, and paths in no `_`.
 */
function nameOf({ host = '', port, socketPath }: BackendMember, protocol: BackendProtocol): string {
  const isUwsgi = protocol === BackendProtocol.UWSGI;
  if (socketPath !== undefined) {
    const path = socketName(socketPath);
    const name = path.includes('.') ? path : `${path}_.`;
    if (isUwsgi) return `${name}_uwsgi`;
    return /[-.](?:uwsgi)?\d+$/.test(name) ? `${name}_` : name;
  }
  const place = host.includes(':') ? `${host.replace(/:/g, '_')}-` : host;
  return `${place}${place.includes('.') ? '-' : '.'}${isUwsgi ? 'uwsgi' : ''}${String(port)}`;
}

/** A path as a name that no other path has: slashes become `-`, and a `-` or `_` of the path gets a `_` before it. */
function socketName(path: string): string {
  return path.slice(1).replace(/[-_]/g, '_$&').replace(/\//g, '-');
}

function socketMember(call: string, path: string, gid: number | undefined): BackendMember {
  const socketPath = checkedHostSocket(call, path);
  return { socketPath, ...(gid === undefined ? {} : { socketGid: anyId(`${call}: gid`, gid) }) };
}

function hostMember(call: string, host: string, port: number): BackendMember {
  return {
    host: elsewhere(`${call}: host`, checkedName(`${call}: host`, host)),
    port: checkedPort(call, port),
  };
}

/** The loopback of nginx's container, where nothing of a user's listens. */
function elsewhere(prop: string, host: string): string {
  if (!/^(?:127\.[\d.]+|localhost|::1)$/i.test(host)) return host;
  throw new ConfigError({
    what: `${prop} ${shown(host)} is nginx's own container: each has a loopback of its own, and nothing answers there`,
    fix: 'give the name or address by which other machines reach it, or httpSocket and uwsgiSocket for a server on the Docker host',
    rule: 'XT-LOOPBACK',
  });
}
