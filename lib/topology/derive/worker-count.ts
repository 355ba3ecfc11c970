import { ConfigError } from '../../errors';
import { MEBIBYTE } from '../../values/mebibyte';
import {
  MASTER_BYTES,
  cpusText,
  mebibytesText,
  memoryText,
  workerRoomBytes,
  workersThatFit,
} from './container-room';
import type { Box } from './container-room';
import { derived } from './sized';
import type { Sized } from './sized';
import { workersPerCpu } from './workers';

/** Threads that a cpu is given work for: more of them wait for each other. */
const SLOTS_PER_CPU = 4;

/** How many workers of a kind the cpus are for, before memory is looked at. */
export interface CpuRule {
  readonly count: number;
  readonly why: string;
}

/**
 * `perCpu` for each declared cpu, rounded down, and `extra`. With threads fewer, so that a cpu has four of them, but two: one may be
 * recycled while the other answers.
 */
export function workersForCpus(box: Box, perCpu: number, extra: number, threads: number): CpuRule {
  const cpus = box.cpus ?? 1;
  const most = workersPerCpu(box.cpus, perCpu, extra);
  const threaded = Math.max(2, Math.floor((SLOTS_PER_CPU * cpus) / threads));
  if (threads > 1 && threaded < most) {
    const why = `${String(SLOTS_PER_CPU)} threads for each of ${cpusText(box)}, ${String(threads)} in a worker, and no fewer than two workers`;
    return { count: threaded, why };
  }
  const plus = extra === 0 ? '' : `, and ${String(extra)}`;
  return { count: most, why: `${String(perCpu)} for each of ${cpusText(box)}${plus}` };
}

/** One event loop for each cpu, and a second one, so that a worker may be recycled while another answers. */
export function loopsForCpus(box: Box): CpuRule {
  const count = Math.max(2, Math.ceil(box.cpus ?? 1));
  return { count, why: `one event loop for each of ${cpusText(box)}, and no fewer than two` };
}

/**
 * The workers that the cpus are for, as far as the memory holds them.
 *
 * @param prop The prop that says their number.
 * @param leastBytes What one of them cannot do with less than.
 * @throws ConfigError where the memory does not hold one.
 */
export function derivedWorkers(
  prop: string,
  { count, why }: CpuRule,
  box: Box,
  workerBytes: number,
  leastBytes: number = workerBytes,
): Sized {
  const fit = workersThatFit(box, workerBytes);
  if ((workerRoomBytes(box) ?? leastBytes) < leastBytes) throw tooSmall(prop, box, leastBytes);
  if (fit === undefined || fit >= count) return derived(count, why);
  const memory = `${memoryText(box)} hold`;
  return derived(
    fit,
    `${memory} ${String(fit)} of ${mebibytesText(workerBytes)} each; ${why} would be ${String(count)}`,
  );
}

function tooSmall(prop: string, box: Box, workerBytes: number): ConfigError {
  const parts = [
    ['the master', MASTER_BYTES],
    ['tmpfs', box.tmpfsBytes],
    ['what runs beside the workers', box.besideBytes ?? 0],
    ['a worker', workerBytes],
  ] as const;
  const counted = parts.filter(([, bytes]) => bytes > 0);
  const least = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  const text = counted.map(([name, bytes]) => `${name} with ${mebibytesText(bytes)}`).join(', ');
  return new ConfigError({
    what: `memory of ${mebibytesText(box.memoryBytes ?? 0)} holds no worker: counted are ${text}`,
    fix: `give memory: Size.mebibytes(${String(Math.ceil(least / MEBIBYTE))}) or more, a smaller Mount.tmpfs('/tmp', …), or ${prop} by hand where yours are known to be smaller`,
  });
}
