import { readFileSync } from 'node:fs';
import type { TableFile } from './table-file';
import { tableHead } from './table-file';

interface Row {
  readonly name: string;
  readonly plugin: string;
  readonly argument: string;
  readonly kind: string;
  readonly immediate?: boolean;
  readonly repeatable?: boolean;
  readonly in2_0_21?: boolean;
}

interface Facts {
  readonly source: string;
  readonly version: string;
  readonly options: readonly Row[];
}

const SOURCE = 'data/uwsgi-options.json';

/** The option table of `lib/uwsgi`, one row an option. */
export function uwsgiTable(): TableFile {
  const facts = JSON.parse(readFileSync(SOURCE, 'utf8')) as Facts;
  const rows = facts.options.map(({ name, plugin, argument, kind, immediate, repeatable, in2_0_21 }) => {
    const kept = {
      plugin,
      argument,
      kind,
      immediate: immediate === true ? true : undefined,
      repeatable: repeatable === true ? true : undefined,
      in2_0_21: in2_0_21 === true ? true : undefined,
    };
    return `  ${JSON.stringify(name)}: ${JSON.stringify(kept)},`;
  });
  const text = [
    tableHead(SOURCE),
    "import type { OptionFacts } from './option-facts';",
    '',
    `/** Release that the table describes. Source of the facts: ${facts.source}. */`,
    `export const TABLE_VERSION = '${facts.version}';`,
    '',
    'export const OPTIONS: Readonly<Record<string, OptionFacts>> = {',
    ...rows,
    '};',
    '',
  ].join('\n');
  return { path: 'lib/uwsgi/option-table.ts', text };
}
