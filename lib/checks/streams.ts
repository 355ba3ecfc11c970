import type { Problem } from '../errors';
import { concurrencyOf } from '../topology/derive/gunicorn-concurrency';
import type { Frontend, Location } from '../topology/frontend';
import type { App, Topology } from '../topology/topology';
import { locationsOf } from '../topology/render/frontend-parts';
import { unbufferedLocations } from './buffering';

/** Connections that last, in front of workers that cannot hold them. */
export function streamProblems(frontend: Frontend, topology: Topology): Problem[] {
  const answers = unbufferedLocations(frontend, 'buffering');
  const bodies = unbufferedLocations(frontend, 'request_buffering');
  return [
    ...locationsOf(frontend).flatMap((location) => socketProblems(location, topology)),
    ...answers.flatMap((location) => heldUp(location, 'buffering', 'reads slowly', topology)),
    ...bodies.flatMap((location) => heldUp(location, 'requestBuffering', 'sends slowly', topology)),
  ];
}

/** Rule XT-WEBSOCKET. */
function socketProblems(location: Location, topology: Topology): Problem[] {
  const { action, match, construct } = location;
  if (action.kind !== 'pass' || action.options.webSocket !== true) return [];
  const place = { construct, rule: 'XT-WEBSOCKET' };
  if (action.backend.protocol === 'uwsgi') {
    return [
      {
        ...place,
        what: `webSocket at ${match.path} cannot work: nginx knows no upgrade in uWSGI's protocol`,
        fix: 'give the application protocol HTTP, and workers that hold many connections',
      },
    ];
  }
  return single(location, topology).map((app) => ({
    ...place,
    what: `webSocket at ${match.path} would take a worker of ${app.server} app "${app.id}" for as long as a client stays: each has one connection at a time`,
    fix: moreAtOnce(app),
  }));
}

/** Rule XT-BUFFERING. */
function heldUp(location: Location, prop: string, slow: string, topology: Topology): Problem[] {
  return single(location, topology).map((app) => ({
    what: `${prop} is off at ${location.match.path}, where a client that ${slow} would hold a worker of ${app.server} app "${app.id}": each has one request at a time`,
    fix: `leave it on, or ${moreAtOnce(app)}`,
    rule: 'XT-BUFFERING',
    construct: location.construct,
  }));
}

/** The applications that a location passes to whose workers have one request at a time. */
function single({ action }: Location, { apps }: Topology): App[] {
  if (action.kind !== 'pass') return [];
  const { backend } = action;
  return apps.filter((app) => backend.apps.includes(app.id) && hasOneAtATime(app));
}

function hasOneAtATime(app: App): boolean {
  if (app.server === 'gunicorn') return concurrencyOf(app.workerClass, app.threads) === 'processes';
  const loops = ['gevent', 'asyncio', 'async'].some((name) => Object.hasOwn(app.settings, name));
  return (app.threads ?? 1) < 2 && !loops;
}

function moreAtOnce({ server }: App): string {
  return server === 'gunicorn'
    ? 'give it workerClass GEVENT, GTHREAD with threads, or ASGI'
    : 'give it threads or gevent';
}
