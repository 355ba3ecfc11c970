import type { Problem } from '../errors';
import { textOf } from '../nginx/argument';
import type { NginxDirective } from '../nginx/directive';
import type { Frontend, Location } from '../topology/frontend';
import type { Topology } from '../topology/topology';

const BUFFERING = 'proxy_request_buffering';

/**
 * Rule UWS-CHUNKED: a body that nginx passes on as it comes, it passes on in chunks where it came so, and uWSGI gives the application
 * none of it over HTTP (2.0.31, seen: an empty body, and no word of it).
 */
export function unbufferedProblems(frontend: Frontend, topology: Topology): Problem[] {
  return frontend.servers.flatMap((server) => {
    const around = said(server.directives) ?? said(frontend.directives);
    return server.locations.flatMap((location) => problemsAt(location, around, topology));
  });
}

function problemsAt(location: Location, around: string | undefined, topology: Topology): Problem[] {
  const value = said(location.directives) ?? around;
  return [
    ...(value === 'off' ? lostBodies(location, topology) : []),
    ...location.locations.flatMap((nested) => problemsAt(nested, value, topology)),
  ];
}

function lostBodies({ action, match, construct }: Location, { apps }: Topology): Problem[] {
  if (action.kind !== 'pass' || action.backend.protocol !== 'http') return [];
  const { backend } = action;
  return apps
    .filter(({ id, server }) => server === 'uwsgi' && backend.apps.includes(id))
    .map(({ id }) => ({
      what: `${BUFFERING} is off at ${match.path}, and uwsgi app "${id}" loses a body that comes in chunks over HTTP: the application would see none`,
      fix: `leave ${BUFFERING} on there, or give the app protocol: UwsgiProtocol.UWSGI`,
      rule: 'UWS-CHUNKED',
      construct,
    }));
}

/** What a block says of it; undefined where it leaves that to the one around it. */
function said(directives: readonly NginxDirective[]): string | undefined {
  const found = directives.find(({ name }) => name === BUFFERING);
  return found === undefined ? undefined : textOf(found.args[0] ?? '');
}
