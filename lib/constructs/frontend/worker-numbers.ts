import { ConfigError, shown } from '../../errors';
import { MOST_NGINX_WORKERS, nginxWorkers } from '../../topology/derive/workers';
import type { Frontend } from '../../topology/frontend';
import { portsOf } from '../../topology/listener';
import { wholeNumber } from '../checked/values';
import type { NginxFrontendProps } from './nginx-frontend-props';

/** Files that a process may have open at most, unless a kernel is told otherwise (`fs.nr_open`): nginx serves with as many (seen). */
const MOST_CONNECTIONS = 1_048_576;

/** One to the master, one of a client and one to the application: with fewer, every request is reset or answered 500 (seen). */
const CONNECTIONS_BESIDE_LISTENERS = 3;

/** Processes of an nginx and connections of each. */
export function workerNumbers(
  { workerProcesses, workerConnections, cpus }: NginxFrontendProps,
  listeners: Frontend['listeners'],
): Pick<Frontend, 'workerProcesses' | 'workerConnections'> {
  const least = portsOf(listeners).length + CONNECTIONS_BESIDE_LISTENERS;
  return {
    workerProcesses: checkedProcesses(workerProcesses ?? nginxWorkers(cpus)),
    workerConnections: checkedConnections(workerConnections ?? Math.max(1024, least), least),
  };
}

function checkedProcesses(count: number): number {
  if (wholeNumber('workerProcesses', count) <= MOST_NGINX_WORKERS) return count;
  throw new ConfigError({
    what: `workerProcesses ${shown(count)} is more than nginx can run: it has 1024 processes at most, and a reload starts as many workers again`,
    fix: `give a whole number up to ${String(MOST_NGINX_WORKERS)}; one for each cpu is usual`,
  });
}

function checkedConnections(count: number, least: number): number {
  if (wholeNumber('workerConnections', count) < least) {
    throw new ConfigError({
      what: `workerConnections ${shown(count)} is too few for a single request: each port that is listened on takes one, the master one, and a request two`,
      fix: `give ${String(least)} or more, such as 1024`,
    });
  }
  if (count <= MOST_CONNECTIONS) return count;
  throw new ConfigError({
    what: `workerConnections ${shown(count)} is more than a process can have open, and each takes memory at the start`,
    fix: `give a whole number up to ${String(MOST_CONNECTIONS)}`,
  });
}
