/**
 * How long a synthesis takes, and how much memory: one frontend with many applications, made with the library and with the
 * bare provider bindings, in turns and in one process, so that both meet the same machine.
 *
 * Run it: npm run bench
 */
import { OUTPUT, compare } from './measure';
import type { Compared } from './measure';
import { assertSame, bareProgram, libraryProgram, recorded } from './programs';

const SIZES = [1, 10, 50, 100, 500] as const;

/** Turns of a size: many for the short ones, so that a median means something, and the compiler is done with what they run. */
const TURNS: Readonly<Record<number, number>> = { 1: 121, 10: 31, 50: 11, 100: 7, 500: 3 };

/** The most that the library may take of the time of the bare bindings. */
const WORST_RATIO = 1.5;

/** The most that an application may cost among 500 compared with one among 50. */
const WORST_GROWTH = 1.3;

interface Row extends Compared {
  readonly apps: number;
  readonly resources: number;
}

function row(apps: number): Row {
  const resources = recorded(apps);
  assertSame(resources);
  const library = (outdir: string): void => {
    libraryProgram(apps, outdir);
  };
  const bare = (outdir: string): void => {
    bareProgram(resources, outdir);
  };
  return { apps, resources: resources.length, ...compare(TURNS[apps] ?? 5, library, bare) };
}

function print(rows: readonly Row[]): void {
  const columns = [
    'apps',
    'resources',
    'library ms',
    'bare ms',
    'ratio',
    'ms per app',
    'library MiB',
    'bare MiB',
  ];
  const cells = rows.map(({ apps, resources, first, second, ratio }) => [
    String(apps),
    String(resources),
    first.ms.toFixed(1),
    second.ms.toFixed(1),
    ratio.toFixed(2),
    (first.ms / apps).toFixed(2),
    first.mebibytes.toFixed(0),
    second.mebibytes.toFixed(0),
  ]);
  for (const line of [columns, ...cells]) {
    const padded = line.map((cell, at) => cell.padStart(Math.max(8, columns[at]?.length ?? 0)));
    process.stdout.write(`${padded.join('  ')}\n`);
  }
}

function verdict(rows: readonly Row[]): boolean {
  const perApp = (apps: number): number => {
    const found = rows.find((candidate) => candidate.apps === apps);
    return found === undefined ? Number.NaN : found.first.ms / apps;
  };
  const ratio = Math.max(...rows.map((each) => each.ratio));
  const growth = perApp(500) / perApp(50);
  const met = (name: string, value: number, worst: number): boolean => {
    const ok = value <= worst;
    process.stdout.write(
      `${ok ? 'met   ' : 'missed'}  ${name}: ${value.toFixed(2)}, at most ${String(worst)}\n`,
    );
    return ok;
  };
  process.stdout.write('\n');
  return [
    met('time compared with the bare bindings, at its worst', ratio, WORST_RATIO),
    met('time per app at 500 compared with 50', growth, WORST_GROWTH),
  ].every(Boolean);
}

process.stdout.write(`node ${process.version}, output in ${OUTPUT}, medians of turns\n\n`);
const rows = SIZES.map(row);
print(rows);
process.exitCode = verdict(rows) ? 0 : 1;
