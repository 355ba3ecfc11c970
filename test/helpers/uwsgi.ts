import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withProcess } from './nginx';

/** A real uWSGI on an ini text, stopped after `body`; ready when `socket` exists. */
export async function withUwsgi<T>(
  directory: string,
  text: string,
  socket: string,
  body: () => Promise<T>,
): Promise<T> {
  const file = join(directory, 'uwsgi.ini');
  writeFileSync(file, text);
  const child = spawn('uwsgi', ['--ini', file], { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  return withProcess(child, () => existsSync(socket), body);
}
