import { ConfigError, allOf, shown } from '../../errors';
import { directive } from '../../nginx/directive';
import type { Bound } from './bound';

/** Who may show a page in a frame. */
export enum FrameOptions {
  /** Pages of the same origin. */
  SAMEORIGIN = 'SAMEORIGIN',
  /** Nobody. */
  DENY = 'DENY',
  /** Everybody: the header is not sent. */
  NONE = 'none',
}

/** What a browser tells other pages of where a visitor came from. */
export enum ReferrerPolicy {
  /** Nothing. */
  NO_REFERRER = 'no-referrer',
  /** The whole address to the same origin, and nothing to others. */
  SAME_ORIGIN = 'same-origin',
  /** The origin to all, but not from HTTPS to HTTP. */
  STRICT_ORIGIN = 'strict-origin',
  /** The whole address to the same origin, the origin to others, and nothing from HTTPS to HTTP. */
  STRICT_ORIGIN_WHEN_CROSS_ORIGIN = 'strict-origin-when-cross-origin',
}

/** Headers that tell browsers to be careful. Those of nginx and of the application's own of the same name are both sent. */
export interface SecurityHeadersOptions {
  /**
   * Who may show the pages in a frame (`X-Frame-Options`).
   *
   * @default FrameOptions.SAMEORIGIN
   */
  readonly frameOptions?: FrameOptions;
  /**
   * What other pages hear of the address (`Referrer-Policy`).
   *
   * @default ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN
   */
  readonly referrerPolicy?: ReferrerPolicy;
  /**
   * From where a page may load what (`Content-Security-Policy`), literally.
   *
   * @default - none: it is particular to each application
   */
  readonly contentSecurityPolicy?: string;
  /**
   * What of the device a page may use (`Permissions-Policy`), literally.
   *
   * @default - none
   */
  readonly permissionsPolicy?: string;
  /**
   * Whether windows of other origins are kept apart (`Cross-Origin-Opener-Policy: same-origin`).
   *
   * @default false
   */
  readonly isolateOpeners?: boolean;
}

/** Security headers, on answers of every status, checked. */
export function securityHeaders(options: SecurityHeadersOptions): () => Bound {
  const { contentSecurityPolicy, permissionsPolicy, frameOptions = FrameOptions.SAMEORIGIN } = options;
  allOf(Object.entries({ contentSecurityPolicy, permissionsPolicy }), checkText);
  const headers: readonly (readonly [string, string | undefined])[] = [
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', frameOptions === FrameOptions.NONE ? undefined : frameOptions],
    ['Referrer-Policy', options.referrerPolicy ?? ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN],
    ['Content-Security-Policy', options.contentSecurityPolicy],
    ['Permissions-Policy', options.permissionsPolicy],
    ['Cross-Origin-Opener-Policy', options.isolateOpeners === true ? 'same-origin' : undefined],
  ];
  const directives = headers.flatMap(([name, value]) =>
    value === undefined ? [] : [directive('add_header', name, value, 'always')],
  );
  return () => ({ directives });
}

/** A line break would begin another header. */
function checkText([option, value]: readonly [string, string | undefined]): void {
  if (value === undefined || (value !== '' && !/[\x00-\x1f\x7f]/.test(value))) return;
  throw new ConfigError({
    what: `${option} ${shown(value)} is no value of a header`,
    fix: value === '' ? 'leave it out' : 'write it in one line, without control characters',
  });
}
