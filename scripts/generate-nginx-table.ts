import { readFileSync, writeFileSync } from 'node:fs';
import type { DirectiveFacts, RemovedDirective } from '../lib/nginx/directive-facts';
import type { TableFile } from './table-file';
import { tableHead } from './table-file';

/** The facts as data/nginx-directives.json holds them: what the table needs of them. */
interface Facts {
  readonly source: string;
  readonly version: string;
  readonly removed: readonly (RemovedDirective & { readonly name: string })[];
  readonly directives: readonly {
    readonly name: string;
    readonly since?: string;
    readonly once?: boolean;
    readonly uses: readonly (DirectiveFacts['uses'][number] & { readonly enum?: readonly string[] })[];
  }[];
}

const SOURCE = 'data/nginx-directives.json';

/** The directive table of `lib/nginx`, one row a directive. */
export function generateNginxTable(): TableFile {
  const facts = JSON.parse(readFileSync(SOURCE, 'utf8')) as Facts;
  const text = [
    tableHead(SOURCE),
    "import type { DirectiveFacts, RemovedDirective } from './directive-facts';",
    '',
    `/** Facts of nginx ${facts.version}. Source: ${facts.source}. */`,
    'export const DIRECTIVES: ReadonlyMap<string, DirectiveFacts> = new Map<string, DirectiveFacts>([',
    ...facts.directives.map((row) => `  ${JSON.stringify([row.name, factsOf(row)])},`),
    ']);',
    '',
    'export const REMOVED: ReadonlyMap<string, RemovedDirective> = new Map<string, RemovedDirective>([',
    ...facts.removed.map(({ name, ...rest }) => `  ${JSON.stringify([name, rest])},`),
    ']);',
    '',
  ].join('\n');
  return { path: 'lib/nginx/directive-table.ts', text };
}

function factsOf({ since, once, uses }: Facts['directives'][number]): DirectiveFacts {
  const kept = uses.map(({ module, contexts, args, minArgs, block, kind, enum: values, bounds }) => {
    return { module, contexts, args, minArgs, block, kind, values, bounds };
  });
  return JSON.parse(JSON.stringify({ since, once, uses: kept })) as DirectiveFacts;
}

if (require.main === module) {
  const { path, text } = generateNginxTable();
  writeFileSync(path, text);
}
