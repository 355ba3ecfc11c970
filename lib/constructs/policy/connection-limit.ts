import { ConfigError, together } from '../../errors';
import { directive } from '../../nginx/directive';
import { wholeNumber } from '../checked/values';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import { checkLimit, zoneDirectives } from './limit-options';
import type { LimitOptions } from './limit-options';

/** A limit of requests at a time. */
export interface ConnectionLimitOptions extends LimitOptions {
  /** How many at a time: requests that nginx works on, so that an idle keep-alive connection is none; with HTTP/2 each stream is one. */
  readonly connections: number;
}

/** A connection limit, checked. */
export function connectionLimit(options: ConnectionLimitOptions): (place: PolicyPlace) => Bound {
  together(
    () => {
      checkLimit(options);
    },
    () => {
      checkedConnections(options.connections);
    },
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

/** @throws ConfigError for none, and for more than nginx counts: 65,535 (seen). */
function checkedConnections(connections: number): void {
  if (wholeNumber('connections', connections) <= 65_535) return;
  throw new ConfigError({
    what: `connections ${String(connections)} is more than nginx counts`,
    fix: 'give 65535 at most, or leave the limit out',
  });
}
