import { ConfigError, shown } from '../errors';
import { BackendProtocol } from './backend';
import type { BackendConfig, IBackend } from './backend';
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
    return new ExternalBackend(
      BackendProtocol.HTTP,
      checkedHost(host),
      checkedPort('ExternalBackend.http', port),
    );
  }

  /**
   * A server that speaks uWSGI's protocol.
   *
   * @param host Name or address that nginx's container can resolve.
   * @param port 1 to 65535.
   */
  public static uwsgi(host: string, port: number): ExternalBackend {
    return new ExternalBackend(
      BackendProtocol.UWSGI,
      checkedHost(host),
      checkedPort('ExternalBackend.uwsgi', port),
    );
  }

  private constructor(
    private readonly protocol: BackendProtocol,
    private readonly host: string,
    private readonly port: number,
  ) {}

  /** Describes the server to a frontend. */
  public bindBackend(): BackendConfig {
    const name = `${this.host}-${String(this.port)}`.replace(/[^A-Za-z0-9_-]+/g, '-');
    return { name, protocol: this.protocol, members: [{ host: this.host, port: this.port }] };
  }
}

function checkedHost(host: string): string {
  if (!/^[A-Za-z0-9._:-]+$/.test(host)) {
    throw new ConfigError({
      what: `${shown(host)} is not a host`,
      fix: "give a name or an address, such as '10.0.0.7'",
    });
  }
  return host;
}
