import { passedThroughProblems } from '../topology/gunicorn-decisions';
import type { Problem } from '../errors';
import type { App } from '../topology/topology';
import { uwsgiOptionProblems } from './uwsgi-options';

/** What an application passes through although no container can use it. */
export function containerProblems(app: App): Problem[] {
  if (app.server === 'uwsgi') return uwsgiOptionProblems(app);
  return passedThroughProblems(app.settings).map((problem) => ({ ...problem, construct: app.construct }));
}
