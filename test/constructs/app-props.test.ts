import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AppImage,
  DataVolume,
  Duration,
  GunicornApp,
  HealthCheck,
  Listener,
  Logging,
  Mount,
  NginxFrontend,
  RestartPolicy,
  SecretFile,
  Size,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
  WorkerClass,
  WsgiModule,
  Review,
} from 'cdktf-wsgi';
import type { DockerfileImageOptions, GunicornAppProps } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, container, resources, siteStack } from '../helpers/stacks';
import { withDirectory } from '../helpers/nginx';
import type { Resource } from '../helpers/stacks';

describe('environment, secrets and health', () => {
  const stack = siteStack((site) => {
    const secret = new TerraformVariable(site, 'key', { sensitive: true });
    new NginxFrontend(site, 'web').addBackend(
      '/',
      new GunicornApp(site, 'app', {
        ...GUNICORN,
        environment: { DATABASE_URL: secret.stringValue, GREETING: '${hello} %{x}' },
        secretFiles: [
          SecretFile.of('/run/secrets/key', secret.stringValue),
          SecretFile.of('/run/secrets/fixed', 'hunter2'),
        ],
        healthCheck: HealthCheck.http('/healthz', { interval: Duration.seconds(2) }),
        memory: Size.mebibytes(256),
        cpus: 0.5,
      }),
    );
  });

  test('tokens are carried through, literal text is escaped', () => {
    expect(container(stack, 'app-0')['env']).toEqual(
      expect.arrayContaining(['DATABASE_URL=${var.key}', 'GREETING=$${hello} %%{x}']),
    );
    expect(container(stack, 'app-secrets-publisher')['upload']).toEqual([
      { file: '/run/secrets/key', content: '${var.key}', permissions: '0400' },
      { file: '/run/secrets/fixed', content: 'hunter2', permissions: '0400' },
    ]);
  });

  test('no secret is in the topology or a rendered file', () => {
    const review = Review.of(stack);
    expect(review.topology + JSON.stringify(review.files)).not.toMatch(/hunter2|TfToken|var\.key/);
  });

  test('a changed secret replaces the application', () => {
    expect((container(stack, 'app-0')['lifecycle'] as Resource)['replace_triggered_by']).toEqual([
      expect.stringMatching(/^docker_container\.app_app-secrets-publisher_/),
    ]);
  });

  test('limits and the probe are in the forms that the provider reads back', () => {
    expect(container(stack, 'app-0')).toMatchObject({
      memory: 256,
      memory_swap: 256,
      cpu_period: 100_000,
      cpu_quota: 50_000,
    });
    expect((container(stack, 'app-0')['healthcheck'] as Resource)['interval']).toBe('2s');
    expect(JSON.stringify(container(stack, 'app-0')['healthcheck'])).toContain('path=/healthz');
  });
});

describe('every prop of an application’s container', () => {
  const appContainer = (over: Partial<GunicornAppProps>): Resource => {
    const stack = siteStack((site) => {
      new NginxFrontend(site, 'web').addBackend('/', new GunicornApp(site, 'app', { ...GUNICORN, ...over }));
    });
    return container(stack, 'app-0');
  };

  test.each<[string, Partial<GunicornAppProps>, Resource]>([
    ['restart', {}, { restart: 'unless-stopped' }],
    ['restart', { restart: RestartPolicy.ON_FAILURE }, { restart: 'on-failure' }],
    ['logging', {}, { log_driver: 'json-file', log_opts: { 'max-file': '3', 'max-size': '10m' } }],
    [
      'logging',
      { logging: Logging.jsonFile(Size.kibibytes(512), 2) },
      { log_opts: { 'max-file': '2', 'max-size': '512k' } },
    ],
    [
      'logging',
      { logging: Logging.driver('journald', { tag: 'shop' }) },
      { log_driver: 'journald', log_opts: { tag: 'shop' } },
    ],
    ['readOnlyRoot', { readOnlyRoot: false }, { read_only: false }],
    [
      'capabilities',
      { capabilities: ['net_admin'] },
      { capabilities: { drop: ['ALL'], add: ['CAP_NET_ADMIN'] } },
    ],
    ['uid', { uid: 99 }, { user: '99:99' }],
    ['gid', { uid: 99, gid: 33 }, { user: '99:33' }],
    ['networks', { networks: ['db'] }, { networks_advanced: [{ name: 'db' }] }],
    ['tmpfs', {}, { tmpfs: { '/tmp': 'size=268435456,uid=10001,gid=10001,mode=0700' } }],
    [
      'tmpfs',
      { memory: Size.mebibytes(512) },
      { tmpfs: { '/tmp': 'size=67108864,uid=10001,gid=10001,mode=0700' } },
    ],
    [
      'tmpfs, resized',
      { mounts: [Mount.tmpfs('/tmp', Size.mebibytes(1))] },
      { tmpfs: { '/tmp': 'size=1048576,uid=10001,gid=10001,mode=0700' } },
    ],
    ['stop', {}, { stop_signal: 'SIGTERM', stop_timeout: 35, destroy_grace_seconds: 35, init: true }],
    ['stop', { gracefulTimeout: Duration.seconds(5) }, { stop_timeout: 10, destroy_grace_seconds: 10 }],
    ['backlog', { backlog: 5000 }, { sysctls: { 'net.core.somaxconn': '5000' } }],
    ['backlog', { backlog: 4097 }, { sysctls: { 'net.core.somaxconn': '4097' } }],
    ['entrypoint', {}, { entrypoint: ['gunicorn'], command: ['-c', '/etc/wsgi/gunicorn.conf.py'] }],
    ['wait', {}, { wait: true, wait_timeout: 60 }],
    ['wait', { healthCheck: HealthCheck.connect({ wait: Duration.seconds(9) }) }, { wait_timeout: 9 }],
    [
      'healthCheck',
      {
        healthCheck: HealthCheck.connect({
          interval: Duration.seconds(90),
          timeout: Duration.seconds(1),
          retries: 7,
        }),
      },
      {
        healthcheck: expect.objectContaining({
          interval: '1m30s',
          timeout: '1s',
          retries: 7,
          start_period: '1ms',
        }) as Resource,
      },
    ],
    [
      'healthCheck',
      {},
      { healthcheck: expect.objectContaining({ interval: '5s', timeout: '3s', retries: 3 }) as Resource },
    ],
  ])('%s: %j', (_, over, expected) => {
    expect(appContainer(over)).toMatchObject(expected);
  });

  test('a backlog that every kernel gives needs nothing', () => {
    expect(appContainer({ backlog: 4096 })['sysctls']).toBeUndefined();
  });

  test('secret files are mounted read-only', () => {
    expect(appContainer({ secretFiles: [SecretFile.of('/run/secrets/key', 'x')] })['volumes']).toContainEqual(
      expect.objectContaining({ container_path: '/run/secrets', read_only: true }),
    );
  });

  test('noNewPrivileges can be taken off', () => {
    expect(appContainer({ noNewPrivileges: false })['security_opts']).toBeUndefined();
  });

  test('labels are added to the library’s own', () => {
    expect(appContainer({ labels: { team: 'shop' } })['labels']).toEqual(
      expect.arrayContaining([
        { label: 'team', value: 'shop' },
        { label: 'cdktf-wsgi.role', value: 'app' },
      ]),
    );
  });

  test('environment: nothing of ours but a home and two of Python’s, and gunicorn’s own variable emptied', () => {
    expect(appContainer({ environment: { A: '1' } })['env']).toEqual([
      'A=1',
      'GUNICORN_CMD_ARGS=',
      'HOME=/tmp',
      'PYTHONDONTWRITEBYTECODE=1',
      'PYTHONUNBUFFERED=1',
    ]);
  });

  test('host directories are mounted, read-only when asked', () => {
    const volumes = appContainer({
      mounts: [Mount.hostPath('/etc/shop', '/conf', { readOnly: true }), Mount.hostPath('/srv', '/srv')],
    })['volumes'];
    expect(volumes).toContainEqual({ host_path: '/etc/shop', container_path: '/conf', read_only: true });
    expect(volumes).toContainEqual({ host_path: '/srv', container_path: '/srv', read_only: false });
  });

  test('a local code directory comes read-only to chdir, from a volume that its image fills', () => {
    const stack = siteStack((site) => {
      const app = new GunicornApp(site, 'app', {
        ...GUNICORN,
        chdir: '/opt/g',
        codeDirectory: 'examples/hand-written/g_test',
      });
      new NginxFrontend(site, 'web').addBackend('/', app);
    });
    expect(container(stack, 'app-0')['volumes']).toContainEqual(
      expect.objectContaining({ container_path: '/opt/g', read_only: true }),
    );
    expect(container(stack, 'app-code-filler')).toMatchObject({ start: false, must_run: false });
    const image = Object.entries(resources(stack, 'docker_image')).find(([name]) =>
      name.includes('app-code'),
    );
    expect(image?.[1]['name']).toMatch(/^site-app-code:[0-9a-f]{16}$/);
  });

  test('replicas are containers with slots of their own', () => {
    const stack = siteStack((site) => {
      const app = new GunicornApp(site, 'app', { ...GUNICORN, replicas: 3 });
      expect(app.containers).toHaveLength(3);
      new NginxFrontend(site, 'web').addBackend('/', app);
    });
    expect(JSON.stringify(container(stack, 'app-2')['healthcheck'])).toContain('link=/run/wsgi/http-2.sock');
  });

  test('another number of replicas is another configuration of nginx, and no other container of it or of the application', () => {
    const specs = (replicas: number): unknown[] => {
      const stack = siteStack((site) => {
        const app = new GunicornApp(site, 'app', { ...GUNICORN, replicas });
        new NginxFrontend(site, 'web').addBackend('/', app);
      });
      return ['app-0', 'web-nginx', 'web-gate', 'web-reloader'].map(
        (part) => container(stack, part)['labels'],
      );
    };
    const [one, three] = [specs(1), specs(3)];
    expect(one.map((labels, at) => JSON.stringify(labels) === JSON.stringify(three[at]))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('the provider goes to every resource', () => {
    const stack = siteStack((site) => {
      const provider = new DockerProvider(site, 'far', { alias: 'far', host: 'ssh://far' });
      const app = new GunicornApp(site, 'app', {
        image: AppImage.python('examples/hand-written/g_test'),
        module: WsgiModule.dotted('g', 'app'),
        codeDirectory: 'examples/hand-written/g_test',
        transport: Transport.tcp(8000),
        secretFiles: [SecretFile.of('/run/secrets/a', 'x')],
        mounts: [Mount.volume(new DataVolume(site, 'media', { provider }), '/media')],
        provider,
      });
      const web = new NginxFrontend(site, 'web', { provider });
      web.addBackend('/', app);
      web.addStatic(
        new StaticMount(site, 's', {
          path: '/s/',
          source: StaticSource.directory('examples/many-domains/site'),
          provider,
        }),
      );
    });
    for (const type of ['docker_container', 'docker_volume', 'docker_image', 'docker_network']) {
      const all = Object.values(resources(stack, type));
      expect(all.length).toBeGreaterThan(0);
      for (const each of all) expect(each['provider']).toBe('docker.far');
    }
  });
});

describe('images', () => {
  const image = (app: Partial<GunicornAppProps>): Resource => {
    const stack = siteStack((site) => {
      new GunicornApp(site, 'app', { ...GUNICORN, listeners: [Listener.http(1)], ...app });
    });
    return Object.values(resources(stack, 'docker_image'))[0] ?? {};
  };

  test('of a registry stay on the host', () => {
    expect(image({})).toMatchObject({ name: 'acme/api:1', keep_locally: true });
  });

  test('built from a Dockerfile are named by the content, whose change is another image', async () => {
    await withDirectory((directory) => {
      for (const name of ['Dockerfile', 'Dockerfile.prod'])
        writeFileSync(join(directory, name), 'FROM scratch');
      const built = (options: DockerfileImageOptions): Resource =>
        image({ image: AppImage.dockerfile(directory, options) });
      expect(built({})).toMatchObject({
        keep_locally: false,
        build: {
          context: expect.stringMatching(/^\.\.\//) as string,
          dockerfile: 'Dockerfile',
          label: { 'cdktf-wsgi.stack': 'site', 'cdktf-wsgi.image': 'app' },
        },
      });
      expect(built({ dockerfile: 'Dockerfile.prod', buildArgs: { A: '${x}' } })['build']).toMatchObject({
        dockerfile: 'Dockerfile.prod',
        build_args: { A: '$${x}' },
      });
      expect(built({ buildArgs: { A: '1' } })['name']).not.toBe(built({ buildArgs: { A: '2' } })['name']);
      return Promise.resolve();
    });
  });

  test('built from Dockerfiles are removed one by one: they may share layers, and the engine loses count', async () => {
    await withDirectory((directory) => {
      writeFileSync(join(directory, 'Dockerfile'), 'FROM scratch');
      const stack = siteStack((site) => {
        for (const [index, id] of ['a', 'b', 'c'].entries()) {
          const listeners = [Listener.http(index + 1)];
          new GunicornApp(site, id, { ...GUNICORN, listeners, image: AppImage.dockerfile(directory) });
        }
      });
      const images = resources(stack, 'docker_image');
      const [a = '', b = ''] = Object.keys(images);
      expect(Object.values(images).map((image) => image['depends_on'])).toEqual([
        undefined,
        [`docker_image.${a}`],
        [`docker_image.${b}`],
      ]);
      return Promise.resolve();
    });
  });

  test('of Python code get a Dockerfile: the server at its release, no root, no leftovers', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'wsgi-'));
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'site');
    new DockerProvider(stack, 'docker');
    new GunicornApp(stack, 'app', {
      ...GUNICORN,
      image: AppImage.python('examples/hand-written/g_test', {
        python: '3.12',
        requirements: 'requirements.txt',
        systemPackages: ['libpq5'],
      }),
      workerClass: WorkerClass.GEVENT,
      listeners: [Listener.http(1)],
    });
    app.synth();
    const context = join(outdir, 'stacks/site/context');
    const [folder = ''] = readdirSync(context);
    expect(readFileSync(join(context, folder, 'Dockerfile'), 'utf8')).toBe(
      [
        'FROM python:3.12-slim',
        'LABEL cdktf-wsgi.construct="site/app"',
        'RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*',
        'COPY files/ /app/',
        'RUN pip install --no-cache-dir gunicorn==23.0.0 gevent -r /app/requirements.txt',
        'USER 10001:10001',
        '',
      ].join('\n'),
    );
    expect(readdirSync(join(context, folder, 'files')).sort()).toEqual(['g.py', 'requirements.txt']);
  });
});

describe('persistent data', () => {
  const stack = siteStack((site) => {
    const media = new DataVolume(site, 'media');
    const named = new DataVolume(site, 'uploads', { volumeName: 'old-uploads', preventDestroy: false });
    const mounts = [Mount.volume(media, '/srv/media'), Mount.volume(named, '/srv/up', { readOnly: true })];
    new NginxFrontend(site, 'web').addBackend('/', new GunicornApp(site, 'app', { ...GUNICORN, mounts }));
  });
  const volume = (name: string): Resource =>
    Object.values(resources(stack, 'docker_volume')).find((each) => each['name'] === name) ?? {};

  test('have a name that never changes, and are not destroyed by accident', () => {
    expect(volume('site-media')['lifecycle']).toEqual({ prevent_destroy: true });
    expect(volume('old-uploads')['lifecycle']).toEqual({ prevent_destroy: false });
  });

  test('become the application’s own before it starts, where it writes', () => {
    expect(container(stack, 'app-data-owner')).toMatchObject({
      command: ['chown 10001:10001 /srv/media'],
      capabilities: { drop: ['ALL'], add: ['CAP_CHOWN', 'CAP_DAC_OVERRIDE'] },
      network_mode: 'none',
    });
    expect(container(stack, 'app-0')['depends_on']).toContainEqual(
      expect.stringMatching(/^terraform_data\.app_app-data-owner-result_/),
    );
  });
});

test('an apply tells where the world connects, and what the containers are called', () => {
  const stack = siteStack((site) => {
    const web = new NginxFrontend(site, 'web', {
      listeners: [Listener.http(80), Listener.http(8080)],
      serverNames: ['a.example.com', '*.example.com', '~^b'],
    });
    web.addBackend('/', new GunicornApp(site, 'app', { ...GUNICORN, replicas: 2 }));
    web.addServer({ serverNames: ['b.example.com'] }).addRedirect('/', 'https://a.example.com');
    new UwsgiApp(site, 'old', { ...UWSGI, listeners: [Listener.http(9090, { address: '127.0.0.1' })] });
  });
  const { output } = JSON.parse(Testing.synth(stack)) as { output: Record<string, { value: unknown }> };
  const values = Object.fromEntries(Object.entries(output).map(([name, { value }]) => [name, value]));
  const name = (container: string): unknown =>
    expect.stringMatching(new RegExp(`docker_container\\.${container}_\\w+\\.name`));
  expect(values).toEqual({
    'web-urls': [
      'http://a.example.com/',
      'http://b.example.com/',
      'http://a.example.com:8080/',
      'http://b.example.com:8080/',
    ],
    'web-containers': [name('web_web-nginx'), name('web_web-gate')],
    'app-containers': [name('app_app-0'), name('app_app-1')],
    'old-urls': ['http://127.0.0.1:9090/'],
    'old-containers': [name('old_old-0')],
  });
});
