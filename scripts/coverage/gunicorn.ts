import { SETTINGS, TABLE_VERSION } from '../../lib/gunicorn/setting-table';
import type { Decision } from '../../lib/topology/decision';
import { GUNICORN_DECISIONS } from '../../lib/topology/gunicorn-decisions';

/** The section on gunicorn of `docs/coverage.md`: every setting, and what became of it. */
export function gunicornCoverage(): string {
  const names = Object.keys(SETTINGS);
  const decided = names.flatMap((name) => {
    const decision = GUNICORN_DECISIONS[name];
    return decision === undefined ? [] : [{ name, decision }];
  });
  const counts = (['prop', 'settled', 'refused', 'pass-through'] as const)
    .map((by) => ({ by, count: decided.filter(({ decision }) => decision.by === by).length }))
    .filter(({ count }) => count > 0)
    .map(({ by, count }) => `${String(count)} ${LABELS[by]}`);
  return [
    '## gunicorn',
    '',
    `Settings of gunicorn up to ${TABLE_VERSION}: ${String(decided.length)} of ${String(names.length)} decided (${counts.join(', ')}).`,
    '',
    '| setting | since | decision | by | why |',
    '| --- | --- | --- | --- | --- |',
    ...decided.map(({ name, decision }) => row(name, SETTINGS[name]?.since ?? '', decision)),
    '',
  ].join('\n');
}

const LABELS: Readonly<Record<Decision['by'], string>> = {
  prop: 'with a prop',
  settled: 'settled by the construct',
  refused: 'refused',
  'pass-through': 'passed through',
};

function row(name: string, since: string, decision: Decision): string {
  const cells = [`\`${name}\``, since, decision.by, ...reason(decision)];
  return `| ${cells.map(escaped).join(' | ')} |`;
}

function reason(decision: Decision): [string, string] {
  switch (decision.by) {
    case 'prop':
      return [`\`${decision.prop}\``, ''];
    case 'pass-through':
      return ['`settings`', decision.why];
    default:
      return [
        decision.fix,
        decision.rule === undefined ? decision.why : `${decision.why} (${decision.rule})`,
      ];
  }
}

/** A bar would end the cell. */
function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
