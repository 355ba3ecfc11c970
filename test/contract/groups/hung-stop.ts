import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from '../../helpers/stack-of-servers';
import type { Contract } from '../backend-contract';
import type { RawAnswer } from '../client';
import { head } from '../client';
import { sleeperOf, workersOf } from '../running';
import { NAMES, WORKERS } from '../variant';

/** What came of a stop while one request hangs and another is at work. */
export interface HungStop {
  readonly hanging: RawAnswer;
  readonly working: RawAnswer;
  /** Who ended the server: itself, or what the engine does after the container's stop grace. */
  readonly endedBy: 'itself' | 'the engine';
}

/** Stops the server with short limits while a request of it hangs for longer than its container may take to stop. */
export async function hungStop({ ask, server, graceMs }: Contract): Promise<HungStop> {
  await renewWorkers(server('short'));
  const begin = async (seconds: number): Promise<{ readonly answer: Promise<RawAnswer> }> => {
    const begun = sleeperOf(server('short'));
    const answer = ask(head('GET', `/sleep?seconds=${String(seconds)}`, [], NAMES.short));
    await begun;
    return { answer };
  };
  const hanging = await begin((4 * graceMs('short')) / 1000);
  const working = await begin(1);
  const endedBy = await stopped(server('short').process, graceMs('short'));
  return { hanging: await hanging.answer, working: await working.answer, endedBy };
}

/** A worker that the other request brings to maxRequests would be ended by that, with the one that hangs. */
async function renewWorkers(server: Server): Promise<void> {
  const before = workersOf(server);
  for (const worker of before) process.kill(Number(worker), 'SIGKILL');
  const renewed = (): string[] => workersOf(server).filter((worker) => !before.includes(worker));
  for (let tries = 0; renewed().length < WORKERS.short && tries < 400; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** As `docker stop` does it: all that is left of a container ends with its first process. */
async function stopped(child: ChildProcess, graceMs: number): Promise<HungStop['endedBy']> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  let endedBy: HungStop['endedBy'] = 'itself';
  const kill = setTimeout(() => {
    endedBy = 'the engine';
    process.kill(-Number(child.pid), 'SIGKILL');
  }, graceMs);
  await ended;
  clearTimeout(kill);
  return endedBy;
}
