import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { DockerHost, Listener, NginxFrontend, UwsgiApp } from 'cdktf-wsgi';
import { Deployment, failure } from './deployment';
import { leftOf, running } from './docker';
import { engineVersion } from './engine-version';
import { startLoad } from './load';
import { report } from './report';
import { NGINX, UWSGI } from './site';

const PORT = 8327;
const NAMES = Array.from({ length: 25 }, (_, at) => `app${String(at).padStart(2, '0')}`);

const apps =
  (changed?: string) =>
  (stack: TerraformStack): void => {
    new DockerHost(stack, 'host', { engineVersion: engineVersion() });
    const listeners = [Listener.http(PORT, { address: '127.0.0.1' })];
    const web = new NginxFrontend(stack, 'web', { image: NGINX, listeners });
    for (const name of NAMES) {
      const environment = { MOUNT: `/${name}/`, VERSION: name === changed ? '2' : '1' };
      const app = new UwsgiApp(stack, name, { ...UWSGI, processes: 1, replicas: 2, environment });
      web.addBackend(`/${name}/`, app);
    }
  };

test('18: 25 applications with two replicas behind one frontend: one apply, and a change replaces one alone', async () => {
  const deployment = await Deployment.start(mkdtempSync(join(tmpdir(), 'engine-')), 'many');
  const start = Date.now();
  const first = await deployment.apply(apps());
  expect(failure(first)).toBe('');
  const row = { code: 0, requests: 0, lost: 0, gap: 0 };
  report({
    ...row,
    title: '18: 25 applications of two replicas, first apply',
    seconds: (Date.now() - start) / 1000,
  });
  expect(await deployment.planIsEmpty()).toBe(true);

  const before = new Set(running('many'));
  const load = startLoad(
    PORT,
    NAMES.map((name) => `/${name}/`),
    [],
  );
  const again = Date.now();
  const { code, output } = await deployment.apply(apps('app07'));
  const { requests, lost, gap } = await load.stop();
  const seconds = (Date.now() - again) / 1000;
  report({ title: '18: one of 25 applications changed', code, seconds, requests, lost: lost.length, gap });
  expect(failure({ code, output })).toBe('');
  expect(lost).toEqual([]);
  const replaced = running('many').filter((id) => !before.has(id));
  expect(replaced.sort()).toEqual(running('many', 'app07-').sort());
  expect(await deployment.planIsEmpty()).toBe(true);
  expect((await deployment.destroy()).code).toBe(0);
  expect(leftOf('many')).toEqual([]);
}, 600_000);
