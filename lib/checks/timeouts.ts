import type { Problem } from '../errors';
import { readTimeoutMs, requestTimeoutMs } from '../topology/derive/timeouts';
import type { Location } from '../topology/frontend';
import { locationsOf } from '../topology/render/frontend-parts';
import { nginxTime } from '../topology/render/nginx-values';
import type { App, Topology } from '../topology/topology';

/**
 * Rules XT-TIMEOUT-UWSGI and XT-TIMEOUT-GUNI: nginx gives up before the application's server ends a request, and the worker goes on
 * with what nobody waits for. Only where no location waits long enough: a shorter time in one of several is meant for that one.
 */
export function timeoutProblems(topology: Topology): Problem[] {
  const locations = topology.frontends.flatMap(locationsOf);
  return topology.apps.flatMap((app) => {
    const limit = requestTimeoutMs(app);
    const longest = longestWait(app, locations);
    if (limit === undefined || longest === undefined || longest.ms > limit) return [];
    return [problemOf(app, limit, longest)];
  });
}

/** The longest time that nginx waits for an application, and where; nothing where a location waits as long as is derived. */
function longestWait(
  { id }: App,
  locations: readonly Location[],
): { readonly ms: number; readonly construct: string } | undefined {
  const waits = locations.flatMap(({ action, construct }) =>
    action.kind === 'pass' && action.backend.apps.includes(id)
      ? [{ ms: action.options.readTimeoutMs ?? Infinity, construct }]
      : [],
  );
  const [longest] = waits.sort((one, other) => other.ms - one.ms);
  return longest?.ms === Infinity ? undefined : longest;
}

function problemOf(app: App, limit: number, { ms, construct }: { ms: number; construct: string }): Problem {
  const prop = app.server === 'uwsgi' ? 'harakiri' : 'timeout';
  return {
    what: `readTimeout ${nginxTime(ms)} is not above what ${app.server} app "${app.id}" lets a request take, ${nginxTime(limit)} (${prop}): clients would hear 504 while its worker goes on with a request that nobody waits for`,
    fix: `give a readTimeout above that, such as ${nginxTime(readTimeoutMs(limit))}, or leave it out; or give the application a shorter ${prop}`,
    construct,
    rule: app.server === 'uwsgi' ? 'XT-TIMEOUT-UWSGI' : 'XT-TIMEOUT-GUNI',
  };
}
