import type { GunicornApp } from '../gunicorn-app';

/** nginx's own buffers of a request's head (`large_client_header_buffers 4 8k`): a line fits into one, its end included. */
const BUFFERS = 4;
const LINE_BYTES = 8192;

/** Headers that nginx lets through from 1.29.8 (`max_headers`), and room for those that it adds. */
const HEADERS = 1024;

/**
 * gunicorn's limits of a request's head, so that whatever nginx lets through reaches the application: gunicorn's own are a line of
 * 4094 bytes and 100 headers, and its 400 for what nginx accepted looks like a fault of the application. Cookies of several lines
 * are one line when nginx hands them on.
 */
export const HEAD_LIMITS = [
  ['limit_request_line', LINE_BYTES - 2],
  ['limit_request_fields', HEADERS],
  ['limit_request_field_size', BUFFERS * LINE_BYTES],
] as const;

/** Longest line and longest header that a gunicorn behind nginx takes; 0 is no limit. */
export function gunicornHeadLimits({ named }: Pick<GunicornApp, 'named'>): {
  readonly line: number;
  readonly field: number;
} {
  const limits = { ...Object.fromEntries(HEAD_LIMITS), ...named };
  return { line: Number(limits['limit_request_line']), field: Number(limits['limit_request_field_size']) };
}

/** Bytes of the shortest variable in a uwsgi packet: two lengths of two bytes, a name such as `HTTP_A`, and no value. */
const SHORTEST_VAR_BYTES = 10;

/**
 * uWSGI's `max-vars`, so that every packet that fits its buffer fits its table too: the rest would be a 502 (seen from about 115
 * headers on with uWSGI's own 64). There is room for two variables in each of them.
 */
export function maxVars(bufferSizeBytes: number): number {
  return Math.ceil(bufferSizeBytes / SHORTEST_VAR_BYTES / 2);
}
