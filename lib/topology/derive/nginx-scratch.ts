import { MEBIBYTE } from '../../values/mebibyte';
import type { Frontend } from '../frontend';
import { policiesOf } from '../render/frontend-parts';
import { largestBodyBytes } from './upload-limits';

/** Directives that name the directories of nginx's temporary files, in the order they are rendered. */
export const TEMP_PATH_DIRECTIVES = [
  'client_body_temp_path',
  'proxy_temp_path',
  'fastcgi_temp_path',
  'uwsgi_temp_path',
  'scgi_temp_path',
] as const;

/** Uploads that may be spooled at the same time before the tmpfs is full. */
const CONCURRENT_UPLOADS = 4;

/**
 * Size of the tmpfs that holds a read-only nginx's pid file and temporary files: room for some request bodies at
 * the largest size that is let in, and for responses that are larger than nginx's buffers. A tmpfs that is too
 * small answers 500, `No space left on device` (seen).
 */
export function nginxScratchBytes(frontend: Frontend): number {
  return 64 * MEBIBYTE + CONCURRENT_UPLOADS * largestBodyBytes(frontend) + keptBytes(frontend);
}

/** What policies of a frontend keep there, such as the answers in a cache. */
export function keptBytes(frontend: Frontend): number {
  return policiesOf(frontend).reduce((sum, { scratchBytes }) => sum + scratchBytes, 0);
}

/** Options of a tmpfs that only one user may enter. */
export function privateTmpfs(sizeBytes: number, uid: number, gid: number): string {
  return `size=${String(sizeBytes)},uid=${String(uid)},gid=${String(gid)},mode=0700`;
}
