import type { AppBase } from '../app';
import { MEBIBYTE } from '../../values/mebibyte';

/**
 * Memory that a worker is counted with. A bare Flask application took 34 MiB in gunicorn and 23 in uWSGI, 15 of them its own (seen);
 * what an application imports comes on top.
 */
export const WORKER_BYTES = 64 * MEBIBYTE;

/** Memory of what runs beside the workers: the master (28 to 33 MiB, seen), the init process, and a probe now and then. */
export const MASTER_BYTES = 48 * MEBIBYTE;

/** Memory that a connection held by an event loop is counted with: a greenlet takes 9 KiB (seen), the request and its buffers the rest. */
export const CONNECTION_BYTES = 64 * 1024;

/** What a container may use, as far as that is declared. */
export interface Box {
  readonly cpus?: number;
  readonly memoryBytes?: number;
  /** Sizes of its tmpfs directories together: what lies in them is memory of the container. */
  readonly tmpfsBytes: number;
  /** Of processes that are no workers, and of memory that all of them share. */
  readonly besideBytes?: number;
}

/** The container of an application. */
export function boxOf(app: Pick<AppBase, 'cpus' | 'memoryBytes' | 'mounts'>): Box {
  const tmpfs = tmpfsSizes(app).reduce((sum, [, bytes]) => sum + bytes, 0);
  return {
    ...(app.cpus === undefined ? {} : { cpus: app.cpus }),
    ...(app.memoryBytes === undefined ? {} : { memoryBytes: app.memoryBytes }),
    tmpfsBytes: tmpfs,
  };
}

/**
 * Sizes of /tmp. Where memory is declared, what lies there is part of it; elsewhere it is a bound of what lies there, and uWSGI writes
 * request bodies there.
 */
const TMP_BYTES = { ofDeclaredMemory: 64 * MEBIBYTE, otherwise: 256 * MEBIBYTE };

/** The tmpfs directories of an application's container with their sizes: `/tmp` is always there. */
export function tmpfsSizes({
  mounts,
  memoryBytes,
}: Pick<AppBase, 'mounts' | 'memoryBytes'>): [path: string, bytes: number][] {
  const tmp = memoryBytes === undefined ? TMP_BYTES.otherwise : TMP_BYTES.ofDeclaredMemory;
  const asked = mounts.flatMap((mount): [string, number][] =>
    mount.kind === 'tmpfs' ? [[mount.path, mount.sizeBytes]] : [],
  );
  return [...new Map([['/tmp', tmp], ...asked])];
}

/** Memory that is left for workers; undefined where none is declared. */
export function workerRoomBytes({ memoryBytes, tmpfsBytes, besideBytes = 0 }: Box): number | undefined {
  return memoryBytes === undefined ? undefined : memoryBytes - MASTER_BYTES - tmpfsBytes - besideBytes;
}

/** Workers that the memory holds, at least one; undefined where none is declared. */
export function workersThatFit(box: Box, workerBytes: number): number | undefined {
  const room = workerRoomBytes(box);
  return room === undefined ? undefined : Math.max(1, Math.floor(room / workerBytes));
}

/** `256 MiB`. */
export function mebibytesText(bytes: number): string {
  return `${String(Math.floor(bytes / MEBIBYTE))} MiB`;
}

/** `512 MiB of memory`, and how much of them something else than workers takes. */
export function memoryText({ memoryBytes = 0, besideBytes = 0 }: Box): string {
  const beside =
    besideBytes === 0 ? '' : `, with ${mebibytesText(besideBytes)} for what runs beside the workers,`;
  return `${mebibytesText(memoryBytes)} of memory${beside}`;
}

/** `2 cpus`, or what stands in for them. */
export function cpusText({ cpus }: Box): string {
  if (cpus === undefined) return '1 cpu, since none are declared';
  return `${String(cpus)} cpu${cpus === 1 ? '' : 's'}`;
}
