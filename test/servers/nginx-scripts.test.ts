import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GATE_PROBE,
  GATE_START,
  configPublisher,
  nginxProbe,
  nginxReloader,
  nginxStart,
} from '../../lib/topology/plan/nginx-scripts';
import { ask, withDirectory, withProcess } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

/** A machine of containers in one directory: what the scripts call /conf, /run/edge and /tmp lies below it. */
interface Machine {
  readonly root: string;
  /** Published configurations as a container would see them. */
  readonly published: Map<string, string>;
}

/** One nginx container: its hostname, and a /tmp of its own. */
interface Generation extends Machine {
  readonly hostname: string;
}

describeWith(['nginx'], 'the scripts of nginx’s containers, run by the real nginx', () => {
  test('the publisher points next at what it wrote, and current only if there is none yet', async () => {
    await onMachine((machine) => {
      publish(machine, 'one', answering('one'));
      expect(links(machine)).toEqual({ next: 'one', current: 'one' });
      publish(machine, 'two', answering('two'));
      expect(links(machine)).toEqual({ next: 'two', current: 'one' });
    });
  });

  test('the publisher keeps files that the newest configuration or the one that serves names, and no others', async () => {
    await onMachine((machine) => {
      const files = (): string[] =>
        readdirSync(join(machine.root, 'conf')).filter((name) => name.startsWith('file-'));
      const naming = (file: string): string => `events {}\nhttp { auth_basic_user_file /conf/${file}; }\n`;
      for (const name of ['file-1-users', 'file-2-users', 'file-3-users']) {
        writeFileSync(join(machine.root, 'conf', name), '');
        publish(machine, name.slice('file-'.length), naming(name));
      }
      expect(links(machine)).toEqual({ next: '3-users', current: '1-users' });
      expect(files()).toEqual(['file-1-users', 'file-3-users']);
    });
  });

  test('nginx starts with the newest configuration, and becomes current by its probe', async () => {
    await onMachine(async (machine) => {
      publish(machine, 'one', answering('one'));
      publish(machine, 'two', answering('two'));
      await withGeneration(machine, '20260101-a', async (first) => {
        expect(existsSync(join(machine.root, 'edge/current'))).toBe(false);
        expect(await probed(first)).toBe(0);
        expect(readlinkSync(join(machine.root, 'edge/current'))).toBe('20260101-a');
        expect(await answer(machine)).toBe('two');
      });
    });
  });

  test('it starts with the configuration that serves when the newest is refused', async () => {
    await onMachine(async (machine) => {
      publish(machine, 'one', answering('one'));
      publish(machine, 'bad', 'events {}\nhttp { no_such_directive on; }\n');
      await withGeneration(machine, 'a', async (generation) => {
        await probed(generation);
        expect(await answer(machine)).toBe('one');
      });
    });
  });

  test('a newer generation takes over, an older one that starts again does not', async () => {
    await onMachine(async (machine) => {
      publish(machine, 'one', answering('one'));
      await withGeneration(machine, '20260102-b', async (newer) => {
        expect(await probed(newer)).toBe(0);
        await withGeneration(machine, '20260101-a', async (older) => {
          expect(await probed(older)).toBe(0);
          expect(readlinkSync(join(machine.root, 'edge/current'))).toBe('20260102-b');
          await withGeneration(machine, '20260103-c', async (newest) => {
            expect(await probed(newest)).toBe(0);
            expect(readlinkSync(join(machine.root, 'edge/current'))).toBe('20260103-c');
          });
        });
      });
    });
  });

  test('a restart in the same container listens again, although its sockets are still there', async () => {
    await onMachine(async (machine) => {
      publish(machine, 'one', answering('one'));
      await withGeneration(machine, 'a', async (generation) => {
        await probed(generation);
      });
      writeFileSync(join(machine.root, 'edge/a/80.sock'), '');
      await withGeneration(machine, 'a', async (generation) => {
        expect(await probed(generation)).toBe(0);
        expect(await answer(machine)).toBe('one');
      });
    });
  });

  test('without a gate the probe asks for a living nginx alone', async () => {
    await onMachine(async (machine) => {
      publish(machine, 'one', answering('one', 'unix:/run/edge/direct.sock'));
      await withGeneration(
        machine,
        'a',
        (generation) => {
          expect(shell(nginxProbe(false), generation).status).toBe(0);
          expect(existsSync(join(machine.root, 'edge/current'))).toBe(false);
          return Promise.resolve();
        },
        false,
      );
      expect(shell(nginxProbe(false), { ...machine, hostname: 'a' }).status).not.toBe(0);
    });
  });
});

describeWith(['nginx'], 'the reloader', () => {
  test('makes the running nginx take another configuration, and removes those that nobody names', async () => {
    await onMachine(async (machine) => {
      publish(machine, 'one', answering('one'));
      await withGeneration(machine, 'a', async (generation, child) => {
        await probed(generation);
        for (const hash of ['two', 'three']) {
          publish(machine, hash, answering(hash));
          expect(reload(generation, child, hash)).toMatchObject({ status: 0 });
          expect(await answer(machine)).toBe(hash);
        }
        expect(readdirSync(join(machine.root, 'conf')).sort()).toEqual(['current', 'next', 'three']);
      });
    });
  });

  test('does nothing where the configuration serves already', async () => {
    await onMachine(async (machine) => {
      publish(machine, 'one', answering('one'));
      await withGeneration(machine, 'a', async (generation, child) => {
        await probed(generation);
        const before = childrenOf(child);
        expect(reload(generation, child, 'one').status).toBe(0);
        expect(childrenOf(child)).toBe(before);
      });
    });
  });

  test('fails with nginx’s own message on a file that nginx refuses, which goes on serving the old one', async () => {
    await onMachine(async (machine) => {
      publish(machine, 'one', answering('one'));
      await withGeneration(machine, 'a', async (generation, child) => {
        await probed(generation);
        publish(machine, 'bad', 'events {}\nhttp { no_such_directive on; }\n');
        const result = reload(generation, child, 'bad');
        expect(result.status).not.toBe(0);
        expect(result.output).toContain('unknown directive "no_such_directive"');
        expect(links(machine)['current']).toBe('one');
        expect(await answer(machine)).toBe('one');
      });
    });
  });

  test('goes back at once when nginx accepts the file and refuses it at the reload, and says why', async () => {
    await onMachine(async (machine) => {
      const zone = (key: string): string => `limit_req_zone ${key} zone=z:1m rate=9r/s;`;
      publish(machine, 'one', answering('one', undefined, zone('$binary_remote_addr')));
      await withGeneration(machine, 'a', async (generation, child) => {
        await probed(generation);
        publish(machine, 'two', answering('two', undefined, zone('$request_uri')));
        const began = Date.now();
        const result = reload(generation, child, 'two');
        expect(result.status).toBe(1);
        expect(result.output).toContain('refused it at the reload');
        expect(result.output).toMatch(/\[emerg\] .*uses the "\$request_uri" key while previously it used/);
        expect(Date.now() - began).toBeLessThan(10_000);
        expect(links(machine)['current']).toBe('one');
        expect(await answer(machine)).toBe('one');
        mapConf(generation, 'one');
        publish(machine, 'three', answering('three', undefined, zone('$host')));
        const again = reload(generation, child, 'three').output;
        expect(again).toMatch(/uses the "\$host" key/);
        expect(again).not.toMatch(/uses the "\$request_uri" key/);
      });
    });
  });
});

describeWith(['nginx'], 'the gate', () => {
  test('starts from the configuration in its environment', async () => {
    await onMachine(async (machine) => {
      const gate = { ...machine, hostname: 'gate' };
      mkdirSync(join(machine.root, 'tmp-gate'));
      const conf = answering('gate', 'unix:/run/edge/gate.sock').replace('nginx.pid', 'gate.pid');
      const child = start(GATE_START, gate, { GATE_CONF: mapped(conf, gate) });
      await withProcess(
        child,
        () => shell(GATE_PROBE, gate).status === 0,
        async () => {
          expect(
            (await ask({ socketPath: join(machine.root, 'edge/gate.sock'), path: '/' })).body.toString(),
          ).toBe('gate');
        },
      );
    });
  });
});

async function onMachine(body: (machine: Machine) => void | Promise<void>): Promise<void> {
  await withDirectory(async (root) => {
    for (const folder of ['conf', 'edge']) mkdirSync(join(root, folder));
    await body({ root, published: new Map() });
  });
}

/** A configuration that answers every request with a word. */
function answering(word: string, listen = 'unix:/tmp/edge/80.sock', extra = ''): string {
  return [
    'pid /tmp/nginx.pid;',
    'error_log stderr;',
    'events {}',
    `http { access_log off; ${extra}`,
    `server { listen ${listen}; return 200 ${word}; } }`,
    '',
  ].join('\n');
}

function publish(machine: Machine, hash: string, conf: string): void {
  const folder = join(machine.root, 'conf', hash);
  mkdirSync(folder);
  writeFileSync(join(folder, 'nginx.conf'), conf);
  machine.published.set(hash, `# ${hash}\n${conf}`);
  const generation = { ...machine, hostname: 'publisher' };
  expect(shell(configPublisher(hash), generation)).toMatchObject({ status: 0 });
}

function links(machine: Machine): Record<string, string> {
  const target = (name: string): string => readlinkSync(join(machine.root, 'conf', name));
  return { next: target('next'), current: target('current') };
}

/** A text with the container's paths replaced by those of the machine: `/tmp` first, since the machine lies below it. */
function mapped(text: string, { root, hostname }: Generation): string {
  return text
    .replaceAll('/tmp/', `@tmp@/`)
    .replaceAll('/run/edge', `${root}/edge`)
    .replaceAll(/(?<=[\s=])\/conf\b/g, `${root}/conf`)
    .replaceAll('@tmp@', `${root}/tmp-${hostname}`)
    .replaceAll('"$(cat /proc/sys/kernel/hostname)"', hostname)
    .replaceAll("'daemon off;", "'daemon off; user root;");
}

function start(
  script: string,
  generation: Generation,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn('sh', ['-ec', mapped(script, generation)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
}

function shell(
  script: string,
  generation: Generation,
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', mapped(script, generation)], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

/** Runs nginx as its container does; the configurations on the machine are those of this generation while it lives. */
async function withGeneration(
  machine: Machine,
  hostname: string,
  body: (generation: Generation, child: ChildProcess) => Promise<void>,
  gate = true,
): Promise<void> {
  const generation = { ...machine, hostname };
  const tmp = join(machine.root, `tmp-${hostname}`);
  mkdirSync(tmp, { recursive: true });
  for (const hash of machine.published.keys()) mapConf(generation, hash);
  const child = start(nginxStart(gate), generation);
  const pid = join(tmp, 'nginx.pid');
  await withProcess(
    child,
    () => existsSync(pid),
    () => body(generation, child),
  );
}

/** What a container sees below /tmp is its own: the file is the one of the generation that reads it. */
function mapConf(generation: Generation, hash: string): void {
  const conf = mapped(generation.published.get(hash) ?? '', generation);
  writeFileSync(join(generation.root, 'conf', hash, 'nginx.conf'), conf);
}

async function probed(generation: Generation): Promise<number | null> {
  const probe = (): number | null => shell(nginxProbe(true), generation).status;
  for (let tries = 0; probe() !== 0 && tries < 50; tries++) await new Promise((done) => setTimeout(done, 50));
  return probe();
}

async function answer(machine: Machine): Promise<string> {
  const current = readlinkSync(join(machine.root, 'edge/current'));
  const { body } = await ask({ socketPath: join(machine.root, 'edge', current, '80.sock'), path: '/' });
  return body.toString();
}

/** Runs the reloader against an nginx that is not process 1. */
function reload(
  generation: Generation,
  child: ChildProcess,
  hash: string,
): { readonly status: number | null; readonly output: string } {
  mapConf(generation, hash);
  const pid = String(child.pid);
  const script = nginxReloader(hash, 3)
    .replaceAll('/proc/1/task/1/', `/proc/${pid}/task/${pid}/`)
    .replaceAll('/proc/1/root', `/proc/${pid}/root`);
  return shell(
    script.replaceAll('mkdir -p /tmp/edge', ':').replaceAll('kill -HUP 1', `kill -HUP ${pid}`),
    generation,
  );
}

function childrenOf(child: ChildProcess): string {
  const pid = String(child.pid);
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
}
