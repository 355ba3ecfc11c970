import { DIRECTIVES } from '../nginx/directive-table';
import type { Decision } from './decision';
import { DEFAULTS } from './nginx-decisions/defaults';
import { BY_MODULE } from './nginx-decisions/passed-through';
import { DIRECTIVE_PROPS } from './nginx-decisions/props';
import { REFUSED, REFUSED_MODULES } from './nginx-decisions/refused';
import { SETTLED } from './nginx-decisions/settled';

/** What is decided of a directive that the table has; undefined for those of other modules. */
export function nginxDecision(name: string): Decision | undefined {
  const prop = own(DIRECTIVE_PROPS, name);
  if (prop !== undefined) return { by: 'prop', prop };
  const why = own(DEFAULTS, name);
  if (why !== undefined) return { by: 'pass-through', why };
  const settled = own(SETTLED, name);
  if (settled !== undefined) return { by: 'settled', ...settled };
  const refused = own(REFUSED, name);
  return refused === undefined ? byModule(name) : { by: 'refused', ...refused };
}

/** What any module has that is taken is taken; a directive of refused modules alone is not. */
function byModule(name: string): Decision | undefined {
  const modules = DIRECTIVES.get(name)?.uses.map(({ module }) => module) ?? [];
  const taken = modules.flatMap((module) => own(BY_MODULE, module) ?? []);
  if (taken[0] !== undefined) return { by: 'pass-through', why: taken[0] };
  const refused = modules.flatMap((module) => own(REFUSED_MODULES, module) ?? []);
  return refused[0] === undefined ? undefined : { by: 'refused', ...refused[0] };
}

function own<T>(rows: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}
