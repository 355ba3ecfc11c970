import { TerraformResource } from 'cdktf';
import type { TerraformStack } from 'cdktf';
import {
  DataVolume,
  GunicornApp,
  Mount,
  NginxFrontend,
  ReleaseTask,
  SecretFile,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
  Worker,
} from 'cdktf-wsgi';
import type { ProviderResources } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, container, resources, siteStack } from '../helpers/stacks';

interface Site {
  readonly stack: TerraformStack;
  readonly of: Readonly<Record<string, ProviderResources>>;
}

/** One of every construct, with everything that makes it ask for more. */
function site(): Site {
  const of: Record<string, ProviderResources> = {};
  const stack = siteStack((scope) => {
    const data = new DataVolume(scope, 'data');
    const shop = new UwsgiApp(scope, 'shop', {
      ...UWSGI,
      codeDirectory: 'examples/hand-written/p_test',
      chdir: '/opt/shop',
      replicas: 2,
      secretFiles: [SecretFile.of('/run/secrets/key', 'x'), SecretFile.of('/run/other/key', 'x')],
      mounts: [Mount.volume(data, '/srv/data')],
      release: ReleaseTask.command(['true']),
    });
    const api = new GunicornApp(scope, 'api', { ...GUNICORN, transport: Transport.tcp(8000) });
    const worker = new Worker(scope, 'queue', { like: shop, command: ['true'], replicas: 2 });
    const web = new NginxFrontend(scope, 'web');
    web.addBackend('/', shop);
    web.addBackend('/api/', api);
    const own = StaticSource.directory('examples/hand-written/p_test/static');
    const files = new StaticMount(scope, 'files', { path: '/files/', source: own });
    const copied = new StaticMount(scope, 'copied', {
      path: '/c/',
      source: StaticSource.appImage(api, '/x'),
    });
    const host = new StaticMount(scope, 'host', { path: '/h/', source: StaticSource.hostPath('/srv/www') });
    for (const mount of [files, copied, host]) web.addStatic(mount);
    Object.assign(of, {
      ...{ data: data.resources, shop: shop.resources, api: api.resources, queue: worker.resources },
      ...{ web: web.resources, files: files.resources, copied: copied.resources, host: host.resources },
    });
  });
  return { stack, of };
}

const namesOf = (found: ProviderResources | undefined): Record<string, string[]> => {
  const kinds = Object.entries(found ?? {}) as [string, Record<string, unknown>][];
  return Object.fromEntries(
    kinds.map(([kind, members]) => [kind, Object.keys(members)]).filter(([, names]) => names?.length !== 0),
  ) as Record<string, string[]>;
};

test.each<[string, Record<string, string[]>]>([
  [
    'shop',
    {
      containers: ['0', '1', 'code-filler', 'config-publisher', 'secrets-publisher', 'data-owner', 'release'],
      images: ['code', 'image'],
      volumes: ['code', 'sockets', 'config', 'secrets-0', 'secrets-1'],
      results: ['config-publisher', 'secrets-publisher', 'data-owner', 'release'],
    },
  ],
  [
    'api',
    {
      containers: ['0', 'config-publisher'],
      images: ['image'],
      networks: ['network'],
      volumes: ['config'],
      results: ['config-publisher'],
    },
  ],
  [
    'web',
    {
      containers: ['config-publisher', 'nginx', 'reloader', 'gate'],
      images: ['image'],
      volumes: ['config', 'edge'],
      results: ['config-publisher', 'reloader'],
    },
  ],
  ['queue', { containers: ['0', '1'] }],
  ['files', { containers: ['filler'], images: ['image'], volumes: ['files'] }],
  ['copied', { containers: ['filler'], volumes: ['files'] }],
  ['host', {}],
  ['data', { volumes: ['volume'] }],
])('the resources of %s have names', (construct, names) => {
  expect(namesOf(site().of[construct])).toEqual(names);
});

test('every provider resource of a stack is reached through one construct', () => {
  const { stack, of } = site();
  const all = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
  const reached = Object.values(of).flatMap((found) =>
    (Object.values(found) as Record<string, TerraformResource>[]).flatMap((members) =>
      Object.values(members),
    ),
  );
  expect(new Set(reached)).toEqual(new Set(all));
  expect(reached).toHaveLength(all.length);
});

test('what is changed there is in what Terraform gets, also where values are read late', () => {
  const { stack, of } = site();
  of['web']?.containers['reloader']?.addOverride('log_opts', { tag: 'reloads' });
  of['shop']?.containers['config-publisher']?.addOverride('network_mode', 'bridge');
  of['api']?.networks['network']?.addOverride('options', { 'com.docker.network.driver.mtu': '1400' });
  expect(container(stack, 'web-reloader')['log_opts']).toMatchObject({ tag: 'reloads' });
  expect(container(stack, 'shop-config-publisher')['network_mode']).toBe('bridge');
  const [network] = Object.values(resources(stack, 'docker_network'));
  expect(network?.['options']).toEqual({ 'com.docker.network.driver.mtu': '1400' });
});
