import { variable } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import type { Backend, Frontend, Server } from '../frontend';
import type { App, Topology } from '../topology';
import { locationsWithin } from './frontend-parts';
import { backendsOf } from './nginx-upstream';

/** Variable of ours that holds a request's path as the client wrote it. */
export const ENCODED_PATH = 'encoded_path';

/** What the map calls the path, and the part of the request that it finds. */
const PATH = 'request_path';
const PART = 'path_part';

/**
 * True for a backend that decodes PATH_INFO, which in uWSGI's protocol is decoded already: gunicorn's WSGI workers do (26.1.0 and
 * 27.0.1), its asgi workers take it as it is. With nginx's decoded path it would make `/%2561dmin` a path `/admin` that no location
 * of nginx has seen, and garble what is not ASCII.
 */
export function decodesPath({ protocol, apps }: Backend, topology: Topology): boolean {
  if (protocol !== 'uwsgi') return false;
  const members = topology.apps.filter(({ id }) => apps.includes(id));
  return members.length > 0 && members.every(takesEncodedPath);
}

/** True for a member that decodes the path itself, when it is asked in uWSGI's protocol. */
export function takesEncodedPath(app: App): boolean {
  return app.server === 'gunicorn' && app.workerClass !== 'asgi';
}

/** The path of the request line, for a frontend that passes to such a backend: nginx has it with the query alone. */
export function pathMap(frontend: Frontend, topology: Topology): NginxDirective[] {
  if (!backendsOf(frontend).some((backend) => decodesPath(backend, topology))) return [];
  const rows = [directive(`~^(?<${PART}>[^?]*)`, variable(PART))];
  return [block('map', [variable('request_uri'), variable(PATH)], rows)];
}

/** The variable, made before a location is chosen: a map that matches later would take `$1` from its regex. */
export function encodedPath(server: Server, topology: Topology): NginxDirective[] {
  const passes = locationsWithin(server).some(
    ({ action }) => action.kind === 'pass' && decodesPath(action.backend, topology),
  );
  if (!passes) return [];
  return [directive('set', variable(ENCODED_PATH), variable(PATH))];
}
