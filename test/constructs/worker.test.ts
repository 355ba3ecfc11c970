import { TerraformStack, Testing } from 'cdktf';
import {
  Duration,
  ExternalBackend,
  GunicornApp,
  Listener,
  NginxFrontend,
  ReleaseTask,
  Review,
  SecretFile,
  Size,
  Transport,
  Worker,
} from 'cdktf-wsgi';
import type { AppProps, IApp, WorkerProps } from 'cdktf-wsgi';
import { GUNICORN, container, resources, siteStack } from '../helpers/stacks';
import type { Resource } from '../helpers/stacks';

const command = ['celery', '-A', 'shop', 'worker'];

const stackOf = (props: Partial<WorkerProps>, app: Partial<AppProps> = {}): TerraformStack =>
  siteStack((stack) => {
    const shop = new GunicornApp(stack, 'shop', { ...GUNICORN, ...app });
    if (app.listeners === undefined) new NginxFrontend(stack, 'web').addBackend('/', shop);
    new Worker(stack, 'celery', { like: shop, command, ...props });
  });
const worker = (props: Partial<WorkerProps> = {}, app: Partial<AppProps> = {}): Resource =>
  container(stackOf(props, app), 'celery_celery-0');

describe('a worker', () => {
  test('runs its command for good, whatever the image’s entrypoint is', () => {
    expect(worker()).toMatchObject({
      entrypoint: ['celery'],
      command: ['-A', 'shop', 'worker'],
      restart: 'unless-stopped',
    });
    expect(worker()).not.toHaveProperty('attach');
  });

  test('has the image, user, environment, files and limits of the application', () => {
    const app = {
      environment: { DATABASE_URL: 'postgres://db' },
      secretFiles: [SecretFile.of('/run/secrets/key', 'k')],
      memory: Size.mebibytes(200),
      codeDirectory: 'examples/hand-written/g_test',
    };
    const [works, serves] = [worker({}, app), container(stackOf({}, app), 'shop_shop-0')];
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
      expect([name, works[name]]).toEqual([name, serves[name]]);
    const paths = (from: Resource): string[] =>
      (from['volumes'] as { container_path: string }[]).map(({ container_path: path }) => path);
    expect(paths(works)).toEqual(paths(serves).filter((path) => path !== '/run/wsgi'));
  });

  test.each<[Partial<WorkerProps>, Resource]>([
    [{}, { stop_signal: 'SIGTERM', stop_timeout: 30, destroy_grace_seconds: 30 }],
    [
      { stopSignal: 'SIGINT', stopGrace: Duration.minutes(2) },
      { stop_signal: 'SIGINT', stop_timeout: 120 },
    ],
    [{ memory: Size.mebibytes(50) }, { memory: 50 }],
    [{ cpus: 2 }, { cpu_quota: 200_000 }],
  ])('%j shows as %j', (props, expected) => {
    expect(worker(props)).toMatchObject(expected);
  });

  test('has variables of its own besides the application’s, or instead of them', () => {
    const app = { environment: { A: '1', B: '1' } };
    expect(worker({ environment: { B: '2', C: '3' } }, app)['env']).toEqual(
      expect.arrayContaining(['A=1', 'B=2', 'C=3']),
    );
  });

  test('is replaced by a new one before it is stopped, and one that is alone after that', () => {
    const order = (props: Partial<WorkerProps>): unknown =>
      (worker(props)['lifecycle'] as Resource)['create_before_destroy'];
    expect([order({}), order({ alone: true })]).toEqual([true, false]);
  });

  test.each<Partial<WorkerProps>>([
    { command: ['celery', '-A', 'shop', 'beat'], alone: true },
    { command: [...command, '-Q', 'beat'] },
    { command: [...command, '-n', 'B@%h'] },
    { command: ['celery', '-A', 'beat', 'worker'] },
    { command: ['celery', '-A', 'shop', 'beat', '-S', 'redbeat.RedBeatScheduler'], replicas: 2 },
    { command: ['beat'] },
  ])('may be %j', (props) => {
    expect(() => stackOf(props)).not.toThrow();
  });

  test('runs as often as it is told to', () => {
    const names = Object.keys(resources(stackOf({ replicas: 3 }), 'docker_container'));
    expect(names.filter((name) => name.startsWith('celery_'))).toHaveLength(3);
  });

  test('starts after the files and the release task of the application', () => {
    const after = worker({}, { release: ReleaseTask.command(['true']) })['depends_on'] as string[];
    expect(after).toEqual([
      expect.stringContaining('shop-config-publisher-result'),
      expect.stringContaining('shop-release-result'),
    ]);
  });

  test('is not found under the application’s name, and publishes none of its ports', () => {
    const networks = worker({}, { transport: Transport.tcp(8000) })['networks_advanced'] as Resource[];
    expect(networks).toHaveLength(1);
    expect(networks[0]).not.toHaveProperty('aliases');
    expect(worker({}, { listeners: [Listener.http(8000)] })).not.toHaveProperty('ports');
  });

  test('shows in the topology', () => {
    expect(JSON.parse(Review.of(stackOf({})).topology)).toMatchObject({
      workers: [{ id: 'celery', app: 'shop', command }],
    });
  });
});

describe('fails on', () => {
  test.each<[string, Partial<WorkerProps>, string]>([
    ['no command', { command: [] }, 'command [] is not a command'],
    ['no containers', { replicas: 0 }, 'replicas 0 is not a count'],
    ['several that are alone', { alone: true, replicas: 2 }, 'alone with replicas 2'],
    ...[
      ['celery', '-A', 'shop', 'beat'],
      ['/venv/bin/celery', '--app=shop', '-q', 'beat', '-l', 'info'],
      ['python3', '-m', 'celery', '-A', 'shop', 'beat', '-S', 'django'],
    ].map((args): [string, Partial<WorkerProps>, string] => [
      `a scheduler of which two would run at a rollout: ${args.join(' ')}`,
      { command: args },
      'celery beat is a scheduler, and at every rollout for a while two of them would run, and send every task twice\n  give alone: true;',
    ]),
    ...['-B', '--beat', '-EB'].map((flag): [string, Partial<WorkerProps>, string] => [
      `several workers with a scheduler in each: ${flag}`,
      { command: [...command, flag], replicas: 2 },
      'celery worker --beat is a scheduler, and with replicas 2 always two of them would run, and send every task twice\n  give alone: true and replicas 1;',
    ]),
    ...['SIGKILL', 'SIGSTOP'].map((stopSignal): [string, Partial<WorkerProps>, string] => [
      `${stopSignal}, which nobody can catch`,
      { stopSignal },
      `stopSignal "${stopSignal}": no program can catch it`,
    ]),
    [
      'a signal that there is not',
      { stopSignal: 'SIGFOO' },
      'stopSignal "SIGFOO" is not the name of a signal',
    ],
    ['a signal nearly right', { stopSignal: 'SIGTREM' }, 'give "SIGTERM"'],
    ['a signal by number', { stopSignal: '15' }, 'stopSignal "15" is not the name of a signal'],
    [
      'a variable that cannot be one',
      { environment: { 'A=B': '1' } },
      'environment: "A=B" is not the name of a variable',
    ],
    [
      'what is no application',
      { like: ExternalBackend.http('a', 1) as unknown as IApp },
      'no application of this stack',
    ],
  ])('%s', (_, props, message) => {
    expect(() => stackOf(props)).toThrow(message);
  });

  test('an application of another stack', () => {
    const app = Testing.app();
    const [one, two] = [new TerraformStack(app, 'one'), new TerraformStack(app, 'two')];
    const shop = new GunicornApp(one, 'shop', GUNICORN);
    expect(() => new Worker(two, 'celery', { like: shop, command })).toThrow(
      'like is one/shop, which is no application of this stack',
    );
  });
});
