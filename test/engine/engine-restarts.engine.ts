import { existsSync, readFileSync } from 'node:fs';
import type { TerraformStack } from 'cdktf';
import { DockerHost, GunicornApp, Listener, NginxFrontend, UwsgiApp } from 'cdktf-wsgi';
import { Deployment, failure } from './deployment';
import { dockerCan, leftOf, running } from './docker';
import { testOnEngineOfOurs } from './engine-of-ours';
import type { EngineOfOurs } from './engine-of-ours';
import { engineVersion } from './engine-version';
import { livesOf } from './kill';
import { servesAgain } from './load';
import { testName } from './names';
import { report } from './report';
import { GUNICORN, NGINX, UWSGI } from './site';

const STACK = testName('reboot');
const PORTS = Array.from({ length: 12 }, (_, at) => 8400 + at);

testOnEngineOfOurs(
  '11: the engine stopped and started five times, with 12 frontends of one application each: everything serves again each time, without an apply',
  restarts,
  600_000,
);

async function restarts(engine: EngineOfOurs): Promise<void> {
  const deployment = await Deployment.start(STACK);
  const first = await deployment.apply(frontends);
  expect(failure(first)).toBe('');
  const containers = running(STACK).sort();
  expect(containers).toHaveLength(3 * PORTS.length);
  for (let time = 1; time <= 5; time++) {
    const seconds = await stopAndStart(engine);
    report({
      title: `11: engine stopped and started, ${String(time)}`,
      code: 0,
      seconds,
      requests: 0,
      lost: 0,
    });
    expect(running(STACK).sort()).toEqual(containers);
    expect(await deployment.planIsEmpty()).toBe(true);
  }
  expect(failure(await deployment.destroy())).toBe('');
  expect(leftOf(STACK)).toEqual([]);
}

/** Returns the seconds until everything serves again. What was in the memory of a container before has to be lost. */
async function stopAndStart(engine: EngineOfOurs): Promise<number> {
  const all = running(STACK);
  const marked = ['app-8400', 'web-8400-nginx', 'web-8400-gate'].flatMap((part) => running(STACK, part));
  expect(marked).toHaveLength(3);
  for (const id of marked) expect(dockerCan('exec', id, 'touch', '/tmp/mark')).toBe(true);
  const [process, before] = [engine.process(), livesOf(all)];
  const life = lifeOf(process);
  engine.stopAndStart();
  expect(lifeOf(engine.process())).not.toBe(life);
  expect(lifeOf(process)).not.toBe(life);
  const seconds = await servesAgain(
    PORTS.map((port) => ({ port, path: '/' })),
    90,
  );
  for (const [at, { startedAt }] of livesOf(all).entries()) expect(startedAt).not.toBe(before[at]?.startedAt);
  for (const id of marked) expect(dockerCan('exec', id, 'test', '-e', '/tmp/mark')).toBe(false);
  return seconds;
}

/** When a process was started, in ticks since the kernel was: its number may be somebody else's by now, a thread's too. */
function lifeOf(process: number): string | undefined {
  const stat = `/proc/${String(process)}/stat`;
  return existsSync(stat)
    ? readFileSync(stat, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')[19]
    : undefined;
}

function frontends(stack: TerraformStack): void {
  new DockerHost(stack, 'host', { engineVersion: engineVersion() });
  for (const port of PORTS) {
    const app =
      port % 2 === 0
        ? new UwsgiApp(stack, `app-${String(port)}`, { ...UWSGI, processes: 1 })
        : new GunicornApp(stack, `app-${String(port)}`, GUNICORN);
    const listeners = [Listener.http(port, { address: '127.0.0.1' })];
    new NginxFrontend(stack, `web-${String(port)}`, { image: NGINX, listeners }).addBackend('/', app);
  }
}
