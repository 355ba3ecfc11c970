import type { Duration } from '../../values/duration';
import type { Size } from '../../values/size';
import { MOST_POLLED, OWN, bytes, count, flag, seconds } from './conversion';
import type { Conversions } from './conversion';

/** Room for requests and answers. */
export interface UwsgiBufferProps {
  /**
   * Room for a request's head, at most 65,535 bytes.
   *
   * @default Size.bytes(65535), so that all fits that nginx's header buffers hold (uWSGI: 4 KiB)
   */
  readonly bufferSize?: Size;
  /**
   * Request bodies above this are spooled to /tmp.
   *
   * @default Size.kibibytes(8): without it an unread body is a 502 (uWSGI: off)
   */
  readonly postBuffering?: Size;
  /**
   * What is read at once of a body that is spooled.
   *
   * @default Size.kibibytes(8) (uWSGI)
   */
  readonly postBufferingBufsize?: Size;
  /**
   * Largest body of a request; a larger one is cut off without an answer, so let `clientMaxBodySize` of nginx be smaller.
   *
   * @default - unlimited (uWSGI)
   */
  readonly limitPost?: Size;
  /**
   * Variables of a request, two for each header: a request with more is cut off.
   *
   * @default - as many as fit `bufferSize`, 3277 by default (uWSGI: 64)
   */
  readonly maxVars?: number;
  /**
   * Largest chunk of a body that the application reads in chunks.
   *
   * @default Size.mebibytes(1) (uWSGI)
   */
  readonly chunkedInputLimit?: Size;
  /**
   * Longest silence between two chunks.
   *
   * @default - `socketTimeout` (uWSGI)
   */
  readonly chunkedInputTimeout?: Duration;
  /**
   * Connections that wait for a worker.
   *
   * @default 1024 (uWSGI: 100)
   */
  readonly listen?: number;
  /**
   * Whether nothing is logged of a client that went away (SIGPIPE).
   *
   * @default false (uWSGI)
   */
  readonly ignoreSigpipe?: boolean;
  /**
   * Whether errors of writing an answer are not logged.
   *
   * @default false (uWSGI)
   */
  readonly ignoreWriteErrors?: boolean;
  /**
   * Whether the application is not told (OSError) of an answer that could not be written.
   *
   * @default false (uWSGI)
   */
  readonly disableWriteException?: boolean;
}

/** The options that the props become. */
export const UWSGI_BUFFER_OPTIONS: Conversions<UwsgiBufferProps> = {
  bufferSize: OWN,
  postBuffering: OWN,
  postBufferingBufsize: bytes('post-buffering-bufsize'),
  limitPost: bytes('limit-post'),
  maxVars: count('max-vars'),
  chunkedInputLimit: bytes('chunked-input-limit'),
  chunkedInputTimeout: seconds('chunked-input-timeout', MOST_POLLED),
  listen: OWN,
  ignoreSigpipe: flag('ignore-sigpipe'),
  ignoreWriteErrors: flag('ignore-write-errors'),
  disableWriteException: flag('disable-write-exception'),
};
