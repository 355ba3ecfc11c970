import { checkedHost, checkedSocketPath } from '../checked/address';
import { checkedPort } from './transport';

/** Where a syslog daemon listens. */
export class SyslogAddress {
  /**
   * Datagrams.
   *
   * @param host Name or address, as the container sees it.
   * @param port 1 to 65535; 514 is usual.
   * @throws ConfigError for what is neither a host nor a port.
   */
  public static udp(host: string, port: number): SyslogAddress {
    return new SyslogAddress(
      `udp://${checkedHost('SyslogAddress.udp', host)}:${String(checkedPort('SyslogAddress.udp', port))}`,
    );
  }

  /**
   * A connection.
   *
   * @param host Name or address, as the container sees it.
   * @param port 1 to 65535.
   * @throws ConfigError for what is neither a host nor a port.
   */
  public static tcp(host: string, port: number): SyslogAddress {
    return new SyslogAddress(
      `tcp://${checkedHost('SyslogAddress.tcp', host)}:${String(checkedPort('SyslogAddress.tcp', port))}`,
    );
  }

  /**
   * A Unix socket of datagrams, such as `/dev/log`, which has to be mounted into the container.
   *
   * @param path Absolute path in the container.
   * @throws ConfigError for what is not a path.
   */
  public static unixSocket(path: string): SyslogAddress {
    return new SyslogAddress(`unix://${checkedSocketPath('SyslogAddress.unixSocket', path)}#dgram`);
  }

  /** As gunicorn writes it. */
  public readonly address: string;

  private constructor(address: string) {
    this.address = address;
  }
}
