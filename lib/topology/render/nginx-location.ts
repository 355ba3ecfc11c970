import { concat, variable } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { staticDirectoryInNginx } from '../derive/paths';
import type { Action, Frontend, Location, LocationMatch } from '../frontend';
import type { Policy } from '../policy';
import type { StaticMount } from '../static-mount';
import type { Topology } from '../topology';
import { blockLines } from './block-lines';
import { within } from './inherited';
import { passDirectives, saidOfBackend } from './nginx-pass';
import { nginxTime } from './nginx-values';
import { conditionsIn, holding } from './policies';

/** What rendering a location needs to know of its surroundings. */
export interface LocationScope {
  readonly topology: Topology;
  readonly frontend: Frontend;
  /** Directives around the location that it would inherit, as `within` tells them. */
  readonly around: readonly NginxDirective[];
  /** Policies that hold around the location. */
  readonly policies: readonly Policy[];
}

/** The `location` block of a location, those nested in it included. */
export function locationBlock(location: Location, scope: LocationScope): NginxDirective {
  const { action, match, directives } = location;
  const place = {
    own: location.policies,
    around: scope.policies,
    users: directives,
    ofBackend: saidOfBackend(action),
    inherited: scope.around,
  };
  const { first, ours, said } = blockLines(place, actionDirectives(action, match, scope));
  const inside = holding(location.policies, scope.policies);
  const inner = { ...scope, around: within(directives, scope.around), policies: inside };
  const nested = location.locations.map((each) => locationBlock(each, inner));
  const head = location.internal === true ? [directive('internal')] : [];
  const children = [...head, ...first, ...conditionsIn(inside, directives), ...ours, ...said, ...nested];
  return { ...block('location', matchArguments(match), children), construct: location.construct };
}

function matchArguments(match: LocationMatch): NginxArgument[] {
  const modifier = { prefix: [], prefixOnly: ['^~'], exact: ['='], regex: ['~'], regexIgnoreCase: ['~*'] }[
    match.kind
  ];
  return [...modifier, match.path];
}

function actionDirectives(action: Action, match: LocationMatch, scope: LocationScope): NginxDirective[] {
  switch (action.kind) {
    case 'pass':
      return passDirectives(action, match, scope);
    case 'static':
      return staticDirectives(mountOf(action.mount, scope.topology), match);
    case 'respond':
      return respondDirectives(action);
    case 'redirect':
      return [directive('return', String(action.status), redirectTarget(action.to))];
  }
}

/** The query of the request stands before a fragment, and gives way to a query of the target's own. */
function redirectTarget(to: string): NginxArgument {
  const [, place = '', fragment = ''] = /^([^#]*)(#.*)?$/.exec(to) ?? [];
  return place.includes('?') ? to : concat(place, variable('is_args'), variable('args'), fragment);
}

/** The type of a text goes by what it is, and not by the ending of the path that was asked for. */
function respondDirectives({
  status,
  body,
  contentType,
}: Extract<Action, { kind: 'respond' }>): NginxDirective[] {
  if (body === undefined) return [directive('return', String(status))];
  return [
    block('types', [], []),
    directive('default_type', contentType ?? 'text/plain'),
    directive('return', String(status), body),
  ];
}

function staticDirectives(mount: StaticMount, match: LocationMatch): NginxDirective[] {
  const directory = staticDirectoryInNginx(mount.id);
  const where = match.path === '/' ? directive('root', directory) : directive('alias', `${directory}/`);
  return [where, ...fallbackDirectives(mount, match), ...expiryDirectives(mount), ...dotfileGuard()];
}

function fallbackDirectives(mount: StaticMount, match: LocationMatch): NginxDirective[] {
  if (mount.fallback === undefined) return [];
  const target = `${match.path}${mount.fallback}`;
  return [directive('try_files', variable('uri'), concat(variable('uri'), '/'), target)];
}

/** The longest that RFC 2616 let anybody promise; without an age clients take no notice of `immutable` (RFC 8246). */
const YEAR_MS = 365 * 86_400_000;

function expiryDirectives(mount: StaticMount): NginxDirective[] {
  const expiresMs = mount.expiresMs ?? (mount.immutable ? YEAR_MS : undefined);
  const expires = expiresMs === undefined ? [] : [directive('expires', nginxTime(expiresMs))];
  const immutable = mount.immutable ? [directive('add_header', 'Cache-Control', 'immutable')] : [];
  return [...expires, ...immutable];
}

/** `.git`, `.env` and their like are never served; `/.well-known/` is what clients may ask for. */
function dotfileGuard(): NginxDirective[] {
  return [block('location', ['~', '/\\.(?!well-known/)'], [directive('return', '404')])];
}

function mountOf(id: string, topology: Topology): StaticMount {
  const mount = topology.staticMounts.find((candidate) => candidate.id === id);
  if (mount === undefined) throw new Error(`the topology has no static mount ${id}`);
  return mount;
}
