import { ConfigError } from '../../errors';
import { refuseTokens } from '../checked/tokens';
import type { Transport as TransportModel } from '../../topology/app';

/** How a request crosses from nginx to an application. */
export class Transport {
  /** A Unix socket in a volume that both containers share: the fastest and the safest on one host. */
  public static unixSocket(): Transport {
    return new Transport({ kind: 'unix' });
  }

  /**
   * A TCP port on a network of the application's own, which nginx joins.
   *
   * @param port 1 to 65535, within the application's container.
   * @throws ConfigError when the port is out of range.
   */
  public static tcp(port: number): Transport {
    refuseTokens({ 'Transport.tcp: port': port }, []);
    return new Transport({ kind: 'tcp', port: checkedPort(`Transport.tcp(${String(port)})`, port) });
  }

  /** @internal */
  public readonly _model: TransportModel;

  private constructor(model: TransportModel) {
    this._model = model;
  }
}

/** The port, if it is one; `what` names the call in the message. */
export function checkedPort(what: string, port: number): number {
  refuseTokens({ port }, []);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new ConfigError({
      what: `${what}: ${String(port)} is not a port`,
      fix: 'give a whole number from 1 to 65535',
    });
  }
  return port;
}
