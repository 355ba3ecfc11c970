import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Memory where there is a file system in it: a busy disk would be measured with the two programs, and drown them. */
export const OUTPUT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** What one program took: the median of its turns, and the most memory that one of them added to the heap. */
export interface Measured {
  readonly ms: number;
  readonly mebibytes: number;
}

/** What two programs took, and the median of their ratios: a turn's two runs meet the same machine, two medians may not. */
export interface Compared {
  readonly first: Measured;
  readonly second: Measured;
  readonly ratio: number;
}

type Program = (outdir: string) => void;

/**
 * Runs two programs in turns, each into an empty folder; the order changes with every turn. As many turns come before and do not count:
 * what is measured is the programs, and not how far the compiler is with the wider one of the two.
 */
export function compare(turns: number, first: Program, second: Program): Compared {
  const all = Array.from({ length: 2 * turns }, (_, turn): readonly [Measured, Measured] => {
    if (turn % 2 === 0) return [once(first), once(second)];
    const other = once(second);
    return [once(first), other];
  });
  const pairs = all.slice(turns);
  return {
    first: medians(pairs.map(([one]) => one)),
    second: medians(pairs.map(([, other]) => other)),
    ratio: median(pairs.map(([one, other]) => one.ms / other.ms)),
  };
}

function medians(all: readonly Measured[]): Measured {
  return { ms: median(all.map(({ ms }) => ms)), mebibytes: median(all.map(({ mebibytes }) => mebibytes)) };
}

function once(program: (outdir: string) => void): Measured {
  const outdir = mkdtempSync(join(OUTPUT, 'synth-bench-'));
  collect();
  const heapBefore = process.memoryUsage().heapUsed;
  const start = process.hrtime.bigint();
  program(outdir);
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  const mebibytes = (process.memoryUsage().heapUsed - heapBefore) / 1024 ** 2;
  rmSync(outdir, { recursive: true, force: true });
  return { ms, mebibytes };
}

/** Without it, one program would pay for the garbage of the other. */
function collect(): void {
  if (global.gc === undefined) throw new Error('run node with --expose-gc, as npm run bench does');
  global.gc();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
