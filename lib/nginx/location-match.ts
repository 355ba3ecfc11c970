import { textOf } from './argument';
import type { NginxDirective } from './directive';
import { compatibleRegex } from './location-regex';
import { asBytes, normalUri } from './normal-uri';

/** A location as far as the choice between locations goes. */
export interface MatchedLocation {
  /** As nginx.conf writes it; absent for a plain prefix. */
  readonly modifier?: '=' | '^~' | '~' | '~*';
  /** Path or regex. */
  readonly path: string;
  readonly locations?: readonly MatchedLocation[];
}

/** Which location serves a URI. */
export type LocationAnswer =
  | { readonly kind: 'location'; readonly location: MatchedLocation }
  /** None: the server's own settings hold. */
  | { readonly kind: 'none' }
  /** nginx answers 400 before it looks at locations. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'cannot tell'; readonly why: string };

/**
 * The location that nginx chooses for a URI (`ngx_http_core_find_location`): an exact one; otherwise the longest
 * prefix is remembered and its nested locations are searched; unless it says `^~`, the first regex in order that
 * matches wins over it, with its nested locations searched in turn.
 *
 * Where the answer hangs on a regex that JavaScript may read in another way, it is `cannot tell`. The redirect that
 * nginx sends for `/x` when only `/x/` is there and proxies is not a choice of location and is left out.
 */
export function matchLocation(locations: readonly MatchedLocation[], uri: string): LocationAnswer {
  const path = normalUri(uri);
  if (path === undefined) return { kind: 'refused' };
  return find(locations, path, undefined).answer;
}

/** The locations of a server or location block, nested ones within theirs; named ones serve no URI. */
export function locationsOf(directives: readonly NginxDirective[]): MatchedLocation[] {
  return directives
    .filter(({ name }) => name === 'location')
    .flatMap((node) => {
      const words = node.args.map(textOf);
      const path = words.at(-1) ?? '';
      const locations = locationsOf(node.block ?? []);
      const [modifier] = words;
      if (words.length === 2) return isModifier(modifier) ? [{ modifier, path, locations }] : [];
      return path.startsWith('@') ? [] : [joined(path, locations)];
    });
}

interface Found {
  readonly answer: LocationAnswer;
  /** An exact location or a regex was met: nothing outside can win any more. */
  readonly final: boolean;
}

function find(
  locations: readonly MatchedLocation[],
  path: string,
  outer: MatchedLocation | undefined,
): Found {
  const exact = locations.find((one) => one.modifier === '=' && asBytes(one.path) === path);
  if (exact !== undefined) return found(exact, true);
  const prefix = longestPrefix(locations, path);
  const nested = prefix === undefined ? undefined : find(prefix.locations ?? [], path, prefix);
  if (nested?.final === true) return nested;
  const remembered = nested ?? { answer: answerOf(outer), final: false };
  return prefix?.modifier === '^~' ? remembered : (firstRegex(locations, path) ?? remembered);
}

function firstRegex(locations: readonly MatchedLocation[], path: string): Found | undefined {
  for (const one of locations) {
    if (one.modifier !== '~' && one.modifier !== '~*') continue;
    const regex = compatibleRegex(one.path, one.modifier === '~*');
    // JavaScript ends lines at more characters than PCRE, and knows bytes above 127 by another name.
    if (regex === undefined || !/^[\x20-\x7e]*$/.test(path))
      return { answer: cannotTell(one, path), final: true };
    if (regex.test(path)) return { ...find(one.locations ?? [], path, one), final: true };
  }
  return undefined;
}

function longestPrefix(locations: readonly MatchedLocation[], path: string): MatchedLocation | undefined {
  const isPrefix = (one: MatchedLocation) => one.modifier === undefined || one.modifier === '^~';
  return locations
    .filter((one) => isPrefix(one) && path.startsWith(asBytes(one.path)))
    .reduce<MatchedLocation | undefined>(
      (best, one) =>
        best !== undefined && asBytes(best.path).length >= asBytes(one.path).length ? best : one,
      undefined,
    );
}

function found(location: MatchedLocation, final: boolean): Found {
  return { answer: { kind: 'location', location }, final };
}

function answerOf(location: MatchedLocation | undefined): LocationAnswer {
  return location === undefined ? { kind: 'none' } : { kind: 'location', location };
}

function cannotTell(location: MatchedLocation, path: string): LocationAnswer {
  return {
    kind: 'cannot tell',
    why: `the regex '${location.path}' may mean something else to nginx for '${path}'`,
  };
}

/** nginx also takes the modifier and the path in one word, such as `=/x` (seen). */
function joined(word: string, locations: readonly MatchedLocation[]): MatchedLocation {
  const [, modifier, path] = /^(=|\^~|~\*|~)(.*)$/s.exec(word) ?? [];
  return isModifier(modifier) ? { modifier, path: path ?? '', locations } : { path: word, locations };
}

function isModifier(word: string | undefined): word is NonNullable<MatchedLocation['modifier']> {
  return word === '=' || word === '^~' || word === '~' || word === '~*';
}
