import { readFileSync } from 'node:fs';
import type { TableFile } from './table-file';
import { tableHead } from './table-file';

const SOURCE = 'data/app-probe.py';

/** The application's probe as a string, so that the library reads no file of its own at run time. */
export function probeSource(): TableFile {
  const lines = readFileSync(SOURCE, 'utf8').trimEnd().split('\n');
  const text = [
    tableHead(SOURCE),
    '/** Text of the probe that runs in every application container. */',
    'export const APP_PROBE_SOURCE = [',
    ...lines.map((line) => `  ${JSON.stringify(line)},`),
    "  '',",
    "].join('\\n');",
    '',
  ].join('\n');
  return { path: 'lib/topology/render/app-probe-table.ts', text };
}
