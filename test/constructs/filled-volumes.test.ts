import {
  AppImage,
  GunicornApp,
  NginxFrontend,
  ReleaseTask,
  StaticMount,
  StaticSource,
  UwsgiApp,
  UwsgiPlugin,
  Worker,
} from 'cdktf-wsgi';
import { GUNICORN, UWSGI, resources, siteStack } from '../helpers/stacks';
import type { Resource } from '../helpers/stacks';

const stack = siteStack((site) => {
  const codeDirectory = 'examples/hand-written/p_test';
  const release = ReleaseTask.command(['python3', 'migrate.py']);
  const shop = new UwsgiApp(site, 'shop', {
    ...UWSGI,
    codeDirectory,
    release,
    replicas: 2,
    plugin: UwsgiPlugin.modular('python3'),
  });
  new Worker(site, 'celery', { like: shop, command: ['celery'] });
  const image = AppImage.python(codeDirectory);
  const api = new GunicornApp(site, 'api', { ...GUNICORN, image });
  const web = new NginxFrontend(site, 'web');
  web.addBackend('/', shop);
  web.addBackend('/api/', api);
  const statics: readonly (readonly [string, StaticSource])[] = [
    ['css', StaticSource.directory(`${codeDirectory}/static`)],
    ['admin', StaticSource.appImage(api, '/opt/admin')],
  ];
  for (const [id, source] of statics) web.addStatic(new StaticMount(site, id, { path: `/${id}/`, source }));
});

const containers = Object.entries(resources(stack, 'docker_container'));
const volumesOf = (container: Resource): string[] =>
  (container['volumes'] as { readonly volume_name: string }[]).map(({ volume_name: name }) => name);
const fillers = containers.filter(([, { start }]) => start === false);

/** Each container with the volume that a filler fills for it. */
const users = fillers.flatMap(([filler, { volumes }]) =>
  (volumes as { readonly volume_name: string }[]).flatMap(({ volume_name: volume }) =>
    containers
      .filter(([name, each]) => name !== filler && volumesOf(each).includes(volume))
      .map(([name]) => ({ filler, name })),
  ),
);

const all = { ...resources(stack, 'docker_container'), ...resources(stack, 'terraform_data') };

/** All that a container waits for, also by what that waits for. */
function awaited(name: string): string[] {
  const direct = ((all[name]?.['depends_on'] ?? []) as string[]).map(
    (address) => address.split('.')[1] ?? '',
  );
  return [...direct, ...direct.flatMap(awaited)];
}

test('a site of every kind of files has a filler for each, and containers that read them', () => {
  expect(fillers).toHaveLength(3);
  expect(users.length).toBeGreaterThanOrEqual(2 + 1 + 1 + 2 * 2);
});

test.each(users)('$name waits for $filler: it would see an empty directory', ({ name, filler }) => {
  expect(awaited(name)).toContain(filler);
});
