import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  AppImage,
  GunicornApp,
  NginxFrontend,
  Review,
  Size,
  UwsgiApp,
  UwsgiPlugin,
  WorkerClass,
  WsgiModule,
} from 'cdktf-wsgi';
import type { IBackend, PassToOptions } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { StackTopology } from '../../lib/constructs/stack/stack-topology';
import { DEBIAN_12 } from '../helpers/frontends';
import { withDirectory } from '../helpers/nginx';
import { describeWith, serverCommand } from '../helpers/programs';
import { portOf, withServers } from '../helpers/stack-of-servers';
import type { Bed } from '../helpers/stack-of-servers';
import { siteStack } from '../helpers/stacks';
import { WebSocketClient } from '../helpers/web-socket';

const ASGI = `
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            await send({"type": "websocket.send", "text": scope["path"] + " " + message["text"]})
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})
`;

/** Two events a while apart, and what arrives of a body as it arrives. */
const WSGI = `
import time

def app(environ, start_response):
    if environ["REQUEST_METHOD"] == "POST":
        first = environ["wsgi.input"].read(1024)
        open(environ["HTTP_X_SEEN"], "wb").write(first)
        environ["wsgi.input"].read()
        start_response("204 No Content", [])
        return []
    start_response("200 OK", [("Content-Type", "text/event-stream")])
    return events()

def events():
    yield b"data: first\\n\\n"
    time.sleep(1.5)
    yield b"data: second\\n\\n"
`;

const SERVED = {
  image: AppImage.registry('local/base:1'),
  module: WsgiModule.dotted('g', 'app'),
};
const WSGI_BACKENDS: Readonly<Record<string, (site: TerraformStack) => IBackend>> = {
  gunicorn: (site) =>
    new GunicornApp(site, 'app', {
      ...SERVED,
      serverVersion: '20.1.0',
      threads: 4,
      workerClass: WorkerClass.GTHREAD,
    }),
  uwsgi: (site) =>
    new UwsgiApp(site, 'app', {
      ...SERVED,
      serverVersion: '2.0.21',
      plugin: UwsgiPlugin.modular(),
      processes: 1,
      threads: 4,
      postBuffering: Size.bytes(0),
    }),
};

/** Runs an application behind a frontend of which `/` is as the options say. */
async function serving(
  backend: (site: TerraformStack) => IBackend,
  code: string,
  options: PassToOptions,
  body: (port: number, bed: Bed) => Promise<void>,
  command?: string,
): Promise<void> {
  await withDirectory(async (directory) => {
    writeFileSync(join(directory, 'g.py'), code);
    const stack = siteStack((site) => {
      new NginxFrontend(site, 'web', DEBIAN_12).addBackend('/', backend(site), options);
    });
    expect(Review.of(stack).findings).toEqual([]);
    const files = { code: { app: directory }, statics: {}, ...(command && { commands: { app: command } }) };
    await withServers(StackTopology.of(stack).topology(), files, (bed) =>
      body(portOf(bed, 'web', 8080), bed),
    );
  });
}

/** When the first event and the second one are there, in milliseconds. */
function eventsAt(port: number): Promise<readonly [number, number]> {
  const begun = Date.now();
  const times: number[] = [];
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET / HTTP/1.1\r\nHost: any.test\r\nConnection: close\r\n\r\n'),
    );
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      text += chunk.toString();
      for (const event of ['data: first', 'data: second'].slice(times.length))
        if (text.includes(event)) times.push(Date.now() - begun);
    });
    socket.on('end', () => {
      resolve([times[0] ?? Infinity, times[1] ?? Infinity]);
    });
  });
}

describeWith(['nginx', 'gunicorn-27.0.1'], 'a WebSocket', () => {
  const asgi = (site: TerraformStack): IBackend =>
    new GunicornApp(site, 'app', { ...SERVED, serverVersion: '27.0.1', workerClass: WorkerClass.ASGI });
  const command = serverCommand('gunicorn-27.0.1');

  test('is let through, stays through a reload of nginx, and others are answered as before', () =>
    serving(
      asgi,
      ASGI,
      { webSocket: true },
      async (port, bed) => {
        const client = await WebSocketClient.open(port, '/chat');
        expect(await client.echo('one')).toBe('/chat one');
        process.kill(Number(readFileSync(join(bed.directory, 'tmp/nginx.pid'), 'utf8')), 'SIGHUP');
        await new Promise((resolve) => setTimeout(resolve, 1000));
        expect(await client.echo('two')).toBe('/chat two');
        const another = await WebSocketClient.open(port, '/more');
        expect(await another.echo('three')).toBe('/more three');
        expect(await (await fetch(`http://127.0.0.1:${String(port)}/`)).text()).toBe('ok');
        client.close();
        another.close();
      },
      command,
    ));

  test('finds its path below a mount', () =>
    withMounted(asgi, command, async (port) => {
      const client = await WebSocketClient.open(port, '/live/chat');
      expect(await client.echo('one')).toBe('/chat one');
      client.close();
    }));

  test('is not let through where nobody said so', () =>
    serving(
      asgi,
      ASGI,
      {},
      async (port) => {
        await expect(WebSocketClient.open(port, '/chat')).rejects.toThrow('HTTP/1.1 200 OK');
      },
      command,
    ));
});

async function withMounted(
  backend: (site: TerraformStack) => IBackend,
  command: string,
  body: (port: number) => Promise<void>,
): Promise<void> {
  await withDirectory(async (directory) => {
    writeFileSync(join(directory, 'g.py'), ASGI);
    const stack = siteStack((site) => {
      new NginxFrontend(site, 'web', DEBIAN_12).addBackend('/live/', backend(site), {
        webSocket: true,
        stripPrefix: true,
      });
    });
    const files = { code: { app: directory }, statics: {}, commands: { app: command } };
    await withServers(StackTopology.of(stack).topology(), files, (bed) => body(portOf(bed, 'web', 8080)));
  });
}

describeWith(['nginx', 'gunicorn', 'uwsgi'], 'without buffers', () => {
  describe.each(Object.entries(WSGI_BACKENDS))('in front of %s', (_, backend) => {
    test('an event arrives when it is sent', () =>
      serving(backend, WSGI, { buffering: false }, async (port) => {
        const [first, second] = await eventsAt(port);
        expect(second - first).toBeGreaterThan(1000);
      }));

    test('a body begins to arrive before it has ended', () =>
      serving(backend, WSGI, { requestBuffering: false }, async (port, bed) => {
        const seen = join(bed.directory, 'seen');
        const head = `POST / HTTP/1.1\r\nHost: any.test\r\nX-Seen: ${seen}\r\nContent-Length: 4000\r\n\r\n`;
        const socket = connect(port, '127.0.0.1', () => socket.write(head + 'x'.repeat(2000)));
        for (let tries = 0; tries < 50 && !isThere(seen); tries++)
          await new Promise((resolve) => setTimeout(resolve, 100));
        expect(readFileSync(seen, 'utf8')).toBe('x'.repeat(1024));
        socket.end('x'.repeat(2000));
      }));
  });
});

function isThere(file: string): boolean {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}
