import { execFileSync } from 'node:child_process';

/** What the Docker CLI prints; an error of its own fails the test. */
export function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Ids of the running containers of a stack, by the beginning of their name within it. */
export function running(stack: string, part = ''): string[] {
  return lines(docker('ps', '-q', '--no-trunc', '--filter', `name=^/?${stack}-${part}`));
}

/** What an engine has of a stack, by its label: containers, volumes, networks, and images that were built for it. */
export function leftOf(stack: string): string[] {
  const labelled = ['-q', '--filter', `label=cdktf-wsgi.stack=${stack}`];
  return [
    ...lines(docker('ps', '-a', ...labelled)),
    ...lines(docker('volume', 'ls', ...labelled)),
    ...lines(docker('network', 'ls', ...labelled)),
    ...lines(docker('image', 'ls', ...labelled)),
  ];
}

/** Ends a container's first process from outside: `docker kill` would count as a wish of somebody's. */
export function crash(stack: string, part: string): void {
  for (const id of running(stack, part)) {
    process.kill(Number(docker('inspect', '--format', '{{.State.Pid}}', id)), 'SIGKILL');
  }
}
