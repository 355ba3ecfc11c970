import type { Problem } from '../errors';
import { isDataBlock } from '../nginx/data-block';
import type { Frontend } from '../topology/frontend';
import { nginxDecision } from '../topology/nginx-decisions';
import { usersDirectives } from './users-directives';
import type { UsersDirective } from './users-directives';

/** Blocks whose insides are another language's: the block itself is refused. */
const WHOLE: ReadonlySet<string> = new Set(['mail', 'stream']);

/** Directives that the library writes as the container needs them, or that could not work there, wherever they were passed through. */
export function refusedDirectives(frontend: Frontend): Problem[] {
  const { mainDirectives, construct } = frontend;
  const whole = mainDirectives.filter(({ name }) => WHOLE.has(name));
  const all: UsersDirective[] = [
    ...usersDirectives(frontend),
    ...whole.map((node) => ({ node, parent: undefined, construct })),
  ];
  return all.flatMap(({ node: { name }, parent, construct: where }): Problem[] => {
    const decision = isDataBlock(parent) ? undefined : nginxDecision(name);
    if (decision?.by !== 'settled' && decision?.by !== 'refused') return [];
    const { why, fix, rule } = decision;
    return [{ what: `'${name}' was passed through: ${why}`, fix, construct: where, ...(rule && { rule }) }];
  });
}

/** True for a directive about which that is said, so that nothing else need be. */
export function isRefused(name: string): boolean {
  const by = nginxDecision(name)?.by;
  return by === 'settled' || by === 'refused';
}
