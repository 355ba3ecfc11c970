import { ConfigError, together } from '../../errors';
import { directive } from '../../nginx/directive';
import { isAtLeast } from '../../server-version';
import type { NginxDirective } from '../../nginx/directive';
import { givenCount } from '../checked/values';
import { MOST_REQUESTS, counted } from './counted';
import { checkLimit, zoneDirectives } from './limit-options';
import type { LimitOptions } from './limit-options';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import type { Rate } from './rate';

/** A limit of requests in a time. */
export interface RateLimitOptions extends LimitOptions {
  /** How many it lets through. */
  readonly rate: Rate;
  /**
   * How many may come before their time; they wait for it, unless `noDelay` or `delay` lets them pass at once.
   *
   * @default 0 (nginx): the second request within the time of one is refused
   */
  readonly burst?: number;
  /**
   * Whether none of the burst waits.
   *
   * @default false (nginx)
   */
  readonly noDelay?: boolean;
  /**
   * How many of the burst pass at once; the rest waits (nginx 1.15.7).
   *
   * @default 0 (nginx)
   */
  readonly delay?: number;
}

/** A rate limit, checked. */
export function rateLimit(options: RateLimitOptions): (place: PolicyPlace) => Bound {
  together(
    () => {
      checkLimit(options);
    },
    () => options.burst === undefined || counted('burst', options.burst, MOST_REQUESTS, 0),
    () => givenCount('delay', options.delay),
    () => {
      checkBurst(options);
    },
  );
  return ({ name, nginxVersion }) => ({
    directives: [limited(name, options, nginxVersion), ...statusDirectives(options)],
    declarations: zoneDirectives('limit_req_zone', name, options, `rate=${options.rate._text}`),
  });
}

/** First release that lets a part of the burst pass. */
const DELAY_RELEASE = '1.15.7';

function limited(
  name: string,
  { burst, noDelay, delay }: RateLimitOptions,
  nginxVersion: string,
): NginxDirective {
  if (delay !== undefined && !isAtLeast(nginxVersion, DELAY_RELEASE)) {
    throw new ConfigError({
      what: `delay is not known to nginx ${nginxVersion}: it came with ${DELAY_RELEASE}`,
      fix: 'use a newer image, or noDelay: true',
      rule: 'NGX-VERSION',
    });
  }
  return directive(
    'limit_req',
    `zone=${name}`,
    ...(burst === undefined || burst === 0 ? [] : [`burst=${String(burst)}`]),
    ...(noDelay === true ? ['nodelay'] : []),
    ...(delay === undefined ? [] : [`delay=${String(delay)}`]),
  );
}

function statusDirectives({ rejectCode = 429, dryRun }: RateLimitOptions): NginxDirective[] {
  return [
    directive('limit_req_status', String(rejectCode)),
    ...(dryRun === undefined ? [] : [directive('limit_req_dry_run', dryRun ? 'on' : 'off')]),
  ];
}

function checkBurst({ burst, noDelay, delay }: RateLimitOptions): void {
  if (noDelay === true && delay !== undefined) {
    throw new ConfigError({
      what: 'noDelay and delay are two answers to one question',
      fix: 'leave one of them out: delay lets a part of the burst pass at once, noDelay all of it',
    });
  }
  if ((burst ?? 0) === 0 && (noDelay === true || delay !== undefined)) {
    throw new ConfigError({
      what: `${noDelay === true ? 'noDelay' : 'delay'} without burst: there is nothing that could wait`,
      fix: 'give burst too, such as 20',
    });
  }
  if (delay !== undefined && delay >= (burst ?? 0)) {
    throw new ConfigError({
      what: `delay of ${String(delay)} is no part of a burst of ${String(burst)}`,
      fix: 'give fewer, or noDelay: true',
    });
  }
}
