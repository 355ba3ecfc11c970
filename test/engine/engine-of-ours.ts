import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An engine that `scripts/engine/up.sh` started: only such a one may be stopped, others have somebody else's containers. */
export interface EngineOfOurs {
  readonly name: 'stable' | 'testing';
  /** Process of the engine, as the kernel has it. */
  readonly process: () => number;
  readonly stopAndStart: () => void;
}

/** The engine of this run, if it is one of ours. */
export function engineOfOurs(): EngineOfOurs | undefined {
  for (const name of ['stable', 'testing'] as const) {
    const folder = join(process.env['ENGINE_FOLDER'] ?? '/var/tmp/cdktf-wsgi-engine', name);
    const pidFile = join(folder, 'docker.pid');
    if (process.env['DOCKER_HOST'] !== `unix://${folder}/docker.sock` || !existsSync(pidFile)) continue;
    const stopAndStart = (): void => {
      runScript('down.sh', name);
      runScript('up.sh', name);
    };
    return { name, process: () => engineProcess(pidFile), stopAndStart };
  }
  return undefined;
}

function engineProcess(pidFile: string): number {
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const command = readFileSync(`/proc/${String(pid)}/comm`, 'utf8').trim();
  if (command !== 'dockerd') throw new Error(`process ${String(pid)} is no engine but ${command}`);
  return pid;
}

function runScript(script: string, engine: string): void {
  execFileSync(`scripts/engine/${script}`, [engine], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * A test that stops the engine. On one that was there before the tests it is skipped by name, with what is not done, and with CI=true it
 * fails there instead.
 */
export function testOnEngineOfOurs(
  title: string,
  body: (engine: EngineOfOurs) => Promise<void>,
  timeout: number,
): void {
  const engine = engineOfOurs();
  if (engine !== undefined) {
    test(title, () => body(engine), timeout);
    return;
  }
  const reason =
    'NOT DONE: this engine was there before, and only one of scripts/engine/up.sh may be stopped';
  if (process.env['CI'] === 'true') {
    test(title, () => {
      throw new Error(reason);
    });
    return;
  }
  process.stderr.write(`SKIPPED ${title}: ${reason}\n`);
  test.skip(`${title} [${reason}]`, () => undefined);
}
