import { expression, variable } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { FORWARDED_HOST, tellsRequestPort } from '../derive/forwarding';
import type { Frontend, Server } from '../frontend';
import { locationsWithin } from './frontend-parts';
import { backendsOf } from './nginx-upstream';

/** What the map calls the port, and the digits that it finds. */
const PORT = 'forwarded_port';
const DIGITS = 'forwarded_digits';

/**
 * The port of the Host header, colon included, for an nginx that cannot tell it otherwise (before 1.29.3). Digits alone are
 * taken from the header: the name is `$host`, which nginx has checked and by which it chose the server.
 */
export function portMap(frontend: Frontend): NginxDirective[] {
  if (tellsRequestPort(frontend.version) || backendsOf(frontend).length === 0) return [];
  const rows = [directive('default', ''), directive(`~(?<${DIGITS}>:[0-9]+)$`, variable(DIGITS))];
  return [block('map', [variable('http_host'), variable(PORT)], rows)];
}

/** Host and port as one variable, made before a location is chosen: a map that matches later would take `$1` from its regex. */
export function forwardedHost(server: Server, frontend: Frontend): NginxDirective[] {
  const passes = locationsWithin(server).some(({ action }) => action.kind === 'pass');
  if (tellsRequestPort(frontend.version) || !passes) return [];
  return [directive('set', variable(FORWARDED_HOST), expression(`$host$${PORT}`))];
}
