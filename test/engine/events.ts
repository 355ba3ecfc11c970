import { spawn } from 'node:child_process';

/** Something that has become of a container. */
export interface Event {
  /** In the engine's words: `create`, `start`, `kill` for any signal that it was sent, `die`, `destroy`. */
  readonly status: string;
  readonly id: string;
  readonly name: string;
}

/** Listens to the engine until it is told to stop; each event is heard at the moment in which it happens. */
export function listen(stack: string, hear: (event: Event) => void): { readonly stop: () => void } {
  const child = spawn('docker', [
    ...['events', '--filter', 'type=container', '--filter', `label=cdktf-wsgi.stack=${stack}`],
    ...['--format', '{{.Status}} {{.ID}} {{.Actor.Attributes.name}}'],
  ]);
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [status = '', id = '', name = ''] = line.split(' ');
      hear({ status, id, name });
    }
  });
  return {
    stop: () => {
      child.kill();
    },
  };
}
