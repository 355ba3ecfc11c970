import { UWSGI_DECISIONS } from '../../lib/topology/uwsgi-decisions';
import type { Decision } from '../../lib/topology/decision';
import { OPTIONS } from '../../lib/uwsgi/option-table';

/** The section of `docs/coverage.md` about uWSGI: what is decided of each option that production uses. */
export function uwsgiCoverage(): string {
  const names = Object.keys(OPTIONS);
  const production = names.filter((name) => OPTIONS[name]?.production === true);
  const decided = production.filter((name) => Object.hasOwn(UWSGI_DECISIONS, name));
  const more = Object.keys(UWSGI_DECISIONS).filter((name) => !production.includes(name));
  return [
    '## uWSGI',
    '',
    `${String(decided.length)} of ${String(production.length)} options that production uses are decided.`,
    '',
    ...table(decided),
    '',
    `The other ${String(names.length - production.length)} options of uWSGI are reached through \`options\`, checked against the table of its options. Of these, some are decided all the same:`,
    '',
    ...table(more),
    '',
  ].join('\n');
}

function table(names: readonly string[]): string[] {
  const rows = [...names].sort(byChapter).map(row);
  return ['| option | chapter | decision | prop, or why |', '| --- | --- | --- | --- |', ...rows];
}

function byChapter(one: string, other: string): number {
  const [a, b] = [`${chapter(one)} ${one}`, `${chapter(other)} ${other}`];
  return a < b ? -1 : 1;
}

function chapter(name: string): string {
  return OPTIONS[name]?.group ?? '';
}

function row(name: string): string {
  const decision = UWSGI_DECISIONS[name];
  if (decision === undefined) return '';
  return `| \`${name}\` | ${chapter(name).replaceAll('-', ' ')} | ${decision.by} | ${explained(decision)} |`;
}

function explained(decision: Decision): string {
  if (decision.by === 'prop') return `\`${decision.prop}\``;
  return decision.by === 'pass-through' ? decision.why : `${decision.why}; ${decision.fix}`;
}
