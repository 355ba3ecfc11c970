import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** An answer as it came, head and body apart. */
export interface RawAnswer {
  readonly status: number;
  readonly reason: string;
  /** Lower-case name and value of each header, in order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly milliseconds: number;
}

/** What is sent, piece by piece with pauses between them, and how the answer is read. */
export interface Conversation {
  readonly pieces: readonly (string | Buffer)[];
  readonly pauseMs?: number;
  /** Bytes of the answer that are taken every twentieth of a second; all at once when absent. */
  readonly sip?: number;
  /** Address of this machine that the client has. */
  readonly from?: string;
  /** Whether the client speaks TLS, and believes whomever it meets. */
  readonly tls?: boolean;
}

/** Speaks to a port byte for byte, as no HTTP client would: the answer ends when the server closes. */
export function converse(
  port: number,
  { pieces, pauseMs = 0, sip, from = '127.0.0.1', tls = false }: Conversation,
): Promise<RawAnswer> {
  const begun = Date.now();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const at = { port, host: '127.0.0.1', localAddress: from };
    const socket: Socket = tls ? connectTls({ ...at, rejectUnauthorized: false }) : connect(at);
    socket.on('error', (error) => {
      if (chunks.length === 0) reject(error);
    });
    socket.on('close', () => {
      resolve(parsed(Buffer.concat(chunks), Date.now() - begun));
    });
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (sip === undefined) return;
      socket.pause();
      setTimeout(() => socket.resume(), (50 * chunk.length) / sip);
    });
    void send(socket, pieces, pauseMs);
  });
}

/** The head of a request, lines ended and closed; `lines` are header lines such as `X-A: 1`. */
export function head(
  method: string,
  target: string,
  lines: readonly string[] = [],
  host = 'any.test',
): string {
  return [`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...lines, '', ''].join(
    '\r\n',
  );
}

/** The same for a request after which the connection is kept. */
export function keptHead(method: string, target: string, lines: readonly string[] = []): string {
  return head(method, target, lines).replace('Connection: close\r\n', '');
}

/** A body in the chunked encoding. */
export function chunked(pieces: readonly string[]): string[] {
  const coded = pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
  return [...coded, '0\r\n\r\n'];
}

/** The body of an answer, and what follows it on its connection; `rest` is absent where the body has not come to its end. */
export function framed({ headers, body }: RawAnswer): { readonly body: string; readonly rest?: string } {
  const [, length] = headers.find(([name]) => name === 'content-length') ?? [];
  if (length === undefined) return unchunked(body.toString('latin1'));
  const [own, rest] = [body.subarray(0, Number(length)), body.subarray(Number(length))];
  return { body: own.toString(), ...(own.length < Number(length) ? {} : { rest: rest.toString() }) };
}

function unchunked(coded: string): { readonly body: string; readonly rest?: string } {
  let body = '';
  let rest = coded;
  for (;;) {
    const [line = '', digits = ''] = /^([0-9a-f]+)\r\n/i.exec(rest) ?? [];
    if (line === '') return { body };
    const size = parseInt(digits, 16);
    body += rest.slice(line.length, line.length + size);
    rest = rest.slice(line.length + size + '\r\n'.length);
    if (size === 0) return { body, rest };
  }
}

async function send(socket: Socket, pieces: readonly (string | Buffer)[], pauseMs: number): Promise<void> {
  for (const [index, piece] of pieces.entries()) {
    if (index > 0 && pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    socket.write(piece);
  }
}

function parsed(bytes: Buffer, milliseconds: number): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const [, status = '0', ...reason] = first.split(' ');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    status: Number(status),
    reason: reason.join(' '),
    headers,
    body: bytes.subarray(end + 4),
    milliseconds,
  };
}
