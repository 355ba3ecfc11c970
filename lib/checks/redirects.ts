import type { Problem } from '../errors';
import { matchLocation } from '../nginx/location-match';
import type { MatchedLocation } from '../nginx/location-match';
import type { Frontend, Location } from '../topology/frontend';
import { locationsWithin } from '../topology/render/frontend-parts';

/** Redirects within one server that come back to themselves: clients would go round until they give up. */
export function redirectProblems(frontend: Frontend): Problem[] {
  return frontend.servers.flatMap((server) => {
    const choices = server.locations.map(choiceOf);
    return locationsWithin(server).flatMap((location): Problem[] => {
      const way = roundTrip(location, choices);
      if (way === undefined) return [];
      return [
        {
          what: `the redirect of ${location.match.path} comes back to itself (${way.join(' to ')}): clients would go round for ever`,
          fix: 'redirect to a path that another location catches, or catch only the one path: LocationMatch.exact',
          construct: location.construct,
        },
      ];
    });
  });
}

/** A location of the topology as the choice among locations sees it. */
interface Choice extends MatchedLocation {
  readonly from: Location;
  readonly locations: readonly Choice[];
}

function choiceOf(from: Location): Choice {
  const { kind, path } = from.match;
  const locations = from.locations.map(choiceOf);
  if (kind === 'prefix') return { path, locations, from };
  const modifier = ({ prefixOnly: '^~', exact: '=', regex: '~', regexIgnoreCase: '~*' } as const)[kind];
  return { modifier, path, locations, from };
}

/** The paths on the way from a redirect back to it; undefined where it ends elsewhere, or where that cannot be told. */
function roundTrip(start: Location, choices: readonly Choice[]): string[] | undefined {
  const way = [start.match.path];
  const seen = new Set<Location>();
  let at: Location | undefined = start;
  while (at?.action.kind === 'redirect' && at.action.to.startsWith('/') && !seen.has(at)) {
    seen.add(at);
    way.push(at.action.to);
    at = locationFor(at.action.to, choices);
    if (at === start) return way;
  }
  return undefined;
}

function locationFor(uri: string, choices: readonly Choice[]): Location | undefined {
  const answer = matchLocation(choices, uri);
  return answer.kind === 'location' ? (answer.location as Choice).from : undefined;
}
