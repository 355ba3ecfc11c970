import { textOf } from '../nginx/argument';
import type { NginxDirective } from '../nginx/directive';
import { passFamily } from '../topology/derive/pass-family';
import type { Frontend, Location, PassOptions } from '../topology/frontend';

/** What nginx buffers: answers, or bodies of requests. */
export type Buffered = 'buffering' | 'request_buffering';

/** The locations that pass requests on without buffering something, whether a prop or a directive says so. */
export function unbufferedLocations(frontend: Frontend, what: Buffered): Location[] {
  return frontend.servers.flatMap((server) =>
    server.locations.flatMap((location) =>
      unbufferedAt(location, [...server.directives, ...frontend.directives], what),
    ),
  );
}

/** @param around Directives around the location, the innermost first. */
function unbufferedAt(location: Location, around: readonly NginxDirective[], what: Buffered): Location[] {
  const { action, directives, locations } = location;
  const inside = [...directives, ...around];
  const isOff =
    action.kind === 'pass' &&
    !isBuffered(action.options, directives, around, `${passFamily(action.backend.protocol)}_${what}`, what);
  return [...(isOff ? [location] : []), ...locations.flatMap((nested) => unbufferedAt(nested, inside, what))];
}

function isBuffered(
  options: PassOptions,
  own: readonly NginxDirective[],
  around: readonly NginxDirective[],
  name: string,
  what: Buffered,
): boolean {
  const said = (directives: readonly NginxDirective[]): boolean | undefined => {
    const found = directives.find((each) => each.name === name);
    return found === undefined ? undefined : textOf(found.args[0] ?? '') !== 'off';
  };
  const given = what === 'buffering' ? options.buffering : options.requestBuffering;
  return said(own) ?? given ?? said(around) ?? true;
}
