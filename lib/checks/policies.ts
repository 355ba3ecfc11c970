import type { Problem } from '../errors';
import { textOf } from '../nginx/argument';
import type { NginxDirective } from '../nginx/directive';
import type { Frontend, Location } from '../topology/frontend';
import type { Policy } from '../topology/policy';
import { isReplaced } from '../topology/render/inherited';
import { holding } from '../topology/render/policies';

/** Policies that cannot do their work at the place where they are. */
export function policyProblems(frontend: Frontend): Problem[] {
  return [
    ...disagreeing(frontend.policies, [], frontend.construct),
    ...frontend.servers.flatMap(({ policies, construct, locations }) => [
      ...disagreeing(policies, frontend.policies, construct),
      ...locations.flatMap((location) => problemsAt(location, holding(policies, frontend.policies))),
    ]),
  ];
}

function problemsAt(location: Location, around: readonly Policy[]): Problem[] {
  const inside = holding(location.policies, around);
  return [
    ...disagreeing(location.policies, around, location.construct),
    ...unguarded(location, inside),
    ...location.locations.flatMap((nested) => problemsAt(nested, inside)),
  ];
}

/** What nginx has once for all limits of a block, such as the status of a refusal, cannot differ between those that hold there. */
function disagreeing(own: readonly Policy[], around: readonly Policy[], construct: string): Problem[] {
  const kinds = new Set(own.filter(({ adds }) => adds).map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => {
    const together = holding(own, around).filter((policy) => policy.kind === kind);
    const settings = together.map(({ directives }) => directives.filter(({ name }) => !isReplaced(name)));
    const names = new Set(settings.flat().map(({ name }) => name));
    return [...names].flatMap((name) => {
      const values = [...new Set(settings.map((each) => valueOf(name, each)))];
      return values.length < 2 ? [] : [disagreement(kind, name, values, construct)];
    });
  });
}

function valueOf(name: string, directives: readonly NginxDirective[]): string {
  const found = directives.find((each) => each.name === name);
  return found === undefined ? 'nothing' : found.args.map(textOf).join(' ');
}

function disagreement(kind: string, name: string, values: readonly string[], construct: string): Problem {
  return {
    what: `policies of kind ${kind} that hold here want ${name} to be ${values.join(' and ')}: nginx has one for all of them`,
    fix: 'give all of them the same, or attach them to locations of their own',
    construct,
  };
}

/** `return` comes before nginx looks at lists, passwords or limits (seen: 200 for everybody). */
const LATER: ReadonlySet<string> = new Set(['allow', 'deny', 'auth_basic', 'auth_request']);
const LIMITS: ReadonlySet<string> = new Set(['limit_req', 'limit_conn']);

function unguarded({ action, policies, construct, match }: Location, inside: readonly Policy[]): Problem[] {
  if (action.kind !== 'respond' && action.kind !== 'redirect') return [];
  const tells = action.kind === 'respond' && action.body !== undefined;
  const vain = inside.filter(
    (policy) =>
      (policies.includes(policy) && has(LIMITS, policy)) ||
      ((tells || policies.includes(policy)) && has(LATER, policy)),
  );
  return vain.map(({ kind }) => ({
    what: `${match.path} is answered before nginx looks at the ${kind} that holds there: it would not keep anybody out`,
    fix: 'let a backend or a static mount answer there, or attach the policy to the locations that it is meant for',
    rule: 'NGX-RETURN-AUTH',
    construct,
  }));
}

function has(names: ReadonlySet<string>, { directives }: Policy): boolean {
  return directives.some(({ name }) => names.has(name));
}
