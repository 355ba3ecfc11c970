import type { Problem } from '../errors';
import { textOf } from '../nginx/argument';
import type { NginxDirective } from '../nginx/directive';
import type { Frontend, Location } from '../topology/frontend';
import type { Policy } from '../topology/policy';
import { holding } from '../topology/render/policies';

/** Directives that were passed through, where they hold. */
interface Users {
  readonly own: readonly NginxDirective[];
  /** Whether `satisfy any` holds. */
  readonly isAny: boolean;
}

/** Places where an application would be told of a user whose password nobody has looked at: `$remote_user` is what the client says. */
export function basicAuthProblems(frontend: Frontend): Problem[] {
  const { policies, directives } = frontend;
  const outer = usersOf(directives, false);
  return [
    ...unchecked(policies, outer, frontend.construct),
    ...frontend.servers.flatMap((server) => {
      const inside = holding(server.policies, policies);
      const users = usersOf(server.directives, outer.isAny);
      return [
        ...unchecked(inside, users, server.construct),
        ...server.locations.flatMap((location) => problemsAt(location, inside, users.isAny)),
      ];
    }),
  ];
}

function problemsAt(location: Location, around: readonly Policy[], isAny: boolean): Problem[] {
  const inside = holding(location.policies, around);
  const users = usersOf(location.directives, isAny);
  return [
    ...unchecked(inside, users, location.construct),
    ...(isToldOtherwise(location) ? [] : unasked(inside, users, location.construct)),
    ...location.locations.flatMap((nested) => problemsAt(nested, inside, users.isAny)),
  ];
}

/** Only who passes on tells anything, and what is said for one backend stands over the policy. */
function isToldOtherwise({ action }: Location): boolean {
  return action.kind !== 'pass' || 'REMOTE_USER' in action.options.uwsgiParams;
}

/** Another list, or none, under a policy that goes on telling who came in. */
function unchecked(inside: readonly Policy[], { own }: Users, construct: string): Problem[] {
  const found = own.find(({ name }) => name.startsWith('auth_basic'));
  if (found === undefined || !inside.some(tellsUser)) return [];
  return [
    {
      what: `${[found.name, ...found.args.map(textOf)].join(' ')} was passed through where Policy.basicAuth holds: applications would be told of users that nobody has checked`,
      fix: 'attach Policy.off(PolicyKind.BASIC_AUTH) here where no password is asked for, or a Policy.basicAuth with other users',
      rule: 'NGX-SATISFY-ANY',
      construct,
    },
  ];
}

function unasked(inside: readonly Policy[], { own, isAny }: Users, construct: string): Problem[] {
  const isTold = own.some(({ name, args }) => name === 'uwsgi_param' && args[0] === 'REMOTE_USER');
  if (!isAny || isTold || !inside.some(tellsUser)) return [];
  return [
    {
      what: 'satisfy any lets clients in without a password, and applications would be told of the user that such a client says it is',
      fix: "leave satisfy out, or take the user away here: addDirective(Directive.of('uwsgi_param', ['REMOTE_USER', '']))",
      rule: 'NGX-SATISFY-ANY',
      construct,
    },
  ];
}

function usersOf(own: readonly NginxDirective[], isAny: boolean): Users {
  const satisfy = own.find(({ name }) => name === 'satisfy');
  return { own, isAny: satisfy === undefined ? isAny : satisfy.args[0] === 'any' };
}

function tellsUser({ directives }: Policy): boolean {
  return (
    directives.some(({ name }) => name === 'auth_basic_user_file') &&
    directives.some(({ name, args }) => name === 'uwsgi_param' && args[0] === 'REMOTE_USER')
  );
}
