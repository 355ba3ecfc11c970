import { ConfigError } from '../../errors';
import { directive } from '../../nginx/directive';
import { nginxSize } from '../../topology/render/nginx-values';
import { Size } from '../../values/size';
import type { Bound } from './bound';

/** How fast an answer is sent. */
export interface BandwidthOptions {
  /**
   * How much of an answer is sent in a second (`limit_rate`). It counts for each request: a client with two of them gets
   * twice as much. An application that says `X-Accel-Limit-Rate` itself is listened to.
   */
  readonly rate: Size;
  /**
   * How much of it is sent as fast as may be, before the limit begins (`limit_rate_after`).
   *
   * @default - nothing (nginx)
   */
  readonly after?: Size;
}

/** It multiplies by the seconds that an answer takes, in 63 bits: for three months this goes well. */
const MOST_BYTES = 2 ** 40;

/** A limit of bandwidth, checked. */
export function bandwidth({ rate, after = Size.bytes(0) }: BandwidthOptions): () => Bound {
  if (rate.toBytes() === 0) {
    throw new ConfigError({
      what: 'rate of 0 is no limit to nginx',
      fix: 'give what may be sent in a second, such as Size.kibibytes(500)',
    });
  }
  if (rate.toBytes() > MOST_BYTES) {
    throw new ConfigError({
      what: `rate of ${String(rate.toBytes())} bytes is more than nginx counts`,
      fix: 'give Size.gibibytes(1024) at most, or leave the policy out',
    });
  }
  const directives = [
    directive('limit_rate', nginxSize(rate.toBytes())),
    directive('limit_rate_after', nginxSize(after.toBytes())),
  ];
  return () => ({ directives });
}
