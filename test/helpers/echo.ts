import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { BackendProtocol, ExternalBackend } from 'cdktf-wsgi';
import type { Answer } from './nginx';
import { withDirectory } from './nginx';

/** Headers of an answer; `Status` is its status, as CGI has it. */
export type Headers = Readonly<Record<string, string>>;

/** What an application is told of a request: its headers, or the parameters of uWSGI's protocol. */
export type Heard = Readonly<Record<string, string | undefined>>;

/**
 * Something behind nginx that says what it was told, while `body` runs.
 *
 * @param answered What its answers have, by the path of the request.
 */
export async function withEcho(
  protocol: BackendProtocol,
  body: (backend: ExternalBackend) => Promise<void>,
  answered: (path: string) => Headers = () => ({}),
): Promise<void> {
  await withDirectory(async (directory) => {
    const socket = join(directory, 'echo.sock');
    const isUwsgi = protocol === BackendProtocol.UWSGI;
    const server = isUwsgi ? uwsgiEcho(answered) : httpEcho(answered);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    try {
      await body(isUwsgi ? ExternalBackend.uwsgiSocket(socket) : ExternalBackend.httpSocket(socket));
    } finally {
      server.close();
    }
  });
}

/** What it was told of a request that nginx answered with its answer. */
export function heard({ body }: Answer): Heard {
  return JSON.parse(body.toString()) as Heard;
}

function httpEcho(answered: (path: string) => Headers): Server {
  return createHttp({ keepAlive: false }, (request, response) => {
    request.resume();
    response.shouldKeepAlive = false;
    const { Status: status = '200', ...headers } = answered(request.url ?? '');
    response.statusCode = Number(status);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(JSON.stringify(request.headers));
  });
}

function uwsgiEcho(answered: (path: string) => Headers): Server {
  return createServer((connection) => {
    let received = Buffer.alloc(0);
    connection.on('error', () => undefined);
    connection.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readUInt16LE(1)) return;
      const params = paramsOf(received.subarray(4, 4 + received.readUInt16LE(1)));
      const { Status: status = '200', ...headers } = answered(params['REQUEST_URI'] ?? '');
      const lines = [
        `HTTP/1.0 ${status} As Said`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ];
      connection.end(`${lines.join('\r\n')}\r\n\r\n${JSON.stringify(params)}`);
    });
  });
}

/** Names and values in turn, each with its length before it. */
function paramsOf(packet: Buffer): Record<string, string> {
  const words: string[] = [];
  for (let at = 0; at < packet.length;) {
    const length = packet.readUInt16LE(at);
    words.push(packet.toString('utf8', at + 2, at + 2 + length));
    at += 2 + length;
  }
  const pairs = words.flatMap((name, at) => (at % 2 === 0 ? [[name, words[at + 1] ?? ''] as const] : []));
  return Object.fromEntries(pairs);
}
