import { MEBIBYTE } from '../../values/mebibyte';

/** A size as nginx writes it: `75m`, `16k`, or bytes where neither fits. */
export function nginxSize(bytes: number): string {
  if (bytes !== 0 && bytes % MEBIBYTE === 0) return `${String(bytes / MEBIBYTE)}m`;
  if (bytes !== 0 && bytes % 1024 === 0) return `${String(bytes / 1024)}k`;
  return String(bytes);
}

/** A length of time as nginx writes it: `30s`, or `500ms` where seconds do not fit. */
export function nginxTime(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${String(milliseconds / 1000)}s` : `${String(milliseconds)}ms`;
}
