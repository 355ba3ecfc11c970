import { concat, expression, variable } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { forwardedFacts, isOptionalParam, proxyHeaders, uwsgiParams } from '../derive/forwarding';
import { passFamily } from '../derive/pass-family';
import { scriptNameOf } from '../derive/script-name';
import { IDLE_SOCKET_MS, readTimeoutMs } from '../derive/timeouts';
import type { Protocol } from '../app';
import type { Action, Backend, Frontend, LocationMatch, PassOptions } from '../frontend';
import type { Topology } from '../topology';
import { choiceVariable } from './backend-choice';
import { ENCODED_PATH, decodesPath } from './encoded-path';
import { passesThroughVariable, targetVariable } from './name-resolution';
import { memberAddress } from './nginx-upstream';
import { nginxTime } from './nginx-values';
import { connectionHeaders } from './web-sockets';
import { strippedAs, strippedOtherwise, strippedVariable } from './stripped-path';
import type { StrippedPath } from './stripped-path';

type Pass = Extract<Action, { kind: 'pass' }>;

/** What passing a request on needs to know of its surroundings. */
interface PassScope {
  readonly topology: Topology;
  readonly frontend: Frontend;
}

/** What a location writes that passes requests on. */
export function passDirectives(action: Pass, match: LocationMatch, scope: PassScope): NginxDirective[] {
  const { backend, options } = action;
  const scriptName = scriptNameOf(match, options);
  const stripped =
    scriptName === undefined ? undefined : { scriptName, as: strippedAs(backend, scope.topology) };
  const family = passFamily(backend.protocol);
  return [
    ...targetDirectives(backend, scope.frontend, stripped),
    ...(family === 'proxy' ? [directive('proxy_http_version', '1.1')] : []),
    ...timeoutDirectives(family, action),
    ...bufferingDirectives(family, options),
    ...forwardingDirectives(action, stripped, scope),
    ...saidOfBackend(action),
    ...(stripped === undefined ? [] : strippedOtherwise(stripped)),
  ];
}

function targetDirectives(
  backend: Backend,
  frontend: Frontend,
  stripped: StrippedPath | undefined,
): NginxDirective[] {
  const [first] = backend.members;
  const throughVariable = passesThroughVariable(backend, frontend) && first !== undefined;
  const target = throughVariable ? variable(targetVariable(backend)) : upstreamOf(backend);
  return [
    ...(throughVariable ? [directive('set', target, memberAddress(first.address))] : []),
    backend.protocol === 'uwsgi'
      ? directive('uwsgi_pass', target)
      : directive('proxy_pass', concat('http://', target, ...pathOf(stripped))),
  ];
}

function upstreamOf(backend: Backend): NginxArgument {
  return backend.choice === undefined ? backend.name : variable(choiceVariable(backend));
}

/** Without a path of its own nginx sends the one that the client wrote (seen), or the one that it has rewritten. */
function pathOf(stripped: StrippedPath | undefined): NginxArgument[] {
  return stripped === undefined ? [] : [variable(strippedVariable(stripped))];
}

function bufferingDirectives(family: string, { buffering, requestBuffering }: PassOptions): NginxDirective[] {
  return Object.entries({ buffering, request_buffering: requestBuffering }).flatMap(([name, on]) =>
    on === undefined ? [] : [directive(`${family}_${name}`, on ? 'on' : 'off')],
  );
}

function timeoutDirectives(family: string, { backend, options }: Pass): NginxDirective[] {
  const usual = options.webSocket === true ? IDLE_SOCKET_MS : readTimeoutMs(backend.requestTimeoutMs);
  const read = options.readTimeoutMs ?? usual;
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
  { backend, options }: Pass,
  stripped: StrippedPath | undefined,
  { frontend, topology }: PassScope,
): NginxDirective[] {
  const facts = {
    ...forwardedFacts(frontend.version, frontend.gate),
    path: `$${sentPath(backend, stripped, topology)}`,
    scriptName: stripped?.scriptName ?? '',
  };
  if (backend.protocol === 'uwsgi') {
    const extra = new Set([
      ...Object.keys(options.uwsgiParams),
      ...Object.keys(options.headers).map(headerParam),
    ]);
    const own = uwsgiParams(facts).filter(([name]) => !extra.has(name));
    return own.map(([name, value]) => param(name, value, expression(value)));
  }
  const extra = new Set(Object.keys(options.headers).map((name) => name.toLowerCase()));
  const ours = [...proxyHeaders(facts), ...mountHeader(stripped), ...connectionHeaders(options)];
  return ours
    .filter(([name]) => !extra.has(name.toLowerCase()))
    .map(([name, value]) => directive('proxy_set_header', name, expression(value)));
}

/** What was said of one backend alone: it stands over what policies say of all that is passed on. */
export function saidOfBackend(action: Action): NginxDirective[] {
  if (action.kind !== 'pass') return [];
  const { backend, options } = action;
  const headers = Object.entries(options.headers).map(([name, value]) =>
    requestHeader(backend.protocol, name, value),
  );
  if (backend.protocol !== 'uwsgi') return headers;
  return [...headers, ...Object.entries(options.uwsgiParams).map(([name, value]) => param(name, value))];
}

function sentPath(backend: Backend, stripped: StrippedPath | undefined, topology: Topology): string {
  if (stripped !== undefined) return strippedVariable(stripped);
  return decodesPath(backend, topology) ? ENCODED_PATH : 'document_uri';
}

/** A header that gunicorn knows by this very name; none that a client sends gets through, for its underscore. */
function mountHeader(stripped: StrippedPath | undefined): (readonly [string, string])[] {
  return stripped?.as === 'whole' ? [['SCRIPT_NAME', stripped.scriptName]] : [];
}

/** A header of the request as the application gets it; an empty one is not sent at all, the client's own of its name neither. */
export function requestHeader(
  protocol: Protocol,
  header: string,
  value: string,
  argument: NginxArgument = value,
): NginxDirective {
  return protocol === 'uwsgi'
    ? param(headerParam(header), value, argument)
    : directive('proxy_set_header', header, argument);
}

/** A header that is emptied is not sent at all, the client's own of its name neither. */
function param(name: string, value: string, argument: NginxArgument = value): NginxDirective {
  return directive('uwsgi_param', name, argument, ...(isOptionalParam(name, value) ? ['if_not_empty'] : []));
}

/** What a header is called among the parameters of uWSGI's protocol. */
function headerParam(header: string): string {
  return `HTTP_${header.toUpperCase().replace(/-/g, '_')}`;
}
