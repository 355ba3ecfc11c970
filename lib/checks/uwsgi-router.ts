import type { Problem } from '../errors';
import { requestTimeoutMs } from '../topology/derive/timeouts';
import type { UwsgiApp } from '../topology/uwsgi-app';

/** A router that gives a request up before the worker does cuts off the client of a request that goes on (seen with 2.0.31). */
export function routerProblems(app: UwsgiApp): Problem[] {
  const timeout = app.settings['http-timeout'];
  const limit = (requestTimeoutMs(app) ?? 0) / 1000;
  if (!app.http || typeof timeout !== 'number' || timeout > limit) return [];
  return [
    {
      what: `httpTimeout of ${String(timeout)} s is not above the ${String(limit)} s that harakiri lets a request run: the router would cut the client off, and the worker go on`,
      fix: 'leave httpTimeout out, which is then derived, or give harakiri less',
      construct: app.construct,
      rule: 'UWS-HTTP',
    },
  ];
}
