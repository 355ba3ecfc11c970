import { variable } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import type { Frontend, PassOptions } from '../frontend';
import { locationsOf } from './frontend-parts';

/** Variable of ours for the Connection header of a request that may be an upgrade; none for others, so that connections are kept. */
const CONNECTION = 'connection_upgrade';

/** The map that makes it, for a frontend with locations that let WebSockets through. */
export function upgradeMap(frontend: Frontend): NginxDirective[] {
  const upgrades = locationsOf(frontend).some(
    ({ action }) => action.kind === 'pass' && action.options.webSocket === true,
  );
  if (!upgrades) return [];
  const rows = [directive('default', ''), directive('~*^websocket$', 'upgrade')];
  return [block('map', [variable('http_upgrade'), variable(CONNECTION)], rows)];
}

/** Headers about the connection to the backend (RFC 9110, 7.6.1): another upgrade than to WebSocket is none to it. */
export function connectionHeaders({ webSocket }: PassOptions): (readonly [string, string])[] {
  if (webSocket !== true) return [['Connection', '']];
  return [
    ['Upgrade', '$http_upgrade'],
    ['Connection', `$${CONNECTION}`],
  ];
}
