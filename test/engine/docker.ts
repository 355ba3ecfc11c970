import { execFileSync, spawnSync } from 'node:child_process';

/** What the Docker CLI prints; an error of its own fails the test. */
export function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** The same, line by line. */
export function dockerLines(...args: readonly string[]): string[] {
  return docker(...args)
    .split('\n')
    .filter((line) => line !== '');
}

/** True when the Docker CLI does without an error what it is told. */
export function dockerCan(...args: readonly string[]): boolean {
  return spawnSync('docker', args, { stdio: 'ignore' }).status === 0;
}

/** Builds an image without BuildKit, which not every client of an engine has. */
export function buildImage(name: string, context: string, input = ''): void {
  execFileSync('docker', ['build', '-q', '-t', name, context], {
    input,
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}

/** What the engine says of a container. */
export function inspect(id: string, format: string): string {
  return docker('inspect', '--format', format, id);
}

/** Ids of the running containers of a stack, by the beginning of their name within it, and by what else the engine can filter. */
export function running(stack: string, part = '', ...filters: readonly string[]): string[] {
  const all = [`name=^/?${stack}-${part}`, ...filters].flatMap((filter) => ['--filter', filter]);
  return dockerLines('ps', '-q', '--no-trunc', ...all);
}

/** What an engine has of a stack, by its label: containers, volumes, networks, and images that were built for it. */
export function leftOf(stack: string): string[] {
  const labelled = ['-q', '--filter', `label=cdktf-wsgi.stack=${stack}`];
  return [
    ['ps', '-a'],
    ['volume', 'ls'],
    ['network', 'ls'],
    ['image', 'ls'],
  ].flatMap((list) => dockerLines(...list, ...labelled));
}
