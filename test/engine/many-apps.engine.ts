import type { TerraformStack } from 'cdktf';
import { DockerHost, Listener, NginxFrontend, UwsgiApp } from 'cdktf-wsgi';
import { Deployment, failure } from './deployment';
import { leftOf, running } from './docker';
import { engineVersion } from './engine-version';
import { startLoad } from './load';
import { testName } from './names';
import { report } from './report';
import { NGINX, UWSGI } from './site';

const STACK = testName('many');
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
  const deployment = await Deployment.start(STACK);
  const start = Date.now();
  const first = await deployment.apply(apps());
  expect(failure(first)).toBe('');
  const row = { code: 0, requests: 0, lost: 0 };
  report({
    ...row,
    title: '18: 25 applications of two replicas, first apply',
    seconds: (Date.now() - start) / 1000,
  });
  expect(await deployment.planIsEmpty()).toBe(true);

  const before = new Set(running(STACK));
  const load = startLoad(
    PORT,
    NAMES.map((name) => `/${name}/`),
    [],
  );
  const again = Date.now();
  const second = await deployment.apply(apps('app07'));
  const { requests, lost, gap } = await load.stop();
  const seconds = (Date.now() - again) / 1000;
  report({
    title: '18: one of 25 applications changed',
    code: second.code,
    seconds,
    requests,
    lost: lost.length,
    gap,
  });
  expect(failure(second)).toBe('');
  expect(lost).toEqual([]);
  const replaced = running(STACK).filter((id) => !before.has(id));
  expect(replaced.sort()).toEqual(running(STACK, 'app07-').sort());
  expect(await deployment.planIsEmpty()).toBe(true);
  expect(failure(await deployment.destroy())).toBe('');
  expect(leftOf(STACK)).toEqual([]);
}, 600_000);
