import { shown } from '../errors';
import type { Problem } from '../errors';
import { leavesOf } from '../topology/derive/backend-leaves';
import type { Backend, Frontend, Member } from '../topology/frontend';
import { locationsOf } from '../topology/render/frontend-parts';
import type { App, Topology } from '../topology/topology';

/** The change that is right for all of these: the applications know it better than anybody. */
const FIX = "leave it to the application: give what the application's own bindBackend() returns";

/**
 * Members that name an application which is not as they say. Those of the library's own backends are, and those of a backend that a
 * user wrote need not be.
 */
export function memberProblems(frontend: Frontend, topology: Topology): Problem[] {
  const seen = new Set<string>();
  return locationsOf(frontend).flatMap(({ action, construct }): Problem[] => {
    if (action.kind !== 'pass') return [];
    const backends = leavesOf(action.backend).filter(({ name }) => !seen.has(name));
    for (const { name } of backends) seen.add(name);
    return backends.flatMap((backend) =>
      backend.members.flatMap((member) => {
        const problem = problemOf(backend, member, topology);
        return problem === undefined ? [] : [{ construct, ...problem }];
      }),
    );
  });
}

function problemOf(backend: Backend, { address }: Member, { apps }: Topology): Problem | undefined {
  if (address.kind !== 'slot' && address.kind !== 'alias') return undefined;
  const named = `backend ${shown(backend.name)} has a member of the application ${shown(address.app)}`;
  const app = apps.find(({ id }) => id === address.app);
  if (app === undefined) return unknownApp(named, apps);
  const wanted = address.kind === 'slot' ? 'unix' : 'tcp';
  if (app.transport?.kind !== wanted) {
    const by = wanted === 'unix' ? 'a slot, which is a Unix socket' : 'host and port';
    return { what: `${named} by ${by}: that application has ${transportOf(app)}`, fix: FIX };
  }
  if (address.kind === 'slot' && address.slot >= app.replicas) {
    return {
      what: `${named} with slot ${String(address.slot)}: it has ${replicasOf(app)}`,
      fix: `give a slot from 0 to ${String(app.replicas - 1)}, or the application more replicas`,
    };
  }
  return otherProtocol(named, backend, app);
}

function unknownApp(named: string, apps: readonly App[]): Problem {
  const known = apps.map(({ id }) => shown(id)).join(', ');
  return {
    what: `${named}, which this stack does not have${known === '' ? '' : `: it has ${known}`}`,
    fix: 'give the id of an application of this stack, which is its path below the stack with - for /, or host and port for a server that lives elsewhere',
  };
}

function transportOf({ transport }: App): string {
  if (transport === undefined) return 'no transport';
  return transport.kind === 'unix' ? 'a Unix socket' : `Transport.tcp(${String(transport.port)})`;
}

function replicasOf({ replicas }: App): string {
  return replicas === 1 ? 'one replica, slot 0' : `${String(replicas)} replicas, counted from 0`;
}

function otherProtocol(named: string, backend: Backend, app: App): Problem | undefined {
  if (backend.protocol === app.protocol) return undefined;
  return {
    what: `${named} and speaks ${backend.protocol}: that application speaks ${app.protocol}`,
    fix: `give the backend the protocol ${app.protocol}, or the application protocol ${backend.protocol}`,
    rule: 'XT-PROTO',
  };
}
