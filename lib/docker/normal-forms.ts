import { MEBIBYTE } from '../values/mebibyte';

/** A length of time as Go prints it, which is how the engine reads it back: `1m30s`, `1m0s`, `500ms`, `0s`. */
export function goDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  if (milliseconds < 1000) return `${String(milliseconds)}ms`;
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor((milliseconds % 3_600_000) / 60_000);
  const seconds = `${String((milliseconds % 60_000) / 1000)}s`;
  if (hours > 0) return `${String(hours)}h${String(minutes)}m${seconds}`;
  return minutes > 0 ? `${String(minutes)}m${seconds}` : seconds;
}

/** A capability as the engine echoes it: `CAP_X`, and `ALL` bare. Another spelling forces a replacement for ever. */
export function capability(name: string): string {
  const upper = name.toUpperCase();
  return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}

/** Memory as the provider takes it: whole MiB, and swap stated too, or it reads back as twice the memory. */
export function memoryLimits(bytes: number | undefined): {
  readonly memory?: number;
  readonly memorySwap?: number;
} {
  if (bytes === undefined) return {};
  const memory = Math.ceil(bytes / MEBIBYTE);
  return { memory, memorySwap: memory };
}

/** Cpus as period and quota: the provider panics on its own `cpus`. */
export function cpuLimits(cpus: number | undefined): {
  readonly cpuPeriod?: number;
  readonly cpuQuota?: number;
} {
  return cpus === undefined ? {} : { cpuPeriod: 100_000, cpuQuota: Math.round(cpus * 100_000) };
}
