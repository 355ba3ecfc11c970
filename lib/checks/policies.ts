import type { Problem } from '../errors';
import { textOf } from '../nginx/argument';
import type { NginxDirective } from '../nginx/directive';
import { DIRECTIVES } from '../nginx/directive-table';
import type { Frontend, Location, Server } from '../topology/frontend';
import type { Policy } from '../topology/policy';
import { clashing } from './policy-declarations';
import { holding, isRewriting } from '../topology/render/policies';

/** A place with its policies, and those that hold around it. */
interface Place {
  readonly construct: string;
  readonly own: readonly Policy[];
  readonly around: readonly Policy[];
  /** What was passed through for it. */
  readonly users: readonly NginxDirective[];
}

/** Policies that cannot do their work at the place where they are. */
export function policyProblems(frontend: Frontend): Problem[] {
  const { construct, policies: own, directives: users, servers } = frontend;
  return [
    ...clashing(frontend),
    ...disagreeing({ construct, own, around: [], users }),
    ...servers.flatMap((server) => problemsOf(server, own)),
  ];
}

function problemsOf(server: Server, around: readonly Policy[]): Problem[] {
  const { construct, policies: own, directives: users, locations } = server;
  const inside = holding(own, around);
  const vain = users.some(isReturn) ? inside.filter(isGuard) : [];
  return [
    ...disagreeing({ construct, own, around, users }),
    ...vain.map(({ kind }) => unguarded('the server', kind, construct)),
    ...locations.flatMap((location) => problemsAt(location, inside)),
  ];
}

function problemsAt(location: Location, around: readonly Policy[]): Problem[] {
  const { construct, policies: own, directives: users } = location;
  const inside = holding(own, around);
  return [
    ...disagreeing({ construct, own, around, users }),
    ...answeredBefore(location, around),
    ...vainGuards(location, inside).map(({ kind }) => unguarded(location.match.path, kind, construct)),
    ...location.locations.flatMap((nested) => problemsAt(nested, inside)),
  ];
}

/** What nginx has once for all limits of a block, such as the status of a refusal, cannot differ between those that hold there. */
function disagreeing({ own, around, users, construct }: Place): Problem[] {
  const kinds = new Set(own.filter(({ adds }) => adds).map(({ kind }) => kind));
  const adding = holding(own, around).filter(({ adds }) => adds);
  const names = adding
    .filter(({ kind }) => kinds.has(kind))
    .flatMap(({ directives }) => directives.map(({ name }) => name));
  const single = [...new Set(names)].filter(
    (name) => DIRECTIVES.get(name)?.once === true && !users.some((each) => each.name === name),
  );
  return single.flatMap((name) => {
    const values = [...new Set(adding.flatMap((policy) => valueOf(name, policy, adding) ?? []))];
    return values.length < 2 ? [] : [disagreement(name, values, construct)];
  });
}

/** What a policy wants. To leave a rehearsal out is to want none; of what else is left out a policy says nothing. */
function valueOf(name: string, { kind, directives }: Policy, adding: readonly Policy[]): string | undefined {
  const found = directives.find((each) => each.name === name);
  if (found !== undefined) return found.args.map(textOf).join(' ');
  if (!name.endsWith('_dry_run')) return undefined;
  const isSame = adding.some(
    (other) => other.kind === kind && other.directives.some((each) => each.name === name),
  );
  return isSame ? 'off' : undefined;
}

function disagreement(name: string, values: readonly string[], construct: string): Problem {
  return {
    what: `policies that hold here want ${name} to be ${values.join(' and ')}: nginx has one for all of them`,
    fix: 'give all of them the same, or attach them to locations of their own',
    construct,
  };
}

/** The conditions of a server come before any location is chosen. */
function answeredBefore({ policies, match, construct }: Location, around: readonly Policy[]): Problem[] {
  const earlier = around.filter(
    ({ level, kind, directives }) =>
      level === 'server' &&
      directives.some(isRewriting) &&
      policies.some((own) => !own.adds && own.kind === kind),
  );
  return earlier.map(({ kind }) => ({
    what: `the ${kind} of ${match.path} could not hold instead of the server's, which answers before a location is chosen`,
    fix: 'attach the one of the server to its locations',
    rule: 'NGX-IF',
    construct,
  }));
}

/** `return` comes before nginx looks at lists, passwords or limits (seen: 200 for everybody). */
const LISTS: ReadonlySet<string> = new Set(['allow', 'deny', 'auth_basic', 'auth_request']);
const LIMITS: ReadonlySet<string> = new Set(['limit_req', 'limit_conn']);

/** Those of a location that answers itself; what is nested in it is looked at by itself. */
function vainGuards(location: Location, inside: readonly Policy[]): Policy[] {
  const { action, policies, directives, locations } = location;
  if (directives.some(isReturn)) return inside.filter(isGuard);
  if (locations.length > 0 || (action.kind !== 'respond' && action.kind !== 'redirect')) return [];
  const tells = action.kind === 'respond' && action.body !== undefined;
  return inside.filter((policy) => (policies.includes(policy) ? isGuard(policy) : tells && isList(policy)));
}

function unguarded(path: string, kind: string, construct: string): Problem {
  return {
    what: `${path} is answered before nginx looks at the ${kind} that holds there: it would not keep anybody out`,
    fix: 'let a backend or a static mount answer there; where everybody may have the answer, attach Policy.off, or another policy of this kind that says so',
    rule: 'NGX-RETURN-AUTH',
    construct,
  };
}

function isReturn({ name }: NginxDirective): boolean {
  return name === 'return';
}

function isGuard(policy: Policy): boolean {
  return isList(policy) || (!policy.lifts && has(LIMITS, policy));
}

function isList(policy: Policy): boolean {
  return !policy.lifts && has(LISTS, policy);
}

function has(names: ReadonlySet<string>, { directives }: Policy): boolean {
  return directives.some(
    ({ name, args }) => names.has(name) && !(name === 'auth_basic' && args[0] === 'off'),
  );
}
