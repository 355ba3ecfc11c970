import { SETTINGS, TABLE_VERSION } from '../../lib/gunicorn/setting-table';
import { GUNICORN_DECISIONS } from '../../lib/topology/gunicorn-decisions';
import { counts, decisionTable } from './table';

/** The section on gunicorn of `docs/coverage.md`: every setting, and what became of it. */
export function gunicornCoverage(): string {
  const names = Object.keys(SETTINGS);
  const decided = names.flatMap((name) => {
    const decision = GUNICORN_DECISIONS[name];
    return decision === undefined ? [] : [{ name, aside: SETTINGS[name]?.since ?? '', decision }];
  });
  return [
    '## gunicorn',
    '',
    `Settings of gunicorn up to ${TABLE_VERSION}: ${String(decided.length)} of ${String(names.length)} decided (${counts(decided)}).`,
    '',
    ...decisionTable('setting', 'since', 'settings', decided),
    '',
  ].join('\n');
}
