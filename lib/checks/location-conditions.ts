import type { Problem } from '../errors';
import type { NginxDirective } from '../nginx/directive';
import type { Frontend, Location, Server } from '../topology/frontend';
import type { Policy } from '../topology/policy';
import { holding } from '../topology/render/policies';

/** What answers a request without any location of ours. */
const ANSWERS: ReadonlySet<string> = new Set(['root', 'stub_status', 'try_files']);

/** Policies whose conditions stand in locations, where something answers that is passed through and has none of them. */
export function locationConditionProblems(frontend: Frontend): Problem[] {
  return frontend.servers.flatMap((server) => {
    const inside = conditional(holding(server.policies, frontend.policies));
    const users = [...server.directives, ...frontend.directives];
    const answering = users.find(({ name }) => answersIn(name, server));
    const { construct } = server;
    return [
      ...(answering === undefined ? [] : inside.map((policy) => unheld(policy, answering, construct))),
      ...server.locations.flatMap((location) => problemsAt(location, inside)),
    ];
  });
}

function problemsAt(location: Location, around: readonly Policy[]): Problem[] {
  const inside = conditional(holding(location.policies, around));
  const nested = location.directives.find(({ name }) => name === 'location');
  return [
    ...(nested === undefined ? [] : inside.map((policy) => unheld(policy, nested, location.construct))),
    ...location.locations.flatMap((each) => problemsAt(each, inside)),
  ];
}

/** One that holds instead of another hides it, with conditions or without. */
function conditional(policies: readonly Policy[]): Policy[] {
  return policies.filter(({ locationDirectives }) => locationDirectives.length > 0);
}

function answersIn(name: string, { locations }: Server): boolean {
  const isCaught = locations.some(({ match }) => match.kind.startsWith('prefix') && match.path === '/');
  return name === 'location' || name === 'return' || (ANSWERS.has(name) && !isCaught);
}

function unheld({ kind }: Policy, { name }: NginxDirective, construct: string): Problem {
  return {
    what: `${kind} stands in the locations of the library: it would not hold for the ${name} that was passed through here`,
    fix: `say it with addLocation, addBackend or addStatic instead of a directive ${name}, or attach the policy to the locations that it is meant for`,
    rule: 'NGX-IF',
    construct,
  };
}
