import type { Backend, Frontend, Location, Server } from '../frontend';
import type { Policy } from '../policy';
import type { App, Topology } from '../topology';

/** Every location of a frontend, nested ones included, in the order of the file. */
export function locationsOf(frontend: Frontend): Location[] {
  return frontend.servers.flatMap(locationsWithin);
}

/** Every location of a server, nested ones included. */
export function locationsWithin(server: Server): Location[] {
  const below = (location: Location): Location[] => [location, ...location.locations.flatMap(below)];
  return server.locations.flatMap(below);
}

/** Every policy of a frontend, the outer ones first. */
export function policiesOf(frontend: Frontend): Policy[] {
  return [
    ...frontend.policies,
    ...frontend.servers.flatMap(({ policies }) => policies),
    ...locationsOf(frontend).flatMap(({ policies }) => policies),
  ];
}

/** The applications that a server passes to. */
export function appsBehind(server: Server, { apps }: Topology): App[] {
  const ids = new Set(
    locationsWithin(server).flatMap(({ action }) => (action.kind === 'pass' ? action.backend.apps : [])),
  );
  return apps.filter(({ id }) => ids.has(id));
}

/** What the locations of a frontend pass to, choices as they are, once a name. */
export function passedBackends(frontend: Frontend): Backend[] {
  const all = locationsOf(frontend).flatMap(({ action }) => (action.kind === 'pass' ? [action.backend] : []));
  return [...new Map(all.map((backend) => [backend.name, backend])).values()];
}

/** Ids of the static mounts that a frontend serves. */
export function usedMounts(frontend: Frontend): string[] {
  return locationsOf(frontend).flatMap(({ action }) => (action.kind === 'static' ? [action.mount] : []));
}

/** True for a server that says what happens to a request. */
export function hasContent({ locations, directives }: Server): boolean {
  return locations.length > 0 || directives.length > 0;
}

/** The servers that a frontend's file has: its own one is left out where it has no name and nothing was added to it. */
export function servedServers(frontend: Frontend): Server[] {
  return frontend.servers.filter((server) => server.serverNames.length > 0 || hasContent(server));
}
