import { cpusText, mebibytesText, memoryText, workersThatFit } from './container-room';
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

/** The workers that the cpus are for, as far as the memory holds them. */
export function derivedWorkers({ count, why }: CpuRule, box: Box, workerBytes: number): Sized {
  const fit = workersThatFit(box, workerBytes);
  if (fit === undefined || fit >= count) return derived(count, why);
  const memory = `${memoryText(box)} hold`;
  return derived(
    fit,
    `${memory} ${String(fit)} of ${mebibytesText(workerBytes)} each; ${why} would be ${String(count)}`,
  );
}
