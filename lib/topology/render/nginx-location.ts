import { concat, expression, variable } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { forwardedFacts, isOptionalParam, proxyHeaders, uwsgiParams } from '../derive/forwarding';
import { staticDirectoryInNginx } from '../derive/paths';
import { readTimeoutMs } from '../derive/timeouts';
import type { Action, Backend, Frontend, Location, LocationMatch } from '../frontend';
import type { Policy } from '../policy';
import type { StaticMount } from '../static-mount';
import type { Topology } from '../topology';
import { blockLines } from './block-lines';
import { ENCODED_PATH, decodesPath } from './encoded-path';
import { within } from './inherited';
import { passesThroughVariable, targetVariable } from './name-resolution';
import { memberAddress } from './nginx-upstream';
import { nginxTime } from './nginx-values';
import { holding } from './policies';

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
    inherited: scope.around,
  };
  const { first, ours, said } = blockLines(place, actionDirectives(action, match, scope));
  const inner = {
    ...scope,
    around: within(directives, scope.around),
    policies: holding(location.policies, scope.policies),
  };
  const nested = location.locations.map((each) => locationBlock(each, inner));
  const children = [...first, ...ours, ...said, ...nested];
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
      return passDirectives(action, scope);
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

function passDirectives(action: Extract<Action, { kind: 'pass' }>, scope: LocationScope): NginxDirective[] {
  const { backend, options } = action;
  const family = backend.protocol === 'uwsgi' ? 'uwsgi' : 'proxy';
  return [
    ...targetDirectives(backend, scope.frontend),
    ...(family === 'proxy' ? [directive('proxy_http_version', '1.1')] : []),
    ...timeoutDirectives(family, action),
    ...forwardingDirectives(action, scope),
    ...(family === 'uwsgi'
      ? Object.entries(options.uwsgiParams).map(([name, value]) => param(name, value))
      : []),
  ];
}

function targetDirectives(backend: Backend, frontend: Frontend): NginxDirective[] {
  const scheme = backend.protocol === 'uwsgi' ? '' : 'http://';
  const pass = backend.protocol === 'uwsgi' ? 'uwsgi_pass' : 'proxy_pass';
  const [first] = backend.members;
  if (!passesThroughVariable(backend, frontend) || first === undefined) {
    return [directive(pass, `${scheme}${backend.name}`)];
  }
  const name = targetVariable(backend);
  return [
    directive('set', variable(name), memberAddress(first.address)),
    directive(pass, concat(scheme, variable(name))),
  ];
}

function timeoutDirectives(
  family: string,
  { backend, options }: Extract<Action, { kind: 'pass' }>,
): NginxDirective[] {
  const read = options.readTimeoutMs ?? readTimeoutMs(backend.requestTimeoutMs);
  const resolves = backend.members.some((member) => member.address.kind === 'alias');
  const connect = options.connectTimeoutMs ?? (resolves ? 1000 : undefined);
  return [
    ...(connect === undefined ? [] : [directive(`${family}_connect_timeout`, nginxTime(connect))]),
    directive(`${family}_read_timeout`, nginxTime(read)),
    ...(options.sendTimeoutMs === undefined
      ? []
      : [directive(`${family}_send_timeout`, nginxTime(options.sendTimeoutMs))]),
  ];
}

function forwardingDirectives(
  { backend, options }: Extract<Action, { kind: 'pass' }>,
  { frontend, topology }: LocationScope,
): NginxDirective[] {
  const facts = forwardedFacts(frontend.version, frontend.gate);
  const path = decodesPath(backend, topology) ? `$${ENCODED_PATH}` : '$document_uri';
  if (backend.protocol === 'uwsgi') {
    const headers = Object.entries(options.headers).map(
      ([name, value]) => [headerParam(name), value] as const,
    );
    const extra = new Set([...Object.keys(options.uwsgiParams), ...headers.map(([name]) => name)]);
    const own = uwsgiParams(facts, path).filter(([name]) => !extra.has(name));
    return [
      ...own.map(([name, value]) => param(name, value, expression(value))),
      ...headers.map(([name, value]) => param(name, value)),
    ];
  }
  const extra = new Set(Object.keys(options.headers).map((name) => name.toLowerCase()));
  const own = [...proxyHeaders(facts), ['Connection', ''] as const].filter(
    ([name]) => !extra.has(name.toLowerCase()),
  );
  return [
    ...own.map(([name, value]) => directive('proxy_set_header', name, expression(value))),
    ...pairs('proxy_set_header', options.headers),
  ];
}

/** A header that is emptied is not sent at all, the client's own of its name neither. */
function param(name: string, value: string, argument: NginxArgument = value): NginxDirective {
  return directive('uwsgi_param', name, argument, ...(isOptionalParam(name, value) ? ['if_not_empty'] : []));
}

function headerParam(header: string): string {
  return `HTTP_${header.toUpperCase().replace(/-/g, '_')}`;
}

function pairs(name: string, values: Readonly<Record<string, string>>): NginxDirective[] {
  return Object.entries(values).map(([key, value]) => directive(name, key, value));
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
