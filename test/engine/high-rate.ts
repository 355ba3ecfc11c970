import { spawn } from 'node:child_process';

/** What `wrk` saw: requests, each on a connection of its own, and those that failed. */
export interface HighRate {
  readonly requests: number;
  readonly lost: number;
  readonly perSecond: number;
}

/** Asks for one URL as fast as it can, until it is stopped; each request opens a connection. */
export function startHighRate(url: string): { readonly stop: () => Promise<HighRate> } {
  const child = spawn('wrk', ['-t1', '-c16', '-d600s', '--timeout', '20s', '-H', 'Connection: close', url]);
  const ended = new Promise<string>((done, fail) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', fail);
    child.on('close', () => {
      done(output);
    });
  });
  return {
    stop: async () => {
      child.kill('SIGINT');
      return readWrk(await ended);
    },
  };
}

/** Reads what wrk prints; a report without its lines is no report of nothing lost. */
export function readWrk(output: string): HighRate {
  const total = /(\d+) requests in/.exec(output);
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(output);
  if (total === null || rate === null) throw new Error(`wrk said:\n${output}`);
  const sockets = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output) ?? [];
  const status = /Non-2xx or 3xx responses: (\d+)/.exec(output);
  const lost = [...sockets.slice(1), status?.[1] ?? '0'].reduce((sum, each) => sum + Number(each), 0);
  return { requests: Number(total[1]), lost, perSecond: Number(rate[1]) };
}
