import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A client of one WebSocket that speaks in short texts (RFC 6455). */
export class WebSocketClient {
  /** Opens one; fails with the head of the answer where the server does not switch. */
  public static async open(port: number, path: string): Promise<WebSocketClient> {
    const socket = connect(port, '127.0.0.1');
    const lines = [
      `GET ${path} HTTP/1.1`,
      'Host: any.test',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Version: 13',
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    const [head] = (await once(socket, 'data')) as [Buffer];
    if (!head.toString('latin1').startsWith('HTTP/1.1 101 ')) {
      socket.destroy();
      throw new Error(head.toString('latin1').split('\r\n')[0]);
    }
    return new WebSocketClient(socket);
  }

  private constructor(private readonly socket: Socket) {}

  /** Sends a text of less than 126 bytes, and tells what comes back. */
  public async echo(text: string): Promise<string> {
    const mask = randomBytes(4);
    const payload = Buffer.from(text).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
    this.socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, payload]));
    const [frame] = (await once(this.socket, 'data')) as [Buffer];
    return frame.subarray(2, 2 + (frame[1] ?? 0)).toString();
  }

  public close(): void {
    this.socket.destroy();
  }
}
