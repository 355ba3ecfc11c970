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
  /** First release that has it, where it is newer than 2.0.21. */
  readonly since?: string;
  readonly group?: string;
  /** What the preprocessor asks before it compiles the option in. */
  readonly buildCondition?: string;
  /** Other names of the same option. */
  readonly sameStorageAs?: readonly string[];
}

interface Facts {
  readonly source: string;
  readonly version: string;
  readonly production: readonly string[];
  readonly options: readonly Row[];
}

const SOURCE = 'data/uwsgi-options.json';

/** uwsgiconfig.py switches routing on where it has found PCRE. */
const NEEDS_PCRE = /UWSGI_PCRE|UWSGI_ROUTING/;

/** The option table of `lib/uwsgi`, one row an option. */
export function uwsgiTable(): TableFile {
  const facts = JSON.parse(readFileSync(SOURCE, 'utf8')) as Facts;
  const production = new Set(facts.production);
  const aliases = aliasesOf(facts.options.filter(({ name }) => production.has(name)));
  const rows = facts.options.map(
    (row) => `  ${JSON.stringify(row.name)}: ${rowText(row, production, aliases)},`,
  );
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

function rowText(row: Row, production: ReadonlySet<string>, aliases: ReadonlyMap<string, string>): string {
  const { name, plugin, argument, kind, immediate, repeatable, in2_0_21, since, group, buildCondition } = row;
  return JSON.stringify({
    plugin,
    argument,
    kind,
    immediate: immediate === true ? true : undefined,
    repeatable: repeatable === true ? true : undefined,
    in2_0_21: in2_0_21 === true ? true : undefined,
    since,
    group,
    pcre: NEEDS_PCRE.test(buildCondition ?? '') ? true : undefined,
    production: production.has(name) ? true : undefined,
    sameAs: production.has(name) ? undefined : aliases.get(name),
  });
}

/** The names that mean an option of production, each with that option. */
function aliasesOf(rows: readonly Row[]): Map<string, string> {
  return new Map(
    rows.flatMap(({ name, sameStorageAs }) => (sameStorageAs ?? []).map((alias) => [alias, name])),
  );
}
