import { checkOptions } from '../checked/options';
import { isIP } from 'node:net';
import { ConfigError, shown } from '../../errors';
import type { Listener as ListenerModel } from '../../topology/listener';
import { checkedPort } from '../app/transport';
import { refuseTokens } from '../checked/tokens';

/** Options of a plain HTTP listener. */
export interface HttpListenerOptions {
  /**
   * Literal IPv4 or IPv6 address of the host, such as `127.0.0.1`, `0.0.0.0` or `::1`.
   *
   * @default '0.0.0.0', every IPv4 address of the host
   */
  readonly address?: string;
}

/** What the world connects to: a port and an address on the host. What the server binds in its container is derived. */
export class Listener {
  /**
   * Plain HTTP.
   *
   * @param port 1 to 65535, on the host.
   * @param options Where on the host.
   * @throws ConfigError for a port out of range or an address that is not a literal one.
   */
  public static http(port: number, options: HttpListenerOptions = {}): Listener {
    checkOptions('Listener.http', 'HttpListenerOptions', options);
    refuseTokens({ 'Listener.http: port': port, 'Listener.http: address': options.address }, []);
    const call = `Listener.http(${String(port)})`;
    const address = options.address ?? '0.0.0.0';
    if (isIP(address) === 0 || address.includes('%')) {
      throw new ConfigError({
        what: `${call}: address ${shown(address)} is not an IP address`,
        fix: "give a literal one, such as '127.0.0.1' or '::1': a name is resolved on the wrong machine",
      });
    }
    return new Listener({ port: checkedPort(call, port), address: normalAddress(address) });
  }

  /** @internal */
  public readonly _model: ListenerModel;

  private constructor(model: ListenerModel) {
    this._model = model;
  }
}

/** An IPv6 address in its one normal spelling, in which the engine tells it too: two spellings of one are one listener. */
function normalAddress(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
