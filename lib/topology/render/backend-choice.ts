import { expression, variable } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { choicesOf } from '../derive/backend-leaves';
import type { Backend, Choice, Frontend, Route } from '../frontend';
import { shortHash } from '../short-hash';
import { locationsOf } from './frontend-parts';
import { passesThroughVariable } from './name-resolution';
import { memberAddress } from './nginx-upstream';

/** With its hash it fits where nginx keeps the names of variables. */
const LONGEST_WORD = 30;

/** Variable that holds the name of the upstream that a request goes to; another share of requests keeps it. */
export function choiceVariable({ name, choice }: Backend): string {
  const word = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, LONGEST_WORD);
  const told = choice?.routes.map(({ backend, value }) => [backend.name, value]);
  return `${word}_${shortHash(JSON.stringify([choice?.source, told]), 8)}`;
}

/** The choices that a frontend passes by, as `split_clients` and `map`. */
export function choiceMaps(frontend: Frontend): NginxDirective[] {
  const found = new Map<string, Backend>();
  for (const { action } of locationsOf(frontend)) {
    if (action.kind !== 'pass') continue;
    for (const backend of choicesOf(action.backend)) found.set(choiceVariable(backend), backend);
  }
  return [...found].flatMap(([name, { choice }]) =>
    choice === undefined ? [] : [choiceBlock(name, choice, frontend)],
  );
}

function choiceBlock(name: string, { source, routes }: Choice, frontend: Frontend): NginxDirective {
  const isSplit = routes.some(({ percent }) => percent !== undefined);
  const rows = isSplit ? shareRows(routes, frontend) : caseRows(routes, frontend);
  return block(isSplit ? 'split_clients' : 'map', [expression(source), variable(name)], rows);
}

/** The last share is what the others leave; nginx takes none of nothing. */
function shareRows(routes: readonly Route[], frontend: Frontend): NginxDirective[] {
  const some = routes.filter(({ percent = 0 }) => percent > 0);
  return some.map(({ backend, percent }, at) =>
    directive(at === some.length - 1 ? '*' : `${String(percent)}%`, outcome(backend, frontend)),
  );
}

function caseRows(routes: readonly Route[], frontend: Frontend): NginxDirective[] {
  const told = routes.filter(({ value }) => value !== undefined);
  const otherwise = routes.filter(({ value }) => value === undefined);
  return [
    ...otherwise.map(({ backend }) => directive('default', outcome(backend, frontend))),
    ...told.map(({ backend, value = '' }) => directive(value, outcome(backend, frontend))),
  ];
}

/** An upstream by its name, a name that is asked for while nginx runs, or another choice. */
function outcome(backend: Backend, frontend: Frontend): NginxArgument {
  if (backend.choice !== undefined) return variable(choiceVariable(backend));
  const [first] = backend.members;
  return first !== undefined && passesThroughVariable(backend, frontend)
    ? memberAddress(first.address)
    : backend.name;
}
