import { UWSGI_DECISIONS } from '../../lib/topology/uwsgi-decisions';
import { OPTIONS } from '../../lib/uwsgi/option-table';
import { counts, decisionTable } from './table';
import type { Decided } from './table';

/** The section on uWSGI of `docs/coverage.md`: every option that production uses, and what became of it. */
export function uwsgiCoverage(): string {
  const names = Object.keys(OPTIONS);
  const production = names.filter((name) => OPTIONS[name]?.production === true);
  const decided = decisionsOf(production);
  const others = decisionsOf(names.filter((name) => !production.includes(name)));
  return [
    '## uWSGI',
    '',
    `Options that production uses: ${String(decided.length)} of ${String(production.length)} decided (${counts(decided)}).`,
    '',
    ...decisionTable('option', 'chapter', 'options', decided),
    '',
    `The other ${String(names.length - production.length)} options of uWSGI are reached through \`options\`, checked against the table of its options. Of these, some are decided all the same:`,
    '',
    ...decisionTable('option', 'chapter', 'options', others),
    '',
  ].join('\n');
}

/** In the order of the chapters, and of their names within one. */
function decisionsOf(names: readonly string[]): Decided[] {
  const decided = names.flatMap((name) => {
    const decision = UWSGI_DECISIONS[name];
    const aside = (OPTIONS[name]?.group ?? '').replaceAll('-', ' ');
    return decision === undefined ? [] : [{ name, aside, decision }];
  });
  return decided.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function key({ aside, name }: Decided): string {
  return `${aside} ${name}`;
}
