import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import {
  Directive,
  Gate,
  GunicornApp,
  Listener,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  Size,
} from 'cdktf-wsgi';
import { failure } from './deployment';
import type { Run } from './deployment';
import { once, startLoad } from './load';
import { report } from './report';
import { Rollouts } from './rollouts';
import { GUNICORN, NGINX } from './site';
import type { Change } from './site';

const PORT = 8350;
const loopback = (port: number): Listener => Listener.http(port, { address: '127.0.0.1' });

let site: Rollouts;

beforeAll(async () => {
  site = await Rollouts.start('gates', PORT);
  await site.applied(everything({}));
});

afterAll(() => site.end());

/** Beside the site: nginx without a gate, an application without nginx, and a location for WebSockets. */
function everything({
  ports = [PORT],
  megabytes = 100,
  version = '1',
  sockets: socketsVersion = '1',
}): Change {
  return {
    web: { listeners: ports.map(loopback), memory: Size.mebibytes(megabytes) },
    more: (stack, web) => {
      const environment = { VERSION: version };
      const sockets = new GunicornApp(stack, 'sockets', {
        ...GUNICORN,
        environment: { VERSION: socketsVersion },
      });
      web.addLocation(LocationMatch.exact('/ws'), LocationAction.passTo(sockets), {
        directives: [
          Directive.of('proxy_set_header', ['Upgrade', '$http_upgrade']),
          Directive.of('proxy_set_header', ['Connection', 'upgrade']),
        ],
      });
      new GunicornApp(stack, 'direct', { ...GUNICORN, environment, listeners: [loopback(8356)] });
      const bare = new NginxFrontend(stack, 'bare', {
        image: NGINX,
        gate: Gate.none(),
        listeners: [loopback(8357)],
        memory: Size.mebibytes(megabytes),
      });
      bare.addBackend('/', sockets);
    },
  };
}

/** Applies a change that closes a port for a moment; how long is measured, and depends on the machine. */
async function gapOf(title: string, port: number, change: Change): Promise<void> {
  site.deployment.begin(title);
  const load = startLoad(port, ['/', '/'], []);
  const start = Date.now();
  const run = await site.apply(change);
  const seconds = (Date.now() - start) / 1000;
  await new Promise((done) => setTimeout(done, 1500));
  const { requests, lost, gap } = await load.stop();
  report({ title, code: run.code, seconds, requests, lost: lost.length, gap });
  expect(failure(run)).toBe('');
  expect((await once(port, '/')).status).toBe(200);
}

test('15: an application without nginx serves, and its replacement closes its port for a moment', async () => {
  expect(await once(8356, '/')).toMatchObject({ status: 200, body: '1' });
  const change = everything({ version: '2' });
  await gapOf('15: a published application replaced', 8356, change);
  expect((await once(8356, '/')).body).toBe('2');
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('20: without a gate, a replacement of nginx closes the port for a moment', async () => {
  const change = everything({ megabytes: 120, version: '2' });
  await gapOf('20: nginx without a gate replaced', 8357, change);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test.each([
  ['added beside one that stays', [PORT, 8351]],
  ['changed beside one that stays', [PORT, 8352]],
  ['dropped', [PORT]],
])('17: a port %s is one apply, and only the gate is replaced', async (title, ports) => {
  const others = (): string[] => site.running().filter((id) => !site.running('web-gate').includes(id));
  const before = others();
  const change = everything({ ports, megabytes: 120, version: '2' });
  const outcome = await site.under(`17: a port ${title}`, change);
  expect(failure(outcome)).toBe('');
  expect(others()).toEqual(before);
  expect([outcome.begun, outcome.gone]).toEqual([['web-gate'], ['web-gate']]);
  for (const port of ports) expect((await once(port, '/')).status).toBe(200);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('20: clients that keep their connections lose at most one request each at a replacement of nginx', async () => {
  site.deployment.begin('20: clients that keep their connections');
  const clients = Array.from({ length: 20 }, () => keptConnection('/api/'));
  const start = Date.now();
  const run = await site.apply(everything({ megabytes: 140, version: '2' }));
  const tallies = await Promise.all(clients.map((client) => client.stop()));
  const sum = (name: 'requests' | 'lost'): number => tallies.reduce((all, each) => all + each[name], 0);
  const seconds = (Date.now() - start) / 1000;
  report({
    title: '20: 20 clients that keep their connections',
    code: run.code,
    seconds,
    requests: sum('requests'),
    lost: sum('lost'),
  });
  expect(failure(run)).toBe('');
  expect(Math.max(...tallies.map(({ lost }) => lost))).toBeLessThanOrEqual(1);
});

test('20: a WebSocket lives as long after a reload and a replacement of nginx as its workers may take to stop', async () => {
  const [unchanged, reloaded] = [
    everything({ megabytes: 140, version: '2' }),
    [Directive.of('charset', ['utf-8'])],
  ];
  const first = await openWebSocket();
  const afterReload = secondsUntilClosed(first, () => site.apply({ ...unchanged, directives: reloaded }));
  await afterReload.applied;
  expect(await echo(first, 'after a reload')).toBe('after a reload');
  const second = await openWebSocket();
  const replaced = { ...everything({ megabytes: 160, version: '2' }), directives: reloaded };
  const afterReplacement = secondsUntilClosed(second, () => site.apply(replaced));
  await afterReplacement.applied;
  for (const [what, { closed }] of [
    ['reloaded', afterReload],
    ['replaced', afterReplacement],
  ] as const) {
    const seconds = await closed;
    report({
      title: `20: a WebSocket after nginx was ${what}`,
      code: 0,
      seconds,
      requests: 1,
      lost: 0,
    });
    expect(seconds).toBeGreaterThan(25);
    expect(seconds).toBeLessThan(60);
  }
});

test('20: a WebSocket lives as long after the replacement of its application as that takes to drain', async () => {
  const now = { megabytes: 160, version: '2' };
  const directives = [Directive.of('charset', ['utf-8'])];
  const socket = await openWebSocket();
  const replaced = { ...everything({ ...now, sockets: '2' }), directives };
  const { applied, closed } = secondsUntilClosed(socket, () => site.apply(replaced));
  const seconds = await closed;
  await applied;
  const title = '20: a WebSocket after its application was replaced';
  report({ title, code: 0, seconds, requests: 1, lost: 0 });
  expect(seconds).toBeGreaterThan(25);
  expect(seconds).toBeLessThan(60);
  const another = await openWebSocket();
  expect(await echo(another, 'to the new one')).toBe('to the new one');
  another.destroy();
});

/** Applies something, and waits for the end of a connection from the beginning of that. */
function secondsUntilClosed(
  socket: Socket,
  apply: () => Promise<Run>,
): { readonly applied: Promise<void>; readonly closed: Promise<number> } {
  const start = Date.now();
  const closed = new Promise<number>((done) =>
    socket.on('close', () => {
      done((Date.now() - start) / 1000);
    }),
  );
  const applied = apply().then((run) => {
    expect(failure(run)).toBe('');
  });
  return { applied, closed };
}

/** Asks again and again on one connection, a new one only when it was closed. */
function keptConnection(path: string): { readonly stop: () => Promise<{ requests: number; lost: number }> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const seen = { requests: 0, lost: 0 };
  const state = { running: true };
  const ask = (): Promise<boolean> =>
    new Promise((done) => {
      get({ host: '127.0.0.1', port: PORT, path, agent }, (response) => {
        response.resume().on('end', () => {
          done(response.statusCode === 200);
        });
      }).on('error', () => {
        done(false);
      });
    });
  const loop = (async () => {
    while (state.running) {
      seen.requests++;
      if (!(await ask())) seen.lost++;
      await new Promise((done) => setTimeout(done, 20));
    }
    agent.destroy();
    return seen;
  })();
  return {
    stop: () => {
      state.running = false;
      return loop;
    },
  };
}

async function openWebSocket(): Promise<Socket> {
  const socket = connect(PORT, '127.0.0.1');
  const key = Buffer.from('sixteen bytes...').toString('base64');
  socket.write(
    [
      'GET /ws HTTP/1.1',
      'Host: a',
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Key: ${key}`,
      'Sec-WebSocket-Version: 13',
      '',
      '',
    ].join('\r\n'),
  );
  const head = await next(socket);
  if (!head.startsWith('HTTP/1.1 101')) throw new Error(head);
  return socket;
}

function echo(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  return next(socket);
}

function next(socket: Socket): Promise<string> {
  return new Promise((done, fail) => {
    socket.once('data', (chunk: Buffer) => {
      done(chunk.toString());
    });
    socket.once('error', fail);
  });
}
