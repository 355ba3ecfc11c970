import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where a run leaves the output of Terraform and cdktf, a file for each of their runs, and its table of scenarios. */
export const REPORT = resolve(process.env['ENGINE_REPORT'] ?? 'engine-report');

const ROWS = join(REPORT, 'scenarios.txt');

/** What was seen in one scenario under load. */
export interface Row {
  readonly title: string;
  readonly code: number;
  readonly seconds: number;
  readonly requests: number;
  readonly lost: number;
  /** Seconds from the first request that was lost to the last. */
  readonly gap?: number;
  /** What else was measured. */
  readonly note?: string;
}

/** Forgets the run before, unless this one is told to add to its table. */
export function beginReport(): void {
  if (process.env['ENGINE_REPORT_ADDS'] !== 'true') rmSync(REPORT, { recursive: true, force: true });
  mkdirSync(REPORT, { recursive: true });
}

/** Adds a scenario to the table. */
export function report({ title, code, seconds, requests, lost, gap, note }: Row): void {
  const columns = [
    title.padEnd(72),
    `${code === 0 ? 'done  ' : 'failed'} ${seconds.toFixed(1).padStart(6)} s`,
    `${String(requests).padStart(7)} requests`,
    `${String(lost).padStart(5)} lost`,
    ...(lost === 0 || gap === undefined ? [] : [`within ${gap.toFixed(2)} s`]),
    ...(note === undefined ? [] : [note]),
  ];
  appendFileSync(ROWS, `${columns.join('  ')}\n`);
}

/** The table of the run so far. */
export function table(): string {
  return existsSync(ROWS) ? readFileSync(ROWS, 'utf8') : '';
}
