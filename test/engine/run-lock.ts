import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Holds an engine for one run, since every run removes whatever bears the tests' names before it begins.
 *
 * @throws Error when another run has it.
 */
export function takeEngine(): void {
  const holder = holderOf(lockFile());
  if (holder !== undefined)
    throw new Error(`process ${String(holder)} runs the tests on this engine already`);
  writeFileSync(lockFile(), String(process.pid));
}

/** Lets the next run have it. */
export function leaveEngine(): void {
  rmSync(lockFile(), { force: true });
}

function lockFile(): string {
  const engine = createHash('sha256')
    .update(process.env['DOCKER_HOST'] ?? '')
    .digest('hex')
    .slice(0, 16);
  return join(tmpdir(), `engine-tests-${engine}.pid`);
}

/** The process that holds it, unless that is gone. */
function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}
