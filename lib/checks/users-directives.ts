import { directive } from '../nginx/directive';
import type { NginxDirective } from '../nginx/directive';
import { blocksOf } from '../nginx/walk';
import type { Frontend, Location, Server } from '../topology/frontend';
import { locationsWithin } from '../topology/render/frontend-parts';

/** A directive that a user wrote, or a match or a name as the directive that it becomes. */
export interface UsersDirective {
  readonly node: NginxDirective;
  /** Name of the block around it, as far as the user wrote that too. */
  readonly parent: string | undefined;
  readonly construct: string;
}

/** Everything that a user wrote in nginx's own words in a frontend's file, but for streams and mail. */
export function usersDirectives(frontend: Frontend): UsersDirective[] {
  const { construct, directives, mainDirectives, eventsDirectives, servers } = frontend;
  const main = mainDirectives.filter(({ name }) => name !== 'stream' && name !== 'mail');
  return [
    ...within([...main, ...eventsDirectives, ...directives], construct),
    ...servers.flatMap((server) => [
      ...within([...names(server), ...server.directives], server.construct),
      ...locationsWithin(server).flatMap((location) =>
        within([...regex(location), ...location.directives], location.construct),
      ),
    ]),
  ];
}

function within(tree: readonly NginxDirective[], construct: string): UsersDirective[] {
  return blocksOf(tree).flatMap(({ children, name }) =>
    children.map((node) => ({ node, parent: name, construct })),
  );
}

function names({ serverNames }: Server): NginxDirective[] {
  return serverNames.length === 0 ? [] : [directive('server_name', ...serverNames)];
}

function regex({ match: { kind, path } }: Location): NginxDirective[] {
  return kind === 'regex' || kind === 'regexIgnoreCase' ? [directive('location', '~', path)] : [];
}
