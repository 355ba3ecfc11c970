import { docker, dockerLines, inspect } from './docker';
import { BASE, testName } from './names';

/** What the engine knows of the lives of a container. */
export interface Lives {
  readonly startedAt: string;
  readonly restarts: number;
}

/** When containers were started last, and how often their restart policy has done that. */
export function livesOf(ids: readonly string[]): Lives[] {
  return dockerLines('inspect', '--format', '{{.State.StartedAt}} {{.RestartCount}}', ...ids)
    .map((line) => line.split(' '))
    .map(([startedAt = '', restarts]) => ({ startedAt, restarts: Number(restarts) }));
}

/**
 * Ends a container's first process by SIGKILL from outside, as the kernel does when memory runs out: `docker kill` would count as a wish of
 * somebody's, after which no restart policy applies. From a container that sees the processes of the engine's machine, so that
 * the engine may be anywhere and whoever runs the tests need not be root.
 */
export function killFirstProcess(id: string): void {
  const pid = inspect(id, '{{.State.Pid}}');
  const script = `grep -q ${id} /proc/${pid}/cgroup && kill -KILL ${pid}`;
  docker(
    'run',
    '--rm',
    '--name',
    testName('killer'),
    '--pid',
    'host',
    '--network',
    'none',
    BASE,
    'sh',
    '-c',
    script,
  );
}
