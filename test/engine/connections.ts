import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What may become of a connection: everything but `good` is a lost request. */
export type Outcome = 'good' | 'refused' | 'reset' | 'badStatus' | 'wrongBody' | 'hung' | 'other';

/** What became of every connection that was offered. */
export interface Connections {
  readonly offered: number;
  /** How long connections were offered. */
  readonly seconds: number;
  readonly slowestSeconds: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** How many were answered well in each second. */
  readonly goodInSecond: readonly number[];
}

/** What is asked, how often in a second, and from when on a connection without an answer counts as hung. */
export interface Offer {
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly rate: number;
  readonly hangSeconds?: number;
}

/** A client that offers connections until it is stopped. */
export interface RunningConnections {
  readonly stop: () => Promise<Connections>;
}

/** The client, compiled. */
export interface Client {
  readonly program: string;
  readonly start: (offer: Offer) => RunningConnections;
  readonly remove: () => void;
}

/** Compiles the client: a program of Node's would be too slow for thousands of connections a second. */
export function compileClient(): Client {
  const folder = mkdtempSync(join(tmpdir(), 'connections-'));
  const program = join(folder, 'connections');
  const source = resolve(__dirname, 'connections.c');
  execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', program, source]);
  return {
    program,
    start: (offer) => startConnections(program, offer),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

function startConnections(program: string, offer: Offer): RunningConnections {
  const { address, port, path, rate, hangSeconds = 20 } = offer;
  const args = [address, String(port), path, String(rate), String(hangSeconds)];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<Connections>((done, fail) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(JSON.parse(output) as Connections);
      else fail(new Error(`the client of connections ended with ${String(code)}`));
    });
  });
  // Whoever stops it hears of a failure; until then it is nobody's unhandled rejection.
  ended.catch(() => undefined);
  return {
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** Connections that were not answered well. */
export function lostOf({ offered, outcomes }: Connections): number {
  return offered - outcomes.good;
}

/** The smallest number of good answers in a second; the last second is not a whole one. */
export function worstSecond({ seconds, goodInSecond }: Connections): number {
  const whole = Math.floor(seconds);
  return Math.min(...Array.from({ length: whole }, (_, at) => goodInSecond[at] ?? 0));
}
