import { flag, path, text } from './rows';
import type { Rows } from './rows';

/** Whether clients show a certificate. */
export enum GunicornCertReqs {
  /** They are not asked for one. */
  NONE = 0,
  /** They may show one, and it has to be good. */
  OPTIONAL = 1,
  /** They have to. */
  REQUIRED = 2,
}

/** TLS, for an application that is published directly: nginx speaks plain HTTP to applications. */
export interface GunicornTlsProps {
  /**
   * File of the certificate, in the container, with its chain and, without `keyfile`, its key. `SecretFile` brings one.
   *
   * @default - no TLS (gunicorn)
   */
  readonly certfile?: string;
  /**
   * File of the certificate's key, in the container.
   *
   * @default - `certfile` holds it too
   */
  readonly keyfile?: string;
  /**
   * File of the authorities whose certificates clients may show.
   *
   * @default - those of the image (Python)
   */
  readonly caCerts?: string;
  /**
   * Whether clients show a certificate. Where they have to, the probe only connects, which some workers log as a broken connection.
   *
   * @default GunicornCertReqs.NONE (gunicorn)
   */
  readonly certReqs?: GunicornCertReqs;
  /**
   * Ciphers up to TLS 1.2, in OpenSSL's notation.
   *
   * @default - Python's own
   */
  readonly ciphers?: string;
  /**
   * Whether the handshake is made as soon as a client connects, by the thread that accepts.
   *
   * @default false (gunicorn)
   */
  readonly doHandshakeOnConnect?: boolean;
  /**
   * Whether a connection that a client breaks off counts as ended.
   *
   * @default true (gunicorn)
   */
  readonly suppressRaggedEofs?: boolean;
}

export const TLS_ROWS: Rows<GunicornTlsProps> = {
  certfile: path,
  keyfile: path,
  caCerts: path,
  certReqs: (value) => value,
  ciphers: text,
  doHandshakeOnConnect: flag,
  suppressRaggedEofs: flag,
};
