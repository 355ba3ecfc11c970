import type { NginxDirective } from '../../nginx/directive';
import type { Frontend, Server } from '../frontend';
import type { Policy } from '../policy';
import { blockLines } from './block-lines';
import { locationsWithin } from './frontend-parts';

/**
 * What policies need once in a server, wherever in it they hold: named locations, in which nginx would drop the headers that hold in
 * the server as soon as one has a header of its own.
 *
 * @param around Policies that hold in the server.
 * @param inherited What was passed through for it and around it, as `within` tells it.
 */
export function policyLocations(
  server: Server,
  frontend: Frontend,
  around: readonly Policy[],
  inherited: readonly NginxDirective[],
): NginxDirective[] {
  const all = [
    ...frontend.policies,
    ...server.policies,
    ...locationsWithin(server).flatMap(({ policies }) => policies),
  ].flatMap(({ serverDirectives }) => serverDirectives);
  const once = new Map(all.map((each) => [JSON.stringify(each), each]));
  return [...once.values()].map((each) => {
    if (each.block === undefined) return each;
    const { said } = blockLines({ own: [], around, users: each.block, inherited });
    return { ...each, block: said };
  });
}
