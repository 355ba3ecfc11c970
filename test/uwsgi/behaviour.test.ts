import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  Duration,
  FileMode,
  Listener,
  Mount,
  UwsgiCache,
  UwsgiCheaperAlgo,
  UwsgiDaemon,
  UwsgiFileServeMode,
  UwsgiLogEncoder,
  UwsgiLogFormat,
  UwsgiLogger,
  UwsgiProtocol,
  UwsgiStatsPush,
  UwsgiTimer,
  UwsgiCron,
  WsgiModule,
} from 'cdktf-wsgi';
import type { UwsgiAppProps } from 'cdktf-wsgi';
import { ask } from '../helpers/nginx';
import type { Answer } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { RELEASES, withRelease } from '../helpers/real-uwsgi';
import type { Running } from '../helpers/real-uwsgi';

const APP = [
  'import os, time, uwsgi',
  'PLACE = os.path.dirname(os.getcwd()) + "/tmp/"',
  'def wrote(name, text):',
  '    with open(PLACE + name, "a") as out: out.write(text + "\\n")',
  'uwsgi.register_signal(17, "", lambda number: wrote("timer", str(number)))',
  'def spool(arguments):',
  '    wrote("spooled", arguments[b"name"].decode())',
  '    return uwsgi.SPOOL_OK',
  'uwsgi.spooler = spool',
  'def app(environ, start_response):',
  '    path = environ["PATH_INFO"]',
  '    if path == "/slow": time.sleep(1)',
  '    if path == "/hang": time.sleep(20)',
  '    if path == "/spool": uwsgi.spool({b"name": b"a task"})',
  '    start_response("404 Not Found" if path == "/none" else "200 OK", [])',
  '    return [("NAME %s|%s" % (environ.get("SCRIPT_NAME", ""), path)).encode()]',
  '',
].join('\n');

const FILES = {
  'p.py': APP.replace('NAME', 'main'),
  'api.py':
    'def app(environ, start_response):\n    start_response("200 OK", [])\n    return [("api %s|%s" % (environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"])).encode()]\n',
  'second.py':
    'def shop(environ, start_response):\n    start_response("200 OK", [])\n    return [("shop %s|%s" % (environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"])).encode()]\n',
  'factory.py':
    'def create_app():\n    def app(environ, start_response):\n        start_response("200 OK", [])\n        return [("made %s|%s" % (environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"])).encode()]\n    return app\n',
  'mule.py':
    'import os, time\nwith open(os.path.dirname(os.getcwd()) + "/tmp/mule", "w") as out: out.write("ran")\nwhile True: time.sleep(1)\n',
};

/** What the message about an unknown placeholder offers instead. */
const PLACEHOLDERS = offered();

function offered(): string[] {
  try {
    UwsgiLogFormat.of('%(unheard of)');
  } catch (error) {
    return /give one of (.*), var\./.exec(String(error))?.[1]?.split(', ') ?? [];
  }
  return [];
}

/** A request as nginx passes it, with everything that a placeholder tells of. */
const REQUEST = {
  REQUEST_METHOD: 'GET',
  REQUEST_URI: '/x',
  PATH_INFO: '/x',
  SERVER_PROTOCOL: 'HTTP/1.1',
  REMOTE_ADDR: '10.0.0.7',
  REMOTE_USER: 'joe',
  HTTP_HOST: 'shop',
  HTTP_USER_AGENT: 'test',
  HTTP_REFERER: 'a',
  CONTENT_LENGTH: '0',
};

/** A request in uWSGI's protocol: a head with the size, then each name and value with theirs. */
function packet(vars: Readonly<Record<string, string>>): Buffer {
  const sized = (text: string): Buffer => Buffer.concat([size(text.length), Buffer.from(text)]);
  const all = Buffer.concat(Object.entries(vars).flatMap(([name, value]) => [sized(name), sized(value)]));
  return Buffer.concat([Buffer.from([0]), size(all.length), Buffer.from([0]), all]);
}

function size(length: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(length);
  return bytes;
}

async function send(at: Running['at'], bytes: Buffer): Promise<void> {
  const socket = 'port' in at ? connect(at.port) : connect(at.socketPath);
  await new Promise<void>((closed, failed) => {
    socket.on('close', () => {
      closed();
    });
    socket.on('error', failed);
    socket.resume().end(bytes);
  });
}

async function body({ at }: Running, path: string): Promise<string> {
  return (await ask({ ...at, path })).body.toString();
}

/** What a number of clients get in some seconds, each asking as soon as it has an answer; a failure is an answer too. */
async function underLoad(clients: number, seconds: number, ask: () => Promise<string>): Promise<string[]> {
  const until = Date.now() + seconds * 1000;
  const answers: string[] = [];
  const client = async (): Promise<void> => {
    while (Date.now() < until) answers.push(await ask().catch(String));
  };
  await Promise.all(Array.from({ length: clients }, client));
  return answers;
}

/** Waits until something is true. */
async function eventually(condition: () => boolean, seconds = 30): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > seconds * 10) throw new Error(`it did not come true in ${String(seconds)} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

interface Receiver {
  readonly server: string;
  got(): string;
  close(): void;
}

/** A server that keeps the datagrams that it gets. */
async function datagrams(): Promise<Receiver> {
  const socket = createSocket('udp4');
  let got = '';
  socket.on('message', (message) => (got += `${message.toString()}\n`));
  await new Promise<void>((bound) => {
    socket.bind(0, '127.0.0.1', bound);
  });
  return {
    server: `127.0.0.1:${String(socket.address().port)}`,
    got: () => got,
    close: () => {
      socket.close();
    },
  };
}

function written({ directory }: Running, name: string): string {
  const file = join(directory, 'tmp', name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

describe.each(RELEASES)('uWSGI $version does what the props promise', (release) => {
  describeWith([release.program], `with ${release.flavour} plugins`, () => {
    const runs = (over: Partial<UwsgiAppProps>, check: (running: Running) => Promise<void>): Promise<void> =>
      withRelease(release, over, FILES, check);

    test('mounted applications answer their prefix, which is their SCRIPT_NAME, and module the rest', async () => {
      const mountApps = {
        '/api': WsgiModule.file('api.py', 'app'),
        '/shop': WsgiModule.dotted('second', 'shop'),
      };
      await runs({ mountApps }, async (running) => {
        expect(await body(running, '/api/orders')).toBe('api /api|/orders');
        expect(await body(running, '/shop')).toBe('shop /shop|');
        expect(await body(running, '/shopping')).toBe('main |/shopping');
        expect(await body(running, '/')).toBe('main |/');
      });
    });

    test('an application that a function makes is served, as module and as a mounted one', async () => {
      const made = WsgiModule.factory('factory', 'create_app');
      await runs({ module: made, mountApps: { '/made': made } }, async (running) => {
        expect(await body(running, '/')).toBe('made |/');
        expect(await body(running, '/made/x')).toBe('made /made|/x');
      });
    });

    test('the line of a request looks as it was written', async () => {
      const logformat = UwsgiLogFormat.of('LINE %(method) %(uri) %(status) %(var.HTTP_HOST) 100% %(uagent)');
      await runs({ logformat, disableLogging: false }, async (running) => {
        await ask({ ...running.at, path: '/none', headers: { host: 'shop', 'user-agent': 'test' } });
        await eventually(() => /^LINE GET \/none 404 shop 100% test$/m.test(running.said()));
      });
    });

    test('every placeholder that the library knows tells something of a request', async () => {
      const logformat = UwsgiLogFormat.of(PLACEHOLDERS.map((name) => `${name}=%(${name})`).join(' '));
      const over = { logformat, disableLogging: false, protocol: UwsgiProtocol.UWSGI };
      await runs(over, async (running) => {
        await send(running.at, packet(REQUEST));
        await eventually(() => running.said().includes('\nuri=/x '));
        const line =
          running
            .said()
            .split('\n')
            .find((text) => text.startsWith('uri=/x ')) ?? '';
        expect(line.match(/\S+=-(?= |$)/g)).toBeNull();
        expect(line).toContain(' user=joe ');
        expect(PLACEHOLDERS).toHaveLength(39);
      });
    });

    test('the time before a line looks as it was written', async () => {
      await runs({ logDate: '<%Y-%m-%d>' }, async (running) => {
        await eventually(() => /^<20\d\d-\d\d-\d\d> - spawned uWSGI worker 1/m.test(running.said()));
      });
    });

    test('encoders make JSON of each line', async () => {
      const logEncoder = [UwsgiLogEncoder.json('{"unix":${unix},"line":"${msg}"}'), UwsgiLogEncoder.nl()];
      await runs({ logEncoder, disableLogging: false }, async (running) => {
        await ask({ ...running.at, path: '/json?"' });
        await eventually(() => /^\{"unix":\d+,"line":".*\/json\?/m.test(running.said()));
        const line = /^\{"unix":\d+,"line":".*\/json\?.*\}$/m.exec(running.said())?.[0] ?? '';
        expect(JSON.parse(line)).toMatchObject({ line: expect.stringContaining('/json?') as string });
      });
    });

    test('a mule runs its program, a timer calls its function, a daemon lives', async () => {
      const over = {
        mule: ['mule.py'],
        timer: [UwsgiTimer.of(17, Duration.seconds(1))],
        attachDaemon2: [UwsgiDaemon.of('echo alive > daemon; exec sleep 60', { chdir: '/tmp' })],
        workerReloadMercy: Duration.seconds(2),
      };
      await runs(over, async (running) => {
        await eventually(() => written(running, 'mule') === 'ran');
        await eventually(() => written(running, 'timer').startsWith('17\n'));
        await eventually(() => written(running, 'daemon') === 'alive\n');
      });
    });

    test('a daemon gets its command whole, whatever it holds', async () => {
      const words = ['a,b', 'c\\d', '"e"', 'f=g', ' h '];
      const quoted = words.map((word) => `'${word}'`).join(' ');
      const command = `printf '%s|' ${quoted} > words; exec sleep 60`;
      const attachDaemon2 = [UwsgiDaemon.of(command, { chdir: '/tmp' })];
      await runs({ attachDaemon2, workerReloadMercy: Duration.seconds(2) }, async (running) => {
        await eventually(() => written(running, 'words') !== '');
        expect(written(running, 'words')).toBe(`${words.join('|')}|`);
      });
    });

    test('a cache has the name that it was given', async () => {
      await runs({ cache2: [UwsgiCache.of('a,"b"\\c', { items: 10 })] }, async (running) => {
        await eventually(() => running.said().includes('*** Cache "a,"b"\\c" initialized'));
      });
    });

    test('umask is that of files, and not of the socket', async () => {
      const over = { umask: FileMode.of('002'), socketMode: FileMode.of('660') };
      await runs(over, ({ at, directory }) => {
        const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
        expect('socketPath' in at ? modeOf(at.socketPath) : '').toBe('660');
        expect(modeOf(join(directory, 'tmp/.loaded'))).toBe('664');
        return Promise.resolve();
      });
    });

    test('the spooler takes a task', async () => {
      const over = {
        spooler: ['/srv/tasks'],
        mounts: [Mount.hostPath('/srv/tasks', '/srv/tasks')],
      };
      await runs(over, async (running) => {
        await body(running, '/spool');
        await eventually(() => written(running, 'spooled') === 'a task\n');
      });
    });

    test('gevent answers ten slow requests of one worker at once', async () => {
      await runs({ gevent: 20, processes: 1 }, async (running) => {
        const began = Date.now();
        const all = await Promise.all(Array.from({ length: 10 }, () => body(running, '/slow')));
        expect(all).toEqual(Array.from({ length: 10 }, () => 'main |/slow'));
        expect(Date.now() - began).toBeLessThan(6000);
      });
    });

    test('busyness is the algorithm that runs', async () => {
      await runs({ cheaper: 1, processes: 3, cheaperAlgo: UwsgiCheaperAlgo.busyness() }, (running) => {
        expect(running.said()).toContain('[busyness] settings: ');
        expect(running.said()).not.toContain('falling back to spare');
        return Promise.resolve();
      });
    });

    test('the http router passes to the workers', async () => {
      const over = {
        listeners: [Listener.http(9090)],
        http: true,
        httpKeepalive: Duration.seconds(5),
        httpAutoChunked: true,
      };
      await runs(over, async (running) => {
        expect(await body(running, '/x')).toBe('main |/x');
      });
    });

    test('files say how long they keep, have compressed copies, and are never code', async () => {
      const over = {
        staticMaps: { '/static': '/app/static' },
        staticExpires: { '\\.css$': Duration.hours(1) },
        staticGzip: ['\\.css$'],
        staticSkipExt: ['.py'],
      };
      await runs(over, async (running) => {
        for (const name of ['a.css', 'a.css.gz', 'b.js', 'c.py']) {
          writeFileSync(join(running.directory, 'app/static', name), name);
        }
        const get = (path: string, headers = {}): Promise<Answer> => ask({ ...running.at, path, headers });
        const css = await get('/static/a.css');
        expect(css.body.toString()).toBe('a.css');
        const kept = Date.parse(String(css.headers['expires'])) - Date.now();
        expect(kept).toBeGreaterThan(3_500_000);
        expect(kept).toBeLessThan(3_610_000);
        const packed = await get('/static/a.css', { 'accept-encoding': 'gzip' });
        expect(packed.body.toString()).toBe('a.css.gz');
        expect((await get('/static/b.js')).headers['expires']).toBeUndefined();
        expect((await get('/static/c.py')).body.toString()).toBe('main |/static/c.py');
      });
    });

    test('nginx is told which file to send', async () => {
      const over = {
        staticMaps: { '/static': '/app/static' },
        fileServeMode: UwsgiFileServeMode.X_ACCEL_REDIRECT,
        listeners: [Listener.http(9090)],
      };
      await runs(over, async (running) => {
        const file = join(running.directory, 'app/static/a.css');
        writeFileSync(file, 'a');
        const answer = await ask({ ...running.at, path: '/static/a.css' });
        expect(answer.headers['x-accel-redirect']).toBe(file);
      });
    });

    test.each([
      [
        'a syslog server',
        (server: string) => UwsgiLogger.rsyslog(server, 'shop'),
        /^<\d+>.* shop: .*GET \/logged/m,
      ],
      ['a server of datagrams', (server: string) => UwsgiLogger.socket(server), /GET \/logged/],
    ])('%s gets the lines of requests', async (_, logger, line) => {
      const receiver = await datagrams();
      try {
        const over = { reqLogger: [logger(receiver.server)], disableLogging: false };
        await runs(over, async (running) => {
          await body(running, '/logged');
          await eventually(() => line.test(receiver.got()));
          expect(running.said()).not.toContain('GET /logged');
        });
      } finally {
        receiver.close();
      }
    });

    test('a command into the fifo reloads the server gracefully', async () => {
      await runs({ masterFifo: ['/tmp/fifo'] }, async (running) => {
        appendFileSync(join(running.directory, 'tmp/fifo'), 'r');
        await eventually(() => /gracefully \(RE\)spawned uWSGI master/.test(running.said()));
        expect(await body(running, '/x')).toBe('main |/x');
      });
    });

    test('a request that takes too long is asked to end, and then killed', async () => {
      const graceful = release.version === '2.0.21' ? {} : { harakiriGracefulTimeout: Duration.seconds(1) };
      await runs({ harakiri: Duration.seconds(1), ...graceful }, async (running) => {
        await expect(body(running, '/hang')).rejects.toThrow();
        await eventually(() => running.said().includes('HARAKIRI'));
        expect(await body(running, '/x')).toBe('main |/x');
      });
    });

    if (release.version !== '2.0.21') {
      test('a worker with threads that has had its time, or its requests, is recycled without a lost request', async () => {
        const over = {
          threads: 4,
          maxRequests: 40,
          maxWorkerLifetime: Duration.seconds(2),
          minWorkerLifetime: Duration.seconds(1),
        };
        await runs(over, async (running) => {
          const answers = await underLoad(8, 6, () => body(running, '/'));
          expect(new Set(answers)).toEqual(new Set(['main |/']));
          expect(running.said().match(/Respawned uWSGI worker/g)?.length).toBeGreaterThan(2);
        });
      });
    }

    test('SIGTERM at a server with mules, a spooler and a router ends it, and all of them', async () => {
      const over = {
        mule: ['mule.py'],
        spooler: ['/srv/tasks'],
        mounts: [Mount.hostPath('/srv/tasks', '/srv/tasks')],
        listeners: [Listener.http(9090)],
        http: true,
        workerReloadMercy: Duration.seconds(2),
      };
      let seen: Running | undefined;
      await runs(over, (running) => {
        seen = running;
        return Promise.resolve();
      });
      expect(seen?.said()).toContain('goodbye to uWSGI.');
    });
  });
});

describeWith(['uwsgi'], "Debian's uWSGI", () => {
  const [release] = RELEASES;
  if (release === undefined) throw new Error('no release');

  test('asyncio answers, with a greenlet for each request', async () => {
    await withRelease(release, { asyncio: 10, processes: 1 }, FILES, async (running) => {
      expect(await body(running, '/x')).toBe('main |/x');
      expect(running.said()).not.toContain('DANGER');
    });
  });

  test('statsd gets metrics under the prefix', async () => {
    const receiver = await datagrams();
    try {
      const over = { statsPush: [UwsgiStatsPush.statsd(receiver.server, 'shop')] };
      await withRelease(release, over, FILES, async () => {
        await eventually(() => receiver.got().includes('shop.worker.1.requests:'));
      });
    } finally {
      receiver.close();
    }
  });

  test('cron runs a command', async () => {
    const over = { cron: [UwsgiCron.of('echo ran >> ../tmp/cron')] };
    await withRelease(release, over, FILES, async (running) => {
      await eventually(() => written(running, 'cron') === 'ran\n', 75);
    });
  }, 90_000);
});
