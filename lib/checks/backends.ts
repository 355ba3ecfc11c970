import type { Problem } from '../errors';
import { isAtLeast } from '../server-version';
import type { Backend, Frontend } from '../topology/frontend';
import { locationsOf } from '../topology/render/frontend-parts';
import { leavesOf } from '../topology/derive/backend-leaves';
import { RESOLVE_SINCE, isResolvable, passesThroughVariable } from '../topology/render/name-resolution';
import { backendsOf } from '../topology/render/nginx-upstream';
import type { Topology } from '../topology/topology';
import { memberProblems } from './backend-members';

/** What nginx could not do, or would do otherwise, with the backends that a frontend passes to. */
export function backendProblems(frontend: Frontend, topology: Topology): Problem[] {
  return [
    ...sameNames(frontend),
    ...memberProblems(frontend, topology),
    ...backendsOf(frontend).flatMap((backend) => [
      ...unresolvable(backend, frontend),
      ...backups(backend, frontend),
      ...keptConnections(backend, frontend),
      ...lostDirectives(backend, frontend),
    ]),
    ...vainParams(frontend),
  ];
}

/** Two backends of one name would be one upstream: the second one's members would get nothing. nginx compares names without case. */
function sameNames(frontend: Frontend): Problem[] {
  const seen = new Map<string, { readonly name: string; readonly text: string }>();
  const passed = locationsOf(frontend).flatMap(({ action, construct }) =>
    action.kind === 'pass' ? leavesOf(action.backend).map((backend) => ({ backend, construct })) : [],
  );
  return passed.flatMap(({ backend, construct }): Problem[] => {
    if (backend.members.length === 0) return [];
    const { name } = backend;
    const text = JSON.stringify(backend);
    const other = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), other ?? { name, text });
    if (other === undefined || other.text === text) return [];
    const called =
      other.name === name ? `called ${name}` : `called ${other.name} and ${name}, which differ in case only`;
    return [
      {
        what: `two backends are ${called}: nginx knows upstreams by name, without regard to case, and one would take the requests of the other`,
        fix: 'give one of them another id or upstream name; servers that live elsewhere get one as members of addUpstream(name)',
        construct,
        rule: 'NGX-DUP',
      },
    ];
  });
}

/** Before `server … resolve`, a name is resolved again only in a pass to a variable, which is one server. */
function unresolvable(backend: Backend, frontend: Frontend): Problem[] {
  const { version, construct } = frontend;
  if (isAtLeast(version, RESOLVE_SINCE)) return [];
  if (backend.members.length === 1 && passesThroughVariable(backend, frontend)) return [];
  const once = `and nginx ${version} resolves names of an upstream only once, at its start`;
  if (backend.members.some(({ address }) => address.kind === 'alias')) {
    return [
      {
        what: `upstream ${backend.name} balances over an application on TCP, ${once}`,
        fix: `use nginx ${RESOLVE_SINCE} or newer, or Transport.unixSocket()`,
        construct,
        rule: 'XT-RESOLVE',
      },
    ];
  }
  if (frontend.resolver === undefined) return [];
  if (!backend.members.some(({ address }) => isResolvable(address, frontend))) return [];
  return [
    {
      what: `resolver ${frontend.resolver} would not be asked for the names of upstream ${backend.name}: it has several members or keepalive, ${once}`,
      fix: `use nginx ${RESOLVE_SINCE} or newer, or addresses instead of names`,
      construct,
      rule: 'XT-RESOLVE',
    },
  ];
}

/** What nginx refuses to start with. */
function backups(backend: Backend, frontend: Frontend): Problem[] {
  const some = backend.members.filter(({ backup }) => backup === true);
  const { construct } = frontend;
  if (some.length > 0 && some.length === backend.members.length) {
    return [
      {
        what: `upstream ${backend.name} has only backup members: nginx would not start`,
        fix: 'let at least one take part always',
        construct,
        rule: 'NGX-DUP',
      },
    ];
  }
  const method = backend.balance?.method;
  if (some.length === 0 || method === undefined || method === 'least_conn') return [];
  return [
    {
      what: `upstream ${backend.name} has a backup member, which nginx does not support with ${method}`,
      fix: 'use Balance.leastConn() or none, or leave backup out',
      construct,
      rule: 'NGX-CTX',
    },
  ];
}

/** Idle connections are connections of a worker: none would be left for clients. nginx has room for each at its start (seen). */
function keptConnections(
  { name, keepalive }: Backend,
  { workerConnections, construct }: Frontend,
): Problem[] {
  if (keepalive === undefined || keepalive < workerConnections) return [];
  return [
    {
      what: `keepalive ${String(keepalive)} of upstream ${name} is not below workerConnections, ${String(workerConnections)}: idle connections to its members could be all that a worker has`,
      fix: 'give a smaller keepalive, such as 32, or more workerConnections',
      construct,
    },
  ];
}

/** A name that nginx asks for while it runs is no upstream, and has none of its settings. */
function lostDirectives(backend: Backend, frontend: Frontend): Problem[] {
  const names = backend.directives?.map(({ name }) => name) ?? [];
  if (names.length === 0 || !passesThroughVariable(backend, frontend)) return [];
  return [
    {
      what: `${names.join(', ')} of upstream ${backend.name} would be lost: nginx ${frontend.version} passes to the name itself, so that it is resolved again`,
      fix: `use nginx ${RESOLVE_SINCE} or newer, or Transport.unixSocket()`,
      construct: frontend.construct,
      rule: 'XT-RESOLVE',
    },
  ];
}

function vainParams(frontend: Frontend): Problem[] {
  return locationsOf(frontend).flatMap(({ action, construct }): Problem[] => {
    if (action.kind !== 'pass' || action.backend.protocol === 'uwsgi') return [];
    const names = Object.keys(action.options.uwsgiParams);
    if (names.length === 0) return [];
    return [
      {
        what: `uwsgiParams ${names.join(', ')} would not be sent: ${action.backend.name} speaks http`,
        fix: 'use headers, or give the application protocol UWSGI',
        construct,
        rule: 'XT-PROTO',
      },
    ];
  });
}
