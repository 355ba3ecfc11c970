import { DIRECTIVES } from '../../lib/nginx/directive-table';
import { nginxDecision } from '../../lib/topology/nginx-decisions';
import { counts, decisionTable } from './table';
import type { Decided } from './table';

/** The section on nginx of `docs/coverage.md`: every directive, and what became of it. */
export function nginxCoverage(): string {
  const names = [...DIRECTIVES.keys()];
  const decided = names.flatMap((name): Decided[] => {
    const decision = nginxDecision(name);
    return decision === undefined ? [] : [{ name, aside: moduleOf(name), decision }];
  });
  return [
    '## nginx',
    '',
    `Directives of nginx up to 1.31.4: ${String(decided.length)} of ${String(names.length)} decided (${counts(decided)}).`,
    'What has a prop may be passed through as well, where nginx takes it twice or the prop is left out.',
    '',
    ...decisionTable('directive', 'module', 'addDirective', decided),
    '',
  ].join('\n');
}

function moduleOf(name: string): string {
  const [first] = DIRECTIVES.get(name)?.uses ?? [];
  return (first?.module ?? '').replace(/^ngx_(?:http_)?/, '').replace(/_module$/, '');
}
