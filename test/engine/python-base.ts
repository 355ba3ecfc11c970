import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImage } from './docker';
import { testName } from './names';

/** Image that stands for the official one of Python: pip, what it may install, and what compiles uWSGI. */
export const PYTHON = testName('python:12');

/** Servers that a test declares, where it does not take the library's defaults. */
export const VERSIONS = { uwsgi: '2.0.31', gunicorn: '23.0.0' } as const;

/** What pip builds the servers from, by itself: their sources ask for nothing else. */
const SERVERS = [
  `uwsgi==${VERSIONS.uwsgi}`,
  `gunicorn==${VERSIONS.gunicorn}`,
  'packaging==25.0',
  'setuptools==80.9.0',
  'wheel==0.45.1',
];

/** What applications import, with what that needs. */
const PACKAGES = ['bottle==0.13.4', 'flask==3.1.2', 'gevent==25.9.1'];

/** Makes that image. */
export function makePythonBase(): void {
  const context = mkdtempSync(join(tmpdir(), 'python-base-'));
  cpSync('test/engine/images/python', context, { recursive: true });
  const download = (...args: string[]): void => {
    const pip = ['-m', 'pip', 'download', '-q', '-d', join(context, 'wheels'), ...args];
    execFileSync('python3', pip, { stdio: ['ignore', 'ignore', 'inherit'] });
  };
  download('--no-deps', ...SERVERS);
  download('--no-deps', 'uwsgi==2.0.30');
  download('--only-binary=:all:', ...PACKAGES);
  buildImage(PYTHON, context);
  rmSync(context, { recursive: true });
}
