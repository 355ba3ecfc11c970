import { isIP } from 'node:net';
import { directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { isAtLeast } from '../../server-version';
import type { Backend, Frontend, MemberAddress } from '../frontend';
import { locationsOf } from './frontend-parts';

/** Release from which a server of an upstream can be resolved again while nginx runs (`server … resolve`). */
export const RESOLVE_SINCE = '1.27.3';

/** The engine's DNS server, which a container has on every network that is named, and not on the engine's own. */
const ENGINE_DNS = '127.0.0.11';

/** True for a name, and for an nginx that knows whom to ask for it: otherwise libc resolves it, once, at nginx's start. */
export function isResolvable(address: MemberAddress, frontend: Frontend): boolean {
  if (address.kind === 'alias') return true;
  return address.kind === 'host' && isIP(address.host) === 0 && hasResolver(frontend);
}

function hasResolver(frontend: Frontend): boolean {
  return (
    frontend.resolver !== undefined ||
    frontend.networks.length > 0 ||
    locationsOf(frontend).some(({ action }) => action.kind === 'pass' && hasAlias([action.backend]))
  );
}

/**
 * True for a backend that is one name and an nginx that resolves names of an upstream only once, at its start: it must be passed to
 * through a variable, or it stays broken after the next redeploy (seen). Only an upstream keeps connections.
 */
export function passesThroughVariable(backend: Backend, frontend: Frontend): boolean {
  const [first, ...others] = backend.members;
  if (backend.choice !== undefined || first === undefined || isAtLeast(frontend.version, RESOLVE_SINCE))
    return false;
  if (first.address.kind === 'alias') return true;
  return others.length === 0 && backend.keepalive === undefined && isResolvable(first.address, frontend);
}

/** Variable of ours that holds the address of such a backend. */
export function targetVariable({ name }: Backend): string {
  return `backend_${name.replace(/[^A-Za-z0-9_]/g, '_')}`;
}

/**
 * Whom nginx asks. The engine's server says that its answers hold for ten minutes, and what has a name of an application is replaced
 * at any time; every other server knows how long its answers hold.
 */
export function resolverDirective({ resolver }: Frontend, backends: readonly Backend[]): NginxDirective {
  const server = resolver ?? ENGINE_DNS;
  const valid = server === ENGINE_DNS || hasAlias(backends) ? ['valid=1s'] : [];
  return directive('resolver', server, ...valid, 'ipv6=off');
}

function hasAlias(backends: readonly Backend[]): boolean {
  return backends.some(({ members }) => members.some(({ address }) => address.kind === 'alias'));
}
