import { isAtLeast } from '../server-version';
import { REMOVED } from './directive-table';

/** A directive that nginx still reads and ignores with a warning. Source: nginx's CHANGES of that release. */
interface Ignored {
  readonly since: string;
  readonly fix: string;
}

const MERGED = '1.19.7';
const NO_PUSH = { since: '1.25.1', fix: 'remove it: HTTP/2 server push is gone' };

const IGNORED: ReadonlyMap<string, Ignored> = new Map([
  ['http2_idle_timeout', { since: MERGED, fix: "use 'keepalive_timeout'" }],
  ['http2_max_concurrent_pushes', NO_PUSH],
  ['http2_max_field_size', { since: MERGED, fix: "use 'large_client_header_buffers'" }],
  ['http2_max_header_size', { since: MERGED, fix: "use 'large_client_header_buffers'" }],
  ['http2_max_requests', { since: MERGED, fix: "use 'keepalive_requests'" }],
  ['http2_push', NO_PUSH],
  ['http2_push_preload', NO_PUSH],
  ['http2_recv_timeout', { since: MERGED, fix: "use 'client_header_timeout'" }],
]);

/** A directive's end. */
export interface Retirement {
  readonly what: string;
  readonly fix: string;
}

/** How a directive ended before `version`; undefined when it is alive, or unknown. */
export function retirementOf(name: string, version: string): Retirement | undefined {
  const ignored = IGNORED.get(name);
  if (ignored !== undefined && isAtLeast(version, ignored.since)) {
    return { what: `'${name}' does nothing since nginx ${ignored.since}`, fix: ignored.fix };
  }
  const removed = REMOVED.get(name);
  if (removed === undefined || isAtLeast(removed.lastSeen, version)) return undefined;
  const fix = removed.replacement === undefined ? 'remove it' : `use the ${removed.replacement}`;
  return { what: `'${name}' is gone: nginx ${removed.lastSeen} was the last that had it`, fix };
}

/** True for a directive that only releases before the table's own knew. */
export function isFormerDirective(name: string): boolean {
  return REMOVED.has(name);
}
