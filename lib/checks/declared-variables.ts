import type { Problem } from '../errors';
import { declarationsOf } from '../nginx/declarations';
import type { Declaration } from '../nginx/declarations';
import { isFixedVariable } from '../nginx/fixed-variables';
import type { Frontend } from '../topology/frontend';
import { ownVariables } from '../topology/render/own-variables';
import type { Topology } from '../topology/topology';
import { usersDirectives } from './users-directives';

/** Variables that a user's directives, matches and names make, and that are not theirs to make. */
export function declaredVariableProblems(frontend: Frontend, topology: Topology): Problem[] {
  const own = ownVariables(topology)(frontend);
  return usersDirectives(frontend).flatMap(({ node, parent, construct }) =>
    declarationsOf(node, parent).flatMap((declaration) => {
      const by = parent === 'map' ? 'a row of map' : node.name;
      const why = reason(declaration, own, node.name);
      if (why === undefined) return [];
      const { name, captured } = declaration;
      const how = captured ? `has a group called ${name}` : `sets $${name}`;
      const fix = `give it another name, such as '${captured ? '' : '$'}my_${name}'`;
      return [{ what: `${by} ${how}: ${why}`, fix, construct, rule: 'NGX-MAP-NAME' }];
    }),
  );
}

/** Why a variable is not to be made; undefined for one of the user's own. */
function reason({ name, captured }: Declaration, own: ReadonlySet<string>, by: string): string | undefined {
  const lower = name.toLowerCase();
  if (own.has(lower)) return 'the library makes that variable, and what applications are told hangs on it';
  if (isFixedVariable(lower))
    return 'it is a variable of nginx that nothing can set, and nginx would not start';
  if (lower === 'args' && !SETS_THE_QUERY.has(by)) return 'it would stand for the query of the request';
  if (captured && lower.startsWith('http_')) return 'it would stand for a header of the request';
  return undefined;
}

/** Directives with which another `$args` is another query, as nginx means it; others hide the query behind what they say. */
const SETS_THE_QUERY: ReadonlySet<string> = new Set(['auth_request_set', 'set']);
