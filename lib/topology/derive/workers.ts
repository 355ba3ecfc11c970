/**
 * Workers for a number of declared cpus: `perCpu` for each, rounded down, plus `extra`, and never fewer than 1.
 * Only declared cpus count. A container sees all cpus of its host whatever its quota is, so a count made
 * inside it starts too many workers (seen with half a cpu).
 */
export function workersPerCpu(cpus: number | undefined, perCpu: number, extra: number): number {
  return Math.max(1, Math.floor((cpus ?? 1) * perCpu) + extra);
}

/** nginx has 1024 processes at most, and a reload starts all workers again beside the old ones (seen: with 520, some never came). */
export const MOST_NGINX_WORKERS = 500;

/** nginx workers for a number of declared cpus: one each, rounded up. */
export function nginxWorkers(cpus: number | undefined): number {
  return Math.min(MOST_NGINX_WORKERS, Math.max(1, Math.ceil(cpus ?? 1)));
}
