import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { describeWith } from '../helpers/programs';
import { freePort } from '../helpers/free-port';
import { compileClient, lostOf, worstSecond } from './connections';
import type { Client, Connections, Outcome } from './connections';

const answer = (status: string, length: number | undefined, body: string): string =>
  [
    `HTTP/1.1 ${status}`,
    ...(length === undefined ? [] : [`content-length: ${String(length)}`]),
    'Connection: close',
    '',
    body,
  ].join('\r\n');

/** How the server behaves on each path, by what the client has to make of it. */
const BEHAVIOUR: Readonly<Record<string, readonly [Outcome, (socket: Socket) => void]>> = {
  '/good': ['good', (socket) => socket.end(answer('200 OK', 4, 'body'))],
  '/empty': ['good', (socket) => socket.end(answer('200 OK', 0, ''))],
  '/large': ['good', (socket) => socket.end(answer('200 OK', 300_000, 'x'.repeat(300_000)))],
  '/parts': [
    'good',
    (socket) => {
      const text = answer('200 OK', 4, 'body');
      socket.write(text.slice(0, 30));
      setTimeout(() => socket.end(text.slice(30)), 20);
    },
  ],
  '/reset': ['reset', (socket) => socket.resetAndDestroy()],
  '/reset-after-a-part': [
    'reset',
    (socket) => {
      socket.write(answer('200 OK', 100, 'part'));
      setTimeout(() => socket.resetAndDestroy(), 20);
    },
  ],
  '/error': ['badStatus', (socket) => socket.end(answer('500 Internal Server Error', 4, 'body'))],
  '/redirect': ['badStatus', (socket) => socket.end(answer('302 Found', 0, ''))],
  '/short': ['wrongBody', (socket) => socket.end(answer('200 OK', 10, 'body'))],
  '/long': ['wrongBody', (socket) => socket.end(answer('200 OK', 2, 'body'))],
  '/unannounced': ['wrongBody', (socket) => socket.end(answer('200 OK', undefined, 'body'))],
  '/closed': ['wrongBody', (socket) => socket.end()],
  '/silent': ['hung', () => undefined],
  '/half': ['hung', (socket) => socket.write(answer('200 OK', 10, 'body'))],
};

/** A server that counts how it has behaved; `/mixed` goes through all that does not hang. */
async function start(): Promise<{ readonly server: Server; readonly port: number; readonly seen: Counts }> {
  const seen: Counts = new Map();
  let mixed = 0;
  const all = Object.keys(BEHAVIOUR).filter((path) => BEHAVIOUR[path]?.[0] !== 'hung');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data: Buffer) => {
      const asked = /^GET (\S+) HTTP\/1\.1\r\n[^]*\r\n\r\n$/.exec(data.toString())?.[1];
      const path = asked === '/mixed' ? (all[mixed++ % all.length] ?? '') : (asked ?? '');
      const [outcome, behave] = BEHAVIOUR[path] ?? [];
      if (outcome !== undefined) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      behave?.(socket);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, port: (server.address() as AddressInfo).port, seen };
}

type Counts = Map<Outcome, number>;

const counted = ({ outcomes }: Connections): Counts =>
  new Map(Object.entries(outcomes).filter(([, count]) => count > 0) as [Outcome, number][]);

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

describeWith(['cc'], 'the client that offers connections at a rate', () => {
  let client: Client;
  let at: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    client = compileClient();
    at = await start();
  });

  afterAll(() => {
    client.remove();
    at.server.close();
  });

  beforeEach(() => {
    at.seen.clear();
  });

  async function offer(
    path: string,
    rate: number,
    milliseconds: number,
    port = at.port,
  ): Promise<Connections> {
    const running = client.start({ address: '127.0.0.1', port, path, rate, hangSeconds: 1 });
    await pause(milliseconds);
    return running.stop();
  }

  const rows = Object.entries(BEHAVIOUR).map(([path, [outcome]]) => [path, outcome] as const);

  test.each(rows)('%s counts as %s, each time', async (path, outcome) => {
    const seen = await offer(path, 100, 300);
    expect([...counted(seen)]).toEqual([[outcome, seen.offered]]);
    expect(seen.offered).toBeGreaterThan(10);
    expect(at.seen.get(outcome)).toBe(seen.offered);
  });

  test('nobody there counts as refused', async () => {
    const seen = await offer('/', 100, 300, await freePort());
    expect([...counted(seen)]).toEqual([['refused', seen.offered]]);
    expect(seen.offered).toBeGreaterThan(10);
  });

  test('of a server that does all of that, it counts what the server has done', async () => {
    const seen = await offer('/mixed', 500, 1000);
    expect(lostOf(seen)).toBeGreaterThan(100);
    expect(counted(seen)).toEqual(at.seen);
  });

  test('it keeps to its rate, and tells the good answers of each second', async () => {
    const seen = await offer('/good', 400, 2500);
    expect(seen.offered / seen.seconds).toBeGreaterThan(380);
    expect(seen.offered / seen.seconds).toBeLessThanOrEqual(400);
    expect(seen.goodInSecond.reduce((sum, each) => sum + each, 0)).toBe(seen.offered);
    expect(worstSecond(seen)).toBe(Math.min(...seen.goodInSecond.slice(0, 2)));
  });

  test('it tells how long the slowest good answer took', async () => {
    const { slowestSeconds } = await offer('/parts', 100, 300);
    expect(slowestSeconds).toBeGreaterThan(0.019);
    expect(slowestSeconds).toBeLessThan(1);
  });

  test('a second without a good answer is the worst one, also when it is the last', () => {
    const seen = {
      offered: 9,
      seconds: 3.2,
      slowestSeconds: 0,
      outcomes: { good: 9 } as Connections['outcomes'],
    };
    expect(worstSecond({ ...seen, goodInSecond: [5, 4] })).toBe(0);
    expect(worstSecond({ ...seen, goodInSecond: [5, 4, 6, 1] })).toBe(4);
  });

  test('what is under way when it is stopped still counts', async () => {
    const running = client.start({
      address: '127.0.0.1',
      port: at.port,
      path: '/half',
      rate: 100,
      hangSeconds: 2,
    });
    await pause(300);
    const start = Date.now();
    const seen = await running.stop();
    expect([...counted(seen)]).toEqual([['hung', seen.offered]]);
    expect(Date.now() - start).toBeLessThan(4000);
  });

  test('it does not outlive whoever has started it', async () => {
    const child = spawn(client.program, ['127.0.0.1', String(at.port), '/good', '10', '1'], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    await pause(200);
    child.stdin.end();
    expect(await new Promise((done) => child.on('close', done))).toBe(0);
  });

  test.each([
    ['an address', ['nowhere', '80', '/', '1', '1']],
    ['a rate', ['127.0.0.1', '80', '/', '0', '1']],
    ['every argument', ['127.0.0.1']],
  ])('fails without %s', async (_, args) => {
    const child = spawn(client.program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
    expect(await new Promise((done) => child.on('close', done))).not.toBe(0);
  });
});
