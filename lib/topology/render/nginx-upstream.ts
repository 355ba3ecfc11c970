import { expression } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { isAtLeast } from '../../server-version';
import { leavesOf } from '../derive/backend-leaves';
import { PATHS, slotSocketInNginx } from '../derive/paths';
import type { Backend, Balance, Frontend, Member, MemberAddress } from '../frontend';
import { once } from '../once';
import { locationsOf } from './frontend-parts';
import { RESOLVE_SINCE, isResolvable, resolverDirective } from './name-resolution';
import { nginxTime } from './nginx-values';

/** Every backend that a frontend passes to, once a name, in the order of its first use. */
export const backendsOf: (frontend: Frontend) => readonly Backend[] = once((frontend) => {
  const found = new Map<string, Backend>();
  for (const { action } of locationsOf(frontend)) {
    if (action.kind !== 'pass') continue;
    for (const backend of leavesOf(action.backend))
      if (!found.has(backend.name)) found.set(backend.name, backend);
  }
  return [...found.values()];
});

/** The `upstream` block of a backend. */
export function upstreamBlock(backend: Backend, frontend: Frontend): NginxDirective {
  const again = isAtLeast(frontend.version, RESOLVE_SINCE);
  const resolves = (address: MemberAddress): boolean => again && isResolvable(address, frontend);
  return block(
    'upstream',
    [backend.name],
    [
      ...(backend.members.some(({ address }) => resolves(address))
        ? [directive('zone', backend.name, '64k'), resolverDirective(frontend, [backend])]
        : []),
      ...(backend.balance === undefined ? [] : [balanceDirective(backend.balance)]),
      ...backend.members.map((member) => memberDirective(member, resolves(member.address))),
      // A way to balance that came after it would take connections that are kept away again (nginx).
      ...(backend.directives ?? []),
      ...(backend.keepalive === undefined ? [] : [directive('keepalive', String(backend.keepalive))]),
    ],
  );
}

function balanceDirective(balance: Balance): NginxDirective {
  if (balance.method === 'hash') {
    const consistent = balance.consistent ? ['consistent'] : [];
    return directive('hash', expression(balance.key), ...consistent);
  }
  if (balance.method === 'random') return directive('random', ...(balance.two ? ['two'] : []));
  return directive(balance.method);
}

function memberDirective(member: Member, resolves: boolean): NginxDirective {
  const parameters: NginxArgument[] = [];
  if (member.weight !== undefined) parameters.push(`weight=${String(member.weight)}`);
  parameters.push(`max_fails=${String(member.maxFails ?? defaultMaxFails(member.address))}`);
  if (member.failTimeoutMs !== undefined) parameters.push(`fail_timeout=${nginxTime(member.failTimeoutMs)}`);
  if (member.backup === true) parameters.push('backup');
  if (resolves) parameters.push('resolve');
  return directive('server', memberAddress(member.address), ...parameters);
}

/**
 * Our own replicas are never marked down: a socket that is not there refuses at once and the next one is
 * tried, while one marked down goes on failing after it is back (`no live upstreams`, seen).
 */
function defaultMaxFails(address: MemberAddress): number {
  return address.kind === 'slot' || address.kind === 'alias' ? 0 : 1;
}

/** An address as nginx writes it in `server` and in a pass. */
export function memberAddress(address: MemberAddress): string {
  if (address.kind === 'slot')
    return `unix:${slotSocketInNginx(address.app, address.protocol, address.slot)}`;
  if (address.kind === 'socket') return `unix:${PATHS.hostSockets}${address.path}`;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${host}:${String(address.port)}`;
}
