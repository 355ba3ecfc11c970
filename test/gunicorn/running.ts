import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { APP_PROBE_SOURCE } from '../../lib/topology/render/app-probe-table';
import { withProcess } from '../helpers/nginx';
import { serverCommand } from '../helpers/programs';

/** Releases of gunicorn that `scripts/test-servers.sh` installs. */
export const RELEASES = ['20.1.0', '23.0.0', '26.1.0', '27.0.1'] as const;
export type Release = (typeof RELEASES)[number];

/** What a running gunicorn says of itself. */
export interface Running {
  /** Its own configuration, by name of the setting; a function is `{ function: <name> }`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whether files are sent by the kernel, which no setting of its own says. */
  readonly sendfile: boolean;
  /** Runs the probe of the library with these options. */
  readonly probe: (...options: string[]) => { readonly status: number | null; readonly stderr: string };
}

/**
 * A worker that is still starting may miss the signal to stop; then the master waits for it as long as graceful_timeout says, 30 s, and ends
 * as it should.
 */
const PATIENCE = 40_000;

/** Code that reads the server's own configuration back once its sockets listen; `when_ready` of the file runs first. */
const READER = `

import json as _json
_own_when_ready = globals().get('when_ready')


def _plain(value):
    if callable(value):
        return {'function': value.__name__}
    return str(value)


def when_ready(server):
    if _own_when_ready is not None:
        _own_when_ready(server)
    values = {name: known.get() for name, known in server.cfg.settings.items()}
    with open('DIRECTORY/read-back.json.new', 'w') as file:
        _json.dump({'settings': values, 'sendfile': server.cfg.sendfile}, file, default=_plain)
    import os
    os.rename('DIRECTORY/read-back.json.new', 'DIRECTORY/read-back.json')
`;

/** Prepares a directory for `withGunicorn`: the applications' code, and what settings name. */
export function furnish(directory: string): void {
  cpSync('test/gunicorn/code', join(directory, 'code'), { recursive: true });
  mkdirSync(join(directory, 'sockets'));
  writeFileSync(join(directory, 'probe.py'), APP_PROBE_SOURCE);
  writeFileSync(join(directory, 'page.html'), '');
  writeFileSync(join(directory, 'fired'), '');
  writeFileSync(join(directory, 'logging.json'), '{"version": 1}');
  const sections = [
    '[loggers]\nkeys=root',
    '[handlers]\nkeys=',
    '[formatters]\nkeys=',
    '[logger_root]\nhandlers=',
  ];
  writeFileSync(join(directory, 'logging.ini'), `${sections.join('\n')}\n`);
  const subject = ['-subj', '/CN=localhost', '-days', '2', '-nodes', '-newkey', 'rsa:2048'];
  const files = ['-keyout', join(directory, 'tls.key'), '-out', join(directory, 'tls.pem')];
  const made = spawnSync('openssl', ['req', '-x509', ...subject, ...files], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
}

/**
 * Runs a rendered file with a real gunicorn while `body` looks at it, and stops it as the engine would. Paths of the container
 * become those of the directory; nothing else is changed, and what reads the configuration is added at the end.
 */
export async function withGunicorn(
  release: Release,
  directory: string,
  text: string,
  body: (running: Running) => Promise<void>,
  mayMissSignals = false,
): Promise<void> {
  const file = join(directory, 'gunicorn.conf.py');
  writeFileSync(file, mapped(text, directory));
  appendFileSync(file, READER.replaceAll('DIRECTORY', directory));
  const readBack = join(directory, 'read-back.json');
  const child = spawn(serverCommand(`gunicorn-${release}`), ['-c', file], {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], FIRED: join(directory, 'fired'), HOME: directory },
  });
  const loaded = join(directory, 'tmp-loaded');
  await withProcess(
    child,
    () => existsSync(readBack) && existsSync(loaded),
    async () => {
      const said = JSON.parse(readFileSync(readBack, 'utf8')) as Omit<Running, 'probe'>;
      await body({
        ...said,
        probe: (...options) =>
          spawnSync('python3', ['-I', '-S', join(directory, 'probe.py'), 'timeout=5', ...options], {
            encoding: 'utf8',
          }),
      });
    },
    PATIENCE,
  );
  if (child.exitCode !== 0 && !mayMissSignals)
    throw new Error(`gunicorn ended with ${String(child.exitCode)} and ${String(child.signalCode)}`);
}

function mapped(text: string, directory: string): string {
  return text
    .replaceAll('/run/wsgi/', `${directory}/sockets/`)
    .replaceAll('/tmp/.loaded', `${directory}/tmp-loaded`)
    .replaceAll('0.0.0.0:', '127.0.0.1:')
    .replace(/^chdir = .*$/m, `chdir = '${directory}/code'`);
}
