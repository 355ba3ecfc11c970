import type { Size } from '../../values/size';
import { bytesWithin, choice, commas, countWithin } from './rows';
import type { Rows } from './rows';

/** A version of HTTP that gunicorn offers. */
export enum GunicornHttpProtocol {
  /** HTTP/1.1. */
  H1 = 'h1',
  /** HTTP/2: the image needs the package `h2`. */
  H2 = 'h2',
}

/** How a client without TLS may begin HTTP/2. */
export enum GunicornHttp2Cleartext {
  /** Not at all. */
  OFF = 'off',
  /** At once; a believed peer that speaks HTTP/1.1 is answered 400. */
  PRIOR_KNOWLEDGE = 'prior-knowledge',
  /** With `Upgrade: h2c`. */
  UPGRADE = 'upgrade',
  /** Either way. */
  BOTH = 'both',
}

/** HTTP/2, for an application that is published directly: nginx speaks HTTP/1.1 to applications. */
export interface GunicornHttp2Props {
  /**
   * Versions of HTTP, the preferred one first; from gunicorn 25.0, for gthread, gevent and asgi workers.
   *
   * @default - HTTP/1.1 alone (gunicorn)
   */
  readonly httpProtocols?: GunicornHttpProtocol[];
  /**
   * Requests that a connection carries at once, from 1; from gunicorn 25.0.
   *
   * @default 100 (gunicorn)
   */
  readonly http2MaxConcurrentStreams?: number;
  /**
   * What a client may send before it waits, at most 2,147,483,647 bytes; from gunicorn 25.0.
   *
   * @default Size.bytes(65535) (gunicorn)
   */
  readonly http2InitialWindowSize?: Size;
  /**
   * Largest frame, 16,384 to 16,777,215 bytes; from gunicorn 25.0.
   *
   * @default Size.kibibytes(16) (gunicorn)
   */
  readonly http2MaxFrameSize?: Size;
  /**
   * Most that all headers of a request take; from gunicorn 25.0.
   *
   * @default Size.kibibytes(64) (gunicorn)
   */
  readonly http2MaxHeaderListSize?: Size;
  /**
   * Whether and how it works without TLS, for peers in `forwardedAllowIps`; from gunicorn 26.2.
   *
   * @default GunicornHttp2Cleartext.OFF (gunicorn)
   */
  readonly http2Cleartext?: GunicornHttp2Cleartext;
}

export const HTTP2_ROWS: Rows<GunicornHttp2Props> = {
  httpProtocols: commas,
  http2MaxConcurrentStreams: countWithin(1),
  http2InitialWindowSize: bytesWithin(0, 2 ** 31 - 1),
  http2MaxFrameSize: bytesWithin(16_384, 16_777_215),
  http2MaxHeaderListSize: bytesWithin(0),
  http2Cleartext: choice,
};
