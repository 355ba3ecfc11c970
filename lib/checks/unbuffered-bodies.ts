import type { Problem } from '../errors';
import type { Frontend, Location } from '../topology/frontend';
import type { Topology } from '../topology/topology';
import { unbufferedLocations } from './buffering';

/**
 * Rule UWS-CHUNKED: a body that nginx passes on as it comes, it passes on in chunks where it came so, and uWSGI gives the application
 * none of it over HTTP (2.0.31, seen: an empty body, and no word of it).
 */
export function unbufferedProblems(frontend: Frontend, topology: Topology): Problem[] {
  return unbufferedLocations(frontend, 'request_buffering').flatMap((location) =>
    lostBodies(location, topology),
  );
}

function lostBodies({ action, match, construct }: Location, { apps }: Topology): Problem[] {
  if (action.kind !== 'pass' || action.backend.protocol !== 'http') return [];
  const { backend } = action;
  return apps
    .filter(({ id, server }) => server === 'uwsgi' && backend.apps.includes(id))
    .map(({ id }) => ({
      what: `proxy_request_buffering is off at ${match.path}, and uwsgi app "${id}" loses a body that comes in chunks over HTTP: the application would see none`,
      fix: 'leave requestBuffering on there, or give the app protocol: UwsgiProtocol.UWSGI',
      rule: 'UWS-CHUNKED',
      construct,
    }));
}
