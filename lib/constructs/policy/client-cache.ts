import { ConfigError, allOf, shown, together } from '../../errors';
import { concat, variable } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { regexLiteral } from '../../nginx/regex-literal';
import type { Duration } from '../../values/duration';
import { wholeSeconds } from '../checked/values';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import { passFamily } from '../../topology/derive/pass-family';

/** Who may keep an answer. */
export enum ClientCacheVisibility {
  /** Everybody, answers to requests with `Authorization` too. */
  PUBLIC = 'public',
  /** The client's own browser, and no proxy that others use as well. */
  PRIVATE = 'private',
}

/** How long clients may keep answers (`Cache-Control`). */
export interface ClientCacheOptions {
  /**
   * How long, in whole seconds; with 0 they ask each time whether it has changed.
   *
   * @default - nothing is said, but for the types of `byType`
   */
  readonly maxAge?: Duration;
  /**
   * How long by media type, such as `{ 'text/css': Duration.days(30), 'image/*': Duration.days(7) }`; the whole name of a type counts
   * before a star.
   *
   * @default - `maxAge` for all
   */
  readonly byType?: Record<string, Duration>;
  /**
   * Who may keep them.
   *
   * @default - not said: everybody may, unless the request had `Authorization` (RFC 9111)
   */
  readonly visibility?: ClientCacheVisibility;
  /**
   * Whether what has one name never changes, as with names that hold a hash: clients that have it do not ask again before it expires.
   *
   * @default false
   */
  readonly immutable?: boolean;
  /**
   * Whether nobody may keep them, errors included; beside it nothing else can be said.
   *
   * @default false
   */
  readonly noStore?: boolean;
  /**
   * Whether it holds instead of what the application says itself (`Cache-Control`, `Expires`).
   *
   * @default false: what it says itself stands
   */
  readonly overrides?: boolean;
}

/** What clients may keep, checked. */
export function clientCache(options: ClientCacheOptions): (place: PolicyPlace) => Bound {
  const { maxAge, byType = {}, noStore = false, overrides = false } = options;
  checkTogether(options);
  const [otherwise, types] = together(
    () => (maxAge === undefined ? '' : said(options, 'maxAge', maxAge)),
    () => allOf(sorted(byType), ([type, age]) => typeRow(options, type, age)),
  );
  return ({ name, protocols }) => ({
    directives: [
      ...(overrides ? protocols.flatMap((protocol) => hidden(passFamily(protocol))) : []),
      directive('add_header', 'Cache-Control', variable(name), ...(noStore ? ['always'] : [])),
    ],
    declarations: noStore
      ? [whereSilent(name, isSilent(false), 'no-store')]
      : maps(name, otherwise, types, options),
  });
}

/** Statuses that mean the same tomorrow: a redirect for now, such as to a login page, would be followed long after it has become wrong. */
const LASTING = '~^(?:20[0346]|30[148]):$';

/** What is said, by media type where that matters, of answers that last. */
function maps(
  name: string,
  otherwise: string,
  types: readonly NginxDirective[],
  { visibility }: ClientCacheOptions,
): NginxDirective[] {
  const source = concat(variable('status'), ':', isSilent(visibility !== ClientCacheVisibility.PRIVATE));
  if (types.length === 0) return [whereSilent(name, source, otherwise, LASTING)];
  const byType = variable(`${name}_by_type`);
  const rows = [directive('default', otherwise), ...types];
  return [
    block('map', [variable('sent_http_content_type'), byType], rows),
    whereSilent(name, source, byType, LASTING),
  ];
}

/**
 * Empty where nothing is said already: by the application, by `expires` of a static mount, by what was passed through. An answer that
 * sets a cookie is one client's, and nothing is said of it that would let a proxy keep it for others.
 */
function isSilent(shared: boolean): NginxArgument {
  const already = ['cache_control', 'expires', ...(shared ? ['set_cookie'] : [])];
  return concat(...already.map((each) => variable(`sent_http_${each}`)));
}

function whereSilent(
  name: string,
  source: NginxArgument,
  value: NginxArgument,
  row: string = '',
): NginxDirective {
  return block('map', [source, variable(name)], [directive('default', ''), directive(row, value)]);
}

function hidden(family: string): NginxDirective[] {
  return ['Cache-Control', 'Expires'].map((header) => directive(`${family}_hide_header`, header));
}

function said({ visibility, immutable }: ClientCacheOptions, option: string, age: Duration): string {
  const seconds = wholeSeconds(option, age);
  if (immutable === true && seconds === 0) {
    throw new ConfigError({
      what: `${option} of 0 with immutable: what clients may not keep cannot be known to stay`,
      fix: 'give Duration.days(365), or leave immutable out',
    });
  }
  return [
    ...(visibility === undefined ? [] : [visibility]),
    `max-age=${String(seconds)}`,
    ...(immutable === true ? ['immutable'] : []),
  ].join(', ');
}

/** A row that a type with parameters has as well, such as `text/css; charset=utf-8`. */
function typeRow(options: ClientCacheOptions, type: string, age: Duration): NginxDirective {
  const [, family = '', name = ''] = /^([\w.+-]+)\/(\*|[\w.+-]+)$/.exec(type) ?? [];
  if (family === '') {
    throw new ConfigError({
      what: `byType ${shown(type)} is no media type`,
      fix: "give one such as 'text/css', or 'image/*' for all of a kind; maxAge is for all others",
    });
  }
  const whole = name === '*' ? `${regexLiteral(family)}/` : `${regexLiteral(type)}(?:$|[ ;])`;
  return directive(`~*^${whole}`, said(options, `byType: ${type}`, age));
}

/** nginx takes the first that fits. */
function sorted(byType: Readonly<Record<string, Duration>>): [string, Duration][] {
  const isStar = (type: string): number => (type.endsWith('/*') ? 1 : 0);
  return Object.entries(byType).sort(([one], [other]) => isStar(one) - isStar(other));
}

function checkTogether({ maxAge, byType, visibility, immutable, noStore }: ClientCacheOptions): void {
  const ages = { maxAge, byType: Object.keys(byType ?? {}).length === 0 ? undefined : byType };
  const given = Object.entries({ ...ages, visibility, immutable: immutable === true ? true : undefined })
    .filter(([, value]) => value !== undefined)
    .map(([option]) => option);
  if (noStore === true && given.length > 0) {
    throw new ConfigError({
      what: `noStore beside ${given.join(', ')}: what nobody may keep has no age`,
      fix: `leave ${given.length === 1 ? 'one of the two' : 'noStore or the others'} out`,
    });
  }
  if (noStore !== true && ages.maxAge === undefined && ages.byType === undefined) {
    throw new ConfigError({
      what: 'it says nothing: there is no maxAge, no byType and no noStore',
      fix: 'give maxAge, such as Duration.hours(1), or noStore: true',
    });
  }
}
