import { readFileSync } from 'node:fs';
import type { TableFile } from './table-file';
import { tableHead } from './table-file';

interface Row {
  readonly name: string;
  readonly kind: string;
  readonly since: string;
  readonly enum?: readonly string[];
  readonly range?: readonly number[];
  readonly arity?: number | readonly number[];
  readonly cliOnlyReason?: string;
}

interface Facts {
  readonly source: string;
  readonly version: string;
  readonly settings: readonly Row[];
  readonly removed: readonly {
    readonly name: string;
    readonly lastSeen: string;
    readonly replacement: string | null;
  }[];
}

const SOURCE = 'data/gunicorn-settings.json';

/** The setting table of `lib/gunicorn`, one row a setting. */
export function gunicornTable(): TableFile {
  const facts = JSON.parse(readFileSync(SOURCE, 'utf8')) as Facts;
  const rows = facts.settings.map(({ name, kind, since, enum: values, range, arity, cliOnlyReason }) => {
    const kept = {
      kind,
      since,
      values,
      range,
      arity: arity === undefined ? undefined : [arity].flat(),
      notInFile: cliOnlyReason,
    };
    return `  ${JSON.stringify(name)}: ${JSON.stringify(kept)},`;
  });
  const removed = facts.removed.map(({ name, lastSeen, replacement }) => ({ name, lastSeen, replacement }));
  const text = [
    tableHead(SOURCE),
    "import type { RemovedSetting, SettingFacts } from './setting-facts';",
    '',
    `/** Release that the table describes. Source of the facts: ${facts.source}. */`,
    `export const TABLE_VERSION = '${facts.version}';`,
    '',
    'export const SETTINGS: Readonly<Record<string, SettingFacts>> = {',
    ...rows,
    '};',
    '',
    'export const REMOVED: readonly RemovedSetting[] = [',
    ...removed.map((row) => `  ${JSON.stringify(row)},`),
    '];',
    '',
  ].join('\n');
  return { path: 'lib/gunicorn/setting-table.ts', text };
}
