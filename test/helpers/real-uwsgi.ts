import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Review, UwsgiApp, UwsgiPlugin, UwsgiProtocol } from 'cdktf-wsgi';
import type { UwsgiAppProps } from 'cdktf-wsgi';
import { freePort } from './free-port';
import { withDirectory, withProcess } from './nginx';
import { serverCommand } from './programs';
import type { ProgramName } from './programs';
import { UWSGI, siteStack } from './stacks';

/** A uWSGI of this machine: Debian's loads its plugins, PyPI's hold them. */
export interface Release {
  readonly program: ProgramName;
  readonly version: string;
  readonly command: string;
  readonly flavour: 'embedded' | 'modular';
}

/** The releases that the options are proved on. */
export const RELEASES: readonly Release[] = [
  { program: 'uwsgi', version: '2.0.21', command: 'uwsgi', flavour: 'modular' },
  {
    program: 'uwsgi-2.0.28',
    version: '2.0.28',
    command: serverCommand('uwsgi-2.0.28'),
    flavour: 'embedded',
  },
  {
    program: 'uwsgi-2.0.31',
    version: '2.0.31',
    command: serverCommand('uwsgi-2.0.31'),
    flavour: 'embedded',
  },
];

/** A running server of an application's rendered file. */
export interface Running {
  readonly directory: string;
  /** The file, with the container's paths and ports replaced by those of this machine. */
  readonly ini: string;
  /** Where it speaks HTTP. */
  readonly at: { readonly socketPath: string } | { readonly port: number };
  /** Everything it has said so far. */
  said(): string;
}

/** The rendered `uwsgi.ini` of an application with these props, as this release would get it. */
export function rendered(props: Partial<UwsgiAppProps>, { version, flavour }: Release): string {
  const stack = siteStack((site) => {
    new UwsgiApp(site, 'x', {
      ...UWSGI,
      serverVersion: version,
      ...(props.http === true ? {} : { protocol: UwsgiProtocol.HTTP }),
      ...props,
      plugin: flavour === 'modular' ? UwsgiPlugin.modular() : UwsgiPlugin.embedded(),
    });
  });
  return Review.of(stack).files['x/uwsgi.ini'] ?? '';
}

/**
 * Runs the rendered file with the real program; `files` lie in the application's directory. Ready when a worker has loaded the
 * application, which the server itself says.
 */
export async function withRelease(
  release: Release,
  props: Partial<UwsgiAppProps>,
  files: Readonly<Record<string, string>>,
  body: (running: Running) => Promise<void>,
): Promise<void> {
  await withDirectory(async (directory) => {
    for (const folder of ['run', 'tmp', 'srv/tasks', 'app/static']) {
      mkdirSync(join(directory, folder), { recursive: true });
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, 'app', name), text);
    const { ini, port } = await onThisMachine(rendered(props, release), directory);
    writeFileSync(join(directory, 'uwsgi.ini'), ini);
    let said = '';
    const child = spawn(release.command, ['--show-config', '--ini', join(directory, 'uwsgi.ini')], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const at = port === undefined ? { socketPath: join(directory, 'run', `${hostname()}.sock`) } : { port };
    // The worker that makes the marker can be earlier than the master, which still has to take SIGTERM into its own hands.
    let settled = 0;
    await withProcess(
      child,
      () => existsSync(join(directory, 'tmp/.loaded')) && ++settled > 4,
      () => body({ directory, ini, at, said: () => said }),
    );
  });
}

/** The first port that listens, if one does, is where the application answers. */
async function onThisMachine(
  text: string,
  directory: string,
): Promise<{ readonly ini: string; readonly port: number | undefined }> {
  const moved = text
    .replaceAll(/(?<=[ =:])\/(tmp|srv|app)(?=[\s/,]|$)/gm, `${directory}/$1`)
    .replaceAll('/run/wsgi', `${directory}/run`);
  const ports = [...new Set([...moved.matchAll(/0\.0\.0\.0:(\d+)/g)].map(([, port = '']) => port))];
  let ini = moved;
  let answering: number | undefined;
  for (const inside of ports) {
    const port = await freePort();
    if (new RegExp(`^(?:http|http-socket) = 0\\.0\\.0\\.0:${inside}$`, 'm').test(ini)) answering ??= port;
    ini = ini.replaceAll(`0.0.0.0:${inside}`, `127.0.0.1:${String(port)}`);
  }
  return { ini, port: answering };
}
