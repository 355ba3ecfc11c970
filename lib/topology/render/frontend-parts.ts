import type { Frontend, Location } from '../frontend';

/** Every location of a frontend, nested ones included, in the order of the file. */
export function locationsOf(frontend: Frontend): Location[] {
  const below = (location: Location): Location[] => [location, ...location.locations.flatMap(below)];
  return frontend.servers.flatMap((server) => server.locations.flatMap(below));
}

/** Ids of the static mounts that a frontend serves. */
export function usedMounts(frontend: Frontend): string[] {
  return locationsOf(frontend).flatMap(({ action }) => (action.kind === 'static' ? [action.mount] : []));
}
