import { readFileSync } from 'node:fs';
import type { TableFile } from './table-file';
import { tableHead } from './table-file';

interface Use {
  readonly module: string;
  readonly contexts: readonly string[];
  readonly args?: readonly number[];
  readonly minArgs?: number;
  readonly block?: boolean;
  readonly kind?: string;
  readonly enum?: readonly string[];
}

interface Facts {
  readonly source: string;
  readonly version: string;
  readonly obsolete: readonly string[];
  readonly removed: readonly {
    readonly name: string;
    readonly lastSeen: string;
    readonly replacement?: string;
  }[];
  readonly directives: readonly {
    readonly name: string;
    readonly since?: string;
    readonly uses: readonly Use[];
  }[];
}

const SOURCE = 'data/nginx-directives.json';

/** The directive table of `lib/nginx`, one row a directive. */
export function nginxTable(): TableFile {
  const facts = JSON.parse(readFileSync(SOURCE, 'utf8')) as Facts;
  const rows = facts.directives.map(({ name, since, uses }) => {
    const kept = uses.map(({ module, contexts, args, minArgs, block, kind, enum: values }) => ({
      module,
      contexts,
      args,
      minArgs,
      block,
      kind,
      values,
    }));
    return `  ${JSON.stringify(name)}: ${JSON.stringify({ since, uses: kept })},`;
  });
  const text = [
    tableHead(SOURCE),
    "import type { DirectiveFacts, RemovedDirective } from './directive-facts';",
    '',
    `/** Release that the table describes. Source of the facts: ${facts.source}. */`,
    `export const TABLE_VERSION = '${facts.version}';`,
    '',
    'export const DIRECTIVES: Readonly<Record<string, DirectiveFacts>> = {',
    ...rows,
    '};',
    '',
    'export const REMOVED: readonly RemovedDirective[] = [',
    ...facts.removed.map((row) => `  ${JSON.stringify(row)},`),
    '];',
    '',
    `export const OBSOLETE: readonly string[] = ${JSON.stringify(facts.obsolete)};`,
    '',
  ].join('\n');
  return { path: 'lib/nginx/directive-table.ts', text };
}
