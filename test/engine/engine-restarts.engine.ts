import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { DockerHost, GunicornApp, Listener, NginxFrontend, UwsgiApp } from 'cdktf-wsgi';
import { Deployment, failure } from './deployment';
import { engineVersion } from './engine-version';
import { leftOf } from './docker';
import { servesAgain } from './load';
import { report } from './report';
import { GUNICORN, NGINX, UWSGI } from './site';

const PORTS = Array.from({ length: 12 }, (_, at) => 8400 + at);
const TITLE = '11: the engine stopped and started five times, with 12 frontends of one application each';

/** Only an engine that `scripts/engine/up.sh` started may be stopped: others have somebody else's containers. */
const OURS = ['stable', 'testing'].find((engine) => {
  const folder = join(process.env['ENGINE_FOLDER'] ?? '/var/tmp/cdktf-wsgi-engine', engine);
  return (
    process.env['DOCKER_HOST'] === `unix://${folder}/docker.sock` && existsSync(join(folder, 'docker.pid'))
  );
});

if (OURS === undefined && process.env['CI'] !== 'true') {
  const reason = 'the engine was not started by scripts/engine/up.sh';
  process.stderr.write(`SKIPPED ${TITLE}: ${reason}\n`);
  test.skip(`${TITLE} [skipped: ${reason}]`, () => undefined);
} else {
  test(`${TITLE}: everything serves again each time, without an apply`, restarts, 600_000);
}

async function restarts(): Promise<void> {
  const deployment = await Deployment.start(mkdtempSync(join(tmpdir(), 'engine-')), 'reboot');
  const { code, output } = await deployment.apply(frontends);
  expect(failure({ code, output })).toBe('');
  const routes = PORTS.map((port) => ({ port, path: '/' }));
  for (let time = 1; time <= 5; time++) {
    engine('down.sh');
    engine('up.sh');
    const seconds = await servesAgain(routes, 90);
    report({
      title: `11: engine stopped and started, ${String(time)}`,
      code: 0,
      seconds,
      requests: 0,
      lost: 0,
      gap: 0,
    });
    expect(await deployment.planIsEmpty()).toBe(true);
  }
  expect((await deployment.destroy()).code).toBe(0);
  expect(leftOf('reboot')).toEqual([]);
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

function engine(script: string): void {
  execFileSync(`scripts/engine/${script}`, [OURS ?? 'stable'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
