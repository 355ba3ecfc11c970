import type { Frontend } from '../frontend';

/** The largest request body that any server of a frontend lets in, in bytes. */
export function largestBodyBytes(frontend: Frontend): number {
  return Math.max(
    frontend.clientMaxBodySizeBytes,
    ...frontend.servers.map((server) => server.clientMaxBodySizeBytes ?? 0),
  );
}
