import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What came back from a request. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What a request asks, and where. */
export interface Ask {
  readonly socketPath?: string;
  readonly port?: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Address of this machine that the client has. */
  readonly from?: string;
}

/** A temporary directory that is gone after `body`. */
export async function withDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'wsgi-'));
  try {
    return await body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What the real `nginx -t` says of a text. */
export function nginxTest(
  directory: string,
  text: string,
): { readonly ok: boolean; readonly output: string } {
  const file = join(directory, 'tested.conf');
  writeFileSync(file, text);
  const result = spawnSync('nginx', ['-t', '-c', file, '-p', directory, '-e', 'stderr'], {
    encoding: 'utf8',
  });
  return { ok: result.status === 0, output: result.stderr };
}

/** A real nginx on a text that says `daemon off;`, stopped after `body`; ready when `socket` exists. */
export async function withNginx<T>(
  directory: string,
  text: string,
  socket: string,
  body: () => Promise<T>,
): Promise<T> {
  const file = join(directory, 'nginx.conf');
  writeFileSync(file, text);
  const child = spawn('nginx', ['-c', file, '-p', directory, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return withProcess(child, () => existsSync(socket), body);
}

/**
 * Runs `body` while a process lives and is ready, and stops it afterwards; fails with the process's own words.
 *
 * @param patience Milliseconds from SIGTERM to SIGKILL.
 */
export async function withProcess<T>(
  child: ChildProcess,
  ready: () => boolean,
  body: () => Promise<T>,
  patience: number = 8000,
): Promise<T> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  try {
    for (let tries = 0; !ready(); tries++) {
      if (child.exitCode !== null || tries > 300) throw new Error(`the program did not get ready:\n${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return await body();
  } catch (error) {
    throw error instanceof Error ? new Error(`${error.message}\n${said}`, { cause: error }) : error;
  } finally {
    if (child.exitCode === null) child.kill('SIGTERM');
    const hardStop = setTimeout(() => child.kill('SIGKILL'), patience);
    await ended;
    clearTimeout(hardStop);
  }
}

/** One HTTP request. */
export function ask({ socketPath, port, path, method, headers, body, from }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const client = from === undefined ? {} : { localAddress: from };
    const target = socketPath === undefined ? { host: '127.0.0.1', port, ...client } : { socketPath };
    const sent = request(
      { ...target, path, method: method ?? 'GET', headers: headers ?? {}, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** One request over a unix socket with a target that no HTTP client would let pass, byte for byte. */
export function askRaw(
  socketPath: string,
  target: string,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(socketPath, () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`),
    );
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => {
      const [head = '', ...body] = Buffer.concat(chunks).toString().split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), body: body.join('\r\n\r\n') });
    });
  });
}
