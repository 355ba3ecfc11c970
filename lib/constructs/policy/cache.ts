import { ConfigError, allOf, named, shown, together } from '../../errors';
import { concat, variable } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { PATHS } from '../../topology/derive/paths';
import { nginxSize, nginxTime } from '../../topology/render/nginx-values';
import { Duration } from '../../values/duration';
import { MEBIBYTE } from '../../values/mebibyte';
import { Size } from '../../values/size';
import type { BackendProtocol } from '../backend/backend';
import { item } from '../checked/values';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import { passFamily } from '../../topology/derive/pass-family';

/** Which answers nginx keeps, how long, and from whom. */
export interface CacheOptions {
  /** How long an answer of 200, 301 or 302 is served without asking again, unless it says itself how long (`Cache-Control`, `Expires`). */
  readonly valid: Duration;
  /**
   * The same for other statuses, such as `{ '404': Duration.seconds(10) }`.
   *
   * @default - they are not kept
   */
  readonly validByStatus?: Record<string, Duration>;
  /**
   * Cookies by which a client is known: who sends one is answered by the application, and that answer is not kept.
   *
   * @default - none
   */
  readonly bypassCookies?: string[];
  /**
   * The same for headers.
   *
   * @default - Authorization
   */
  readonly bypassHeaders?: string[];
  /**
   * Most that the answers take, in nginx's tmpfs: it is memory of the container, and `scratchSize` grows with it.
   *
   * @default Size.mebibytes(64)
   */
  readonly maxSize?: Size;
  /**
   * Memory for what it knows of its answers: 1 MiB holds about 8,000 (nginx).
   *
   * @default Size.mebibytes(10)
   */
  readonly zoneSize?: Size;
  /**
   * How long an answer stays that nobody asks for.
   *
   * @default Duration.minutes(10) (nginx)
   */
  readonly inactive?: Duration;
}

/** An answer that has expired is better than none, and good enough for all but the one who fetches the next. */
const USE_STALE = ['error', 'timeout', 'updating', 'http_500', 'http_503'];

/** The same of statuses that only what speaks HTTP can send: nginx refuses them for uWSGI's protocol. */
const USE_STALE_OF_PROXIES = ['http_502', 'http_504'];

/** The cache manager removes after the fact: what may lie there until it does. */
const MARGIN_BYTES = 32 * MEBIBYTE;

/** A cache, checked. */
export function cache(options: CacheOptions): (place: PolicyPlace) => Bound {
  const { validByStatus = {}, bypassCookies = [], bypassHeaders = ['Authorization'] } = options;
  const known = together(
    () => allOf(bypassCookies, (name, at) => cookie(item('bypassCookies', at), name)),
    () => allOf(bypassHeaders, (name, at) => header(item('bypassHeaders', at), name)),
    () => allOf(Object.entries(validByStatus), checkedStatus),
    () => checkedTime('valid', options.valid),
    () => checkedTime('inactive', options.inactive ?? Duration.minutes(10)),
    () => checkedSize('maxSize', options.maxSize ?? Size.mebibytes(64)),
    () => checkedSize('zoneSize', options.zoneSize ?? Size.mebibytes(10)),
  );
  const [cookies, headers, statuses, validMs, inactiveMs, maxBytes, zoneBytes] = known;
  return ({ name, protocols }) => {
    if (protocols.length === 0) throw nothingToKeep();
    const zones = protocols.map((protocol) => new Zone(protocol, name));
    const times = [[...['200', '301', '302'], nginxTime(validMs)], ...statuses];
    return {
      directives: [
        ...zones.flatMap((zone) => zone.uses(times, [...cookies, ...headers])),
        directive('add_header', 'X-Cache-Status', variable('upstream_cache_status'), 'always'),
      ],
      declarations: zones.map((zone) => zone.path(inactiveMs, maxBytes, zoneBytes)),
      storageBytes: zones.length * (maxBytes + MARGIN_BYTES),
    };
  };
}

/** A cache of the one module or the other: neither sees what the other one keeps. */
class Zone {
  private readonly family: string;

  public constructor(
    protocol: BackendProtocol,
    private readonly name: string,
  ) {
    this.family = passFamily(protocol);
  }

  public path(inactiveMs: number, maxBytes: number, zoneBytes: number): NginxDirective {
    return directive(
      `${this.family}_cache_path`,
      `${PATHS.scratch}/${this.zone}`,
      'levels=1:2',
      `keys_zone=${this.zone}:${nginxSize(zoneBytes)}`,
      `inactive=${nginxTime(inactiveMs)}`,
      `max_size=${nginxSize(maxBytes)}`,
      'use_temp_path=off',
    );
  }

  /** HEAD is answered with what GET has left (nginx asks for the body then), so that a method is no part of the key. */
  public uses(times: readonly (readonly string[])[], known: readonly NginxArgument[]): NginxDirective[] {
    const own = (name: string, ...args: readonly NginxArgument[]): NginxDirective =>
      directive(`${this.family}_${name}`, ...args);
    return [
      own('cache', this.zone),
      own('cache_key', concat(variable('scheme'), '://', variable('host'), variable('request_uri'))),
      ...times.map((each) => own('cache_valid', ...each)),
      own('cache_use_stale', ...USE_STALE, ...(this.family === 'proxy' ? USE_STALE_OF_PROXIES : [])),
      own('cache_background_update', 'on'),
      own('cache_lock', 'on'),
      ...(known.length === 0 ? [] : [own('cache_bypass', ...known), own('no_cache', ...known)]),
    ];
  }

  private get zone(): string {
    return `${this.name}_${this.family}`;
  }
}

function cookie(option: string, name: string): NginxArgument {
  return variable(`cookie_${checkedName(option, name, /^\w+$/)}`);
}

function header(option: string, name: string): NginxArgument {
  return variable(`http_${checkedName(option, name, /^[A-Za-z0-9-]+$/)}`);
}

function checkedName(option: string, name: string, pattern: RegExp): string {
  if (pattern.test(name)) return name.toLowerCase().replace(/-/g, '_');
  throw new ConfigError({
    what: `${option} ${shown(name)} is no name that nginx can look up`,
    fix: "use letters, digits and '_' for a cookie, letters, digits and '-' for a header",
  });
}

function checkedStatus([status, valid]: readonly [string, Duration]): string[] {
  if (status !== 'any' && !/^[1-5]\d\d$/.test(status)) {
    throw new ConfigError({
      what: `validByStatus ${shown(status)} is no status`,
      fix: "give one such as '404', or 'any'",
    });
  }
  return [status, nginxTime(checkedTime(`validByStatus: ${status}`, valid))];
}

function checkedTime(option: string, time: Duration): number {
  const seconds = named(option, () => time.toSeconds());
  if (seconds > 0) return seconds * 1000;
  throw new ConfigError({ what: `${option} of 0 keeps nothing`, fix: 'give Duration.seconds(1) or more' });
}

function checkedSize(option: string, size: Size): number {
  if (size.toBytes() >= MEBIBYTE) return size.toBytes();
  throw new ConfigError({
    what: `${option} of ${String(size.toBytes())} bytes is no cache`,
    fix: 'give Size.mebibytes(1) or more',
  });
}

function nothingToKeep(): ConfigError {
  return new ConfigError({
    what: 'Policy.cache has nothing to keep: no location here passes to a backend',
    fix: 'attach it where requests are passed on, such as to what addBackend returns',
  });
}
