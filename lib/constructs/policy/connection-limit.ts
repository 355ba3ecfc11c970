import { together } from '../../errors';
import { directive } from '../../nginx/directive';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import { counted } from './counted';
import { checkLimit, zoneDirectives } from './limit-options';
import type { LimitOptions } from './limit-options';

/** A limit of requests at a time. */
export interface ConnectionLimitOptions extends LimitOptions {
  /** How many at a time: requests that nginx works on, so that an idle keep-alive connection is none; with HTTP/2 each stream is one. */
  readonly connections: number;
}

/** nginx refuses more (seen). */
const MOST_CONNECTIONS = 65_535;

/** A connection limit, checked. */
export function connectionLimit(options: ConnectionLimitOptions): (place: PolicyPlace) => Bound {
  together(
    () => {
      checkLimit(options);
    },
    () => counted('connections', options.connections, MOST_CONNECTIONS),
  );
  const { connections, rejectCode = 429, dryRun } = options;
  return ({ name }) => ({
    directives: [
      directive('limit_conn', name, String(connections)),
      directive('limit_conn_status', String(rejectCode)),
      ...(dryRun === undefined ? [] : [directive('limit_conn_dry_run', dryRun ? 'on' : 'off')]),
    ],
    declarations: zoneDirectives('limit_conn_zone', name, options),
  });
}
