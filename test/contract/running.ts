import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topology } from '../../lib/topology/topology';
import { withServers } from '../helpers/stack-of-servers';
import type { Bed, Server } from '../helpers/stack-of-servers';

/** Servers that run from one call to another, so that many tests share them. */
export interface Running {
  readonly bed: Bed;
  readonly stop: () => Promise<void>;
}

/** Starts every server of a topology; those of `apps` are the given program. */
export async function start(topology: Topology, command: string | undefined): Promise<Running> {
  const ids = topology.apps.map(({ id }) => id);
  const code = Object.fromEntries(ids.map((id) => [id, join(__dirname, 'app')]));
  const commands = command === undefined ? {} : Object.fromEntries(ids.map((id) => [id, command]));
  return new Promise((started, failed) => {
    let release = (): void => undefined;
    const body = async (bed: Bed): Promise<void> => {
      const released = new Promise<void>((resolve) => (release = resolve));
      started({ bed, stop: () => (release(), whole) });
      await released;
    };
    const whole = withServers(topology, { code, statics: {}, commands }, body);
    whole.catch(failed);
  });
}

/** The process that has just begun to sleep in a request. */
export async function sleeperOf({ output }: Server): Promise<number> {
  const before = sleepers(output()).length;
  for (let tries = 0; tries < 400; tries++) {
    const now = sleepers(output());
    if (now.length > before) return now[before] ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('no request has begun to sleep');
}

/** The children of a server that have not ended. */
export function workersOf(server: Server): string[] {
  const process = String(server.process.pid);
  const children = readFileSync(`/proc/${process}/task/${process}/children`, 'utf8').trim().split(' ');
  return children.filter((child) => !hasEnded(child));
}

function hasEnded(process: string): boolean {
  try {
    return /\) [ZX]/.test(readFileSync(`/proc/${process}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

function sleepers(output: string): number[] {
  return [...output.matchAll(/sleeping in (\d+)/g)].map(([, process]) => Number(process));
}
