import { checkedHost, checkedSocketPath } from '../checked/address';
import { checkedPort } from './transport';

/** Where a statsd server listens. */
export class StatsdAddress {
  /**
   * Datagrams.
   *
   * @param host Name or address, as the container sees it.
   * @param port 1 to 65535; 8125 is usual.
   * @throws ConfigError for what is neither a host nor a port.
   */
  public static udp(host: string, port: number): StatsdAddress {
    return new StatsdAddress(
      `${checkedHost('StatsdAddress.udp', host)}:${String(checkedPort('StatsdAddress.udp', port))}`,
    );
  }

  /**
   * A Unix socket of datagrams, which has to be mounted into the container; from gunicorn 21.0.
   *
   * @param path Absolute path in the container.
   * @throws ConfigError for what is not a path.
   */
  public static unixSocket(path: string): StatsdAddress {
    return new StatsdAddress(`unix://${checkedSocketPath('StatsdAddress.unixSocket', path)}`);
  }

  /** As gunicorn writes it. */
  public readonly address: string;

  private constructor(address: string) {
    this.address = address;
  }
}
