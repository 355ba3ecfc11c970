import { Token } from 'cdktf';
import {
  GunicornApp,
  Listener,
  NginxFrontend,
  ReleaseTask,
  SecretFile,
  Size,
  Transport,
  UwsgiApp,
} from 'cdktf-wsgi';
import type { AppProps } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, container, resources, siteStack } from '../helpers/stacks';
import type { Resource } from '../helpers/stacks';

const release = ReleaseTask.command(['python', 'manage.py', 'migrate', '--noinput']);

const stackOf = (props: Partial<AppProps>) =>
  siteStack((stack) => {
    const app = new GunicornApp(stack, 'app', { ...GUNICORN, release, ...props });
    if (props.listeners === undefined) new NginxFrontend(stack, 'web').addBackend('/', app);
  });
const task = (props: Partial<AppProps> = {}): Resource => container(stackOf(props), 'app-release');
const server = (props: Partial<AppProps> = {}): Resource => container(stackOf(props), 'app_app-0');
const spec = ({ labels }: Resource): string | undefined =>
  (labels as { label: string; value: string }[]).find(({ label }) => label === 'cdktf-wsgi.spec')?.value;

describe('a release task', () => {
  test('runs the command itself, once and to its end, whatever the image’s entrypoint is', () => {
    expect(task()).toMatchObject({
      entrypoint: ['python'],
      command: ['manage.py', 'migrate', '--noinput'],
      attach: true,
      logs: true,
      must_run: false,
      restart: 'no',
    });
  });

  test('has the image, user, environment, files and limits of the application', () => {
    const props = {
      environment: { DATABASE_URL: 'postgres://db' },
      secretFiles: [SecretFile.of('/run/secrets/key', 'k')],
      memory: Size.mebibytes(200),
      codeDirectory: 'examples/hand-written/g_test',
    };
    const [ran, serves] = [task(props), server(props)];
    for (const name of [
      'image',
      'user',
      'env',
      'memory',
      'capabilities',
      'security_opts',
      'read_only',
      'tmpfs',
    ])
      expect([name, ran[name]]).toEqual([name, serves[name]]);
    const paths = (from: Resource): string[] =>
      (from['volumes'] as { container_path: string }[]).map(({ container_path: path }) => path);
    expect(paths(ran)).toEqual(paths(serves).filter((path) => path !== '/run/wsgi'));
    expect(paths(ran)).toEqual(expect.arrayContaining(['/app', '/run/secrets']));
  });

  test('reaches the networks of the application, and is not found under its name', () => {
    const ran = task({ transport: Transport.tcp(8000), networks: ['db'] });
    expect(ran['networks_advanced']).toEqual([
      { name: expect.stringContaining('docker_network') as string },
      { name: 'db' },
    ]);
  });

  test('publishes nothing of an application that does', () => {
    expect(task({ listeners: [Listener.http(8000)] })).not.toHaveProperty('ports');
  });

  test('comes after the files of the application, and before each of its containers', () => {
    const stack = siteStack((site) => {
      const app = new UwsgiApp(site, 'app', { ...UWSGI, release, replicas: 2 });
      new NginxFrontend(site, 'web').addBackend('/', app);
    });
    const after = (part: string): unknown => container(stack, part)['depends_on'];
    expect(after('app-release')).toEqual([expect.stringContaining('app-config-publisher-result')]);
    for (const part of ['app_app-0', 'app_app-1'])
      expect(after(part)).toContainEqual(expect.stringContaining('terraform_data.app_app-release-result'));
  });

  test('fails the apply with what it said', () => {
    const [, result] =
      Object.entries(resources(stackOf({}), 'terraform_data')).find(([name]) =>
        name.includes('app-release'),
      ) ?? [];
    const text = JSON.stringify(result);
    expect(text).toContain('the release task of site/app failed; the old version goes on serving');
    expect(text).toContain('.container_logs}');
  });

  test.each<[string, Partial<AppProps>]>([
    ['another environment', { environment: { VERSION: '2' } }],
    ['another limit', { memory: Size.mebibytes(300) }],
    ['another port', { listeners: [Listener.http(8001)] }],
    ['another command', { release: ReleaseTask.command(['true']) }],
  ])('runs again for %s', (_, change) => {
    const base = 'listeners' in change ? { listeners: [Listener.http(8000)] } : {};
    expect(spec(task({ ...base, ...change }))).not.toBe(spec(task(base)));
  });

  test('does not run again for the same', () => {
    expect(spec(task())).toBe(spec(task()));
  });
});

describe('fails on', () => {
  test.each<[string, string[], string]>([
    ['no program', [], 'release [] is not a command'],
    ['an empty program', [''], 'is not a command'],
    ['a NUL', ['true', 'a\0b'], 'has a NUL'],
    ['a token', [Token.asString({ resolve: () => 'x' })], 'is a Terraform token'],
  ])('%s', (_, command, message) => {
    expect(() => ReleaseTask.command(command)).toThrow(message);
  });
});
