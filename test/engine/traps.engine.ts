import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container } from '@cdktf/provider-docker/lib/container';
import type { ContainerConfig } from '@cdktf/provider-docker/lib/container';
import { Image } from '@cdktf/provider-docker/lib/image';
import { Network } from '@cdktf/provider-docker/lib/network';
import { Volume } from '@cdktf/provider-docker/lib/volume';
import type { TerraformStack } from 'cdktf';
import { Deployment, failure } from './deployment';
import { BASE } from './site';

type Build = (stack: TerraformStack) => void;

const directory = mkdtempSync(join(tmpdir(), 'engine-'));
let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.start(directory, 'traps');
});

beforeEach(() => {
  deployment.begin(expect.getState().currentTestName ?? '');
});

afterEach(async () => {
  await applied(() => undefined);
});

afterAll(async () => {
  const { code, output } = await deployment.destroy();
  expect(failure({ code, output })).toBe('');
  expect(leftOver()).toEqual([]);
});

const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim();
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
const inspect = (name: string, format: string): string => docker('inspect', '--format', format, name);
const exists = (name: string): boolean => spawnSync('docker', ['inspect', name]).status === 0;

function leftOver(): string[] {
  const ours = ['-q', '--filter', 'name=^/?traps-'];
  return [
    ['ps', '-a'],
    ['volume', 'ls'],
    ['network', 'ls'],
  ].flatMap((list) => lines(docker(...list, ...ours)));
}

/** An apply that has to work. */
async function applied(build: Build): Promise<void> {
  const { code, output } = await deployment.apply(build);
  if (code !== 0) throw new Error(failure({ code, output }));
}

/** What an apply that has to fail says. */
async function refused(build: Build): Promise<string> {
  const { code, output } = await deployment.apply(build);
  expect(code).toBe(1);
  return output;
}

interface Resource {
  readonly tainted?: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A resource in the state, by its name in Terraform. */
async function inState(name: string): Promise<Resource | undefined> {
  interface State {
    readonly values?: {
      readonly root_module: { readonly resources?: readonly (Resource & { readonly name: string })[] };
    };
  }
  const { output } = await deployment.terraform('show', '-json');
  return (JSON.parse(output) as State).values?.root_module.resources?.find((each) => each.name === name);
}

/** What the engine was told when it made a container. */
function specOf(name: string): readonly unknown[] {
  return JSON.parse(
    inspect(name, '[{{json .Id}},{{json .Config}},{{json .HostConfig}}]'),
  ) as readonly unknown[];
}

const SLEEP = ['sleep', '600'];

/** A container named after the trap, which does nothing until it is removed. */
const container =
  (name: string, config: Partial<ContainerConfig> = {}): Build =>
  (stack) =>
    new Container(stack, name, { name: `traps-${name}`, image: BASE, command: SLEEP, ...config });

describe('upload', () => {
  test('a read-only root refuses an upload even into a volume, and leaves a tainted container', async () => {
    const readOnly =
      (config: Partial<ContainerConfig>): Build =>
      (stack) => {
        const { name: volumeName } = new Volume(stack, 'files', { name: 'traps-files' });
        const volumes = [{ volumeName, containerPath: '/files' }];
        container('read-only', { readOnly: true, volumes, ...config })(stack);
      };
    const upload = [{ file: '/files/a', content: 'a' }];
    expect(await refused(readOnly({ upload }))).toContain('container rootfs is marked read-only');
    expect(await inState('read-only')).toMatchObject({ tainted: true });
    expect(exists('traps-read-only')).toBe(true);

    await applied(readOnly({}));
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('an upload into a tmpfs is lost without a word', async () => {
    await applied((stack) => {
      const { name: volumeName } = new Volume(stack, 'memory', {
        name: 'traps-memory',
        driverOpts: { type: 'tmpfs', device: 'tmpfs' },
      });
      container('tmpfs', {
        tmpfs: { '/own': '' },
        volumes: [{ volumeName, containerPath: '/shared' }],
        upload: ['/own/a', '/shared/a', '/etc/a'].map((file) => ({ file, content: 'a' })),
      })(stack);
    });
    const found = docker('exec', 'traps-tmpfs', 'find', '/own', '/shared', '/etc/a', '-type', 'f');
    expect(found).toBe('/etc/a');
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('a file belongs to root, has the mode 0644 or the given one, and makes its directories', async () => {
    const upload = [
      { file: '/new/a', content: 'a' },
      { file: '/new/b', contentBase64: 'Yg==', permissions: '0400' },
      { file: '/new/c', content: 'c', executable: true },
    ];
    await applied(container('modes', { user: '10001:10001', upload }));
    const modes = docker(
      'exec',
      'traps-modes',
      'stat',
      '-c',
      '%n %a %u:%g',
      '/new',
      '/new/a',
      '/new/b',
      '/new/c',
    );
    expect(lines(modes)).toEqual(['/new 755 0:0', '/new/a 644 0:0', '/new/b 400 0:0', '/new/c 744 0:0']);
    expect(docker('exec', '-u', '0', 'traps-modes', 'cat', '/new/a', '/new/b')).toBe('ab');
  });

  test.each([
    ['no content', { content: '' }],
    ['content twice', { content: 'a', contentBase64: 'YQ==' }],
  ])('a file with %s is refused after the container was made', async (_, content) => {
    const output = await refused(container('content', { upload: [{ file: '/a', ...content }] }));
    expect(output).toContain('error with upload content');
    expect(await inState('content')).toMatchObject({ tainted: true });
  });
});

describe('the end of a container', () => {
  /** The exit codes of what ended since a moment. */
  const endedSince = (seconds: number, name: string): string =>
    docker(
      ...['events', '--since', seconds.toFixed(3), '--until', (Date.now() / 1000).toFixed(3)],
      ...['--filter', 'event=die', '--filter', `container=${name}`],
      ...['--format', '{{.Actor.Attributes.exitCode}}'],
    );

  test('SIGKILL at once when destroy_grace_seconds is unset, whatever stop_timeout says; SIGTERM when it is set', async () => {
    // The exit code tells which signal ended it: 137 is SIGKILL, 42 comes from the trap.
    const command = ['sh', '-c', 'trap "sleep 0.5; exit 42" TERM; while :; do sleep 0.1; done'];
    await applied((stack) => {
      container('unset', { command })(stack);
      container('stop-timeout', { command, stopTimeout: 10 })(stack);
      container('grace', { command, destroyGraceSeconds: 10 })(stack);
    });
    const start = Date.now() / 1000;
    await applied(() => undefined);
    expect(endedSince(start, 'traps-unset')).toBe('137');
    expect(endedSince(start, 'traps-stop-timeout')).toBe('137');
    expect(endedSince(start, 'traps-grace')).toBe('42');
  });
});

describe('what is planned and never applied', () => {
  const probe = (interval: string): Partial<ContainerConfig> => ({
    healthcheck: { test: ['CMD', 'true'], interval, timeout: '1s', retries: 3, startPeriod: '0s' },
  });

  const all =
    (interval: string, path: string, init: boolean): Build =>
    (stack) => {
      container('healthcheck', probe(interval))(stack);
      container('own-tmpfs', { tmpfs: { [path]: '' } })(stack);
      container('init', { init })(stack);
    };
  const NAMES = ['healthcheck', 'init', 'own-tmpfs'];

  test('healthcheck, init or tmpfs changed: an update in place in every plan, and the containers stay as they were', async () => {
    await applied(all('30s', '/a', false));
    expect(await deployment.planIsEmpty()).toBe(true);
    const made = NAMES.map((name) => specOf(`traps-${name}`));

    const after = all('1m0s', '/b', true);
    await applied(after);
    await applied(after);
    const { output } = await deployment.terraform('plan', '-input=false');
    const updated = output.matchAll(/# docker_container\.(\S+) will be updated in-place/g);
    expect([...updated].map(([, name]) => name).sort()).toEqual(NAMES);
    expect(NAMES.map((name) => specOf(`traps-${name}`))).toEqual(made);
  });

  test('a healthcheck that is added later is lost, and no plan tells', async () => {
    await applied(container('probe'));
    await applied(container('probe', probe('30s')));
    expect(await deployment.planIsEmpty()).toBe(true);
    expect(specOf('traps-probe')[1]).not.toHaveProperty('Healthcheck');
  });

  test('a cpu_quota changed in place is in the state, while the engine keeps the old one', async () => {
    await applied(container('quota', { cpuPeriod: 100_000, cpuQuota: 50_000 }));
    await applied(container('quota', { cpuPeriod: 100_000, cpuQuota: 20_000 }));
    expect(await deployment.planIsEmpty()).toBe(true);
    expect(await inState('quota')).toMatchObject({ values: { cpu_quota: 20_000 } });
    expect(inspect('traps-quota', '{{.HostConfig.CpuQuota}}')).toBe('50000');
  });

  test('the restart policy, memory and CPU shares are the only ones that reach the container', async () => {
    const limits = (memory: number, restart: string): Partial<ContainerConfig> => ({
      restart,
      memory,
      memorySwap: memory,
      cpuShares: memory,
      ...(restart === 'on-failure' ? { maxRetryCount: 3 } : {}),
    });
    await applied(container('limits', limits(64, 'no')));
    const id = inspect('traps-limits', '{{.Id}}');
    await applied(container('limits', limits(128, 'on-failure')));
    expect(await deployment.planIsEmpty()).toBe(true);
    const { Name: policy, MaximumRetryCount: retries } = JSON.parse(
      inspect('traps-limits', '{{json .HostConfig.RestartPolicy}}'),
    ) as Readonly<Record<string, unknown>>;
    expect([policy, retries]).toEqual(['on-failure', 3]);
    expect(inspect('traps-limits', '{{.Id}} {{.HostConfig.Memory}} {{.HostConfig.CpuShares}}')).toBe(
      `${id} ${String(128 * 1024 ** 2)} 128`,
    );
  });

  test('memory without memory_swap is planned for ever', async () => {
    await applied(container('swap', { memory: 64 }));
    expect(await deployment.planIsEmpty()).toBe(false);
  });
});

test('a name that is taken fails the apply', async () => {
  docker('create', '--name', 'traps-taken', BASE, 'true');
  try {
    expect(await refused(container('taken'))).toMatch(
      /Conflict\. The container name \W*traps-taken\W* is already in use/,
    );
    expect(await inState('taken')).toBeUndefined();
  } finally {
    docker('rm', '-f', 'traps-taken');
  }
});

describe('must_run', () => {
  test('one that stopped is removed by the refresh of a mere plan, and made again by the next apply', async () => {
    await applied(container('stopped'));
    const id = inspect('traps-stopped', '{{.Id}}');
    docker('stop', '-t', '0', 'traps-stopped');
    expect(await deployment.planIsEmpty()).toBe(false);
    expect(exists('traps-stopped')).toBe(false);

    await applied(container('stopped'));
    expect(inspect('traps-stopped', '{{.State.Running}}')).toBe('true');
    expect(inspect('traps-stopped', '{{.Id}}')).not.toBe(id);
  });

  test.each<[string, Partial<ContainerConfig>]>([
    ['that has ended', { command: ['true'], attach: true }],
    ['that is never started', { start: false }],
  ])('one %s is removed by the very apply that made it', async (_, config) => {
    expect(await refused(container('short', config))).toMatch(/exited immediately|running state|now absent/);
    expect(exists('traps-short')).toBe(false);
    expect(await inState('short')).toBeUndefined();
  });

  test.each<[string, Partial<ContainerConfig>, string]>([
    ['that ended', { command: ['sh', '-c', 'exit 3'] }, 'exited 3'],
    ['that was never started', { start: false }, 'created 0'],
  ])('false: one %s stays, and the plan is empty', async (_, config, status) => {
    await applied(container('ended', { ...config, mustRun: false }));
    expect(await deployment.planIsEmpty()).toBe(true);
    expect(inspect('traps-ended', '{{.State.Status}} {{.State.ExitCode}}')).toBe(status);
  });

  test('false: the exit code of one that ends after the apply is in the state after a refresh', async () => {
    await applied(container('later', { command: ['sh', '-c', 'sleep 1; exit 3'], mustRun: false }));
    docker('wait', 'traps-later');
    await applied(container('later', { command: ['sh', '-c', 'sleep 1; exit 3'], mustRun: false }));
    expect(await inState('later')).toMatchObject({ values: { exit_code: 3 } });
  });
});

describe('attach', () => {
  const once: Partial<ContainerConfig> = {
    command: ['sh', '-c', 'echo said; exit 7'],
    attach: true,
    logs: true,
    mustRun: false,
  };

  test('what fails does not fail the apply: its exit code and its logs are in the state', async () => {
    await applied(container('once', { ...once, tty: true }));
    const { values } = (await inState('once')) ?? { values: {} };
    expect(values).toMatchObject({ exit_code: 7, container_logs: 'said\n' });
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('without a tty the logs carry the framing of the engine', async () => {
    await applied(container('framed', { ...once, tty: false }));
    const { values } = (await inState('framed')) ?? { values: {} };
    expect(values['container_logs']).toBe('\u0001\0\0\0\0\0\0\u0005said\n');
  });
});

describe('wait', () => {
  const waiting = (command: string, timeout: number): Build =>
    container('wait', {
      healthcheck: { test: ['CMD', command], interval: '1s', timeout: '1s', retries: 1 },
      wait: true,
      waitTimeout: timeout,
    });

  test('one that never becomes healthy fails after wait_timeout, and the next apply replaces it', async () => {
    const start = Date.now();
    expect(await refused(waiting('false', 2))).toContain('container failed to be in healthy state');
    expect(Date.now() - start).toBeGreaterThanOrEqual(2000);
    const id = inspect('traps-wait', '{{.Id}}');
    expect(await inState('wait')).toMatchObject({ tainted: true, values: { id } });

    await applied(waiting('true', 20));
    expect(inspect('traps-wait', '{{.State.Health.Status}}')).toBe('healthy');
    expect(inspect('traps-wait', '{{.Id}}')).not.toBe(id);
    expect(await deployment.planIsEmpty()).toBe(true);
  });
});

describe('volume and network', () => {
  const sized =
    (size: string): Build =>
    (stack) =>
      new Volume(stack, 'volume', {
        name: 'traps-volume',
        driverOpts: { type: 'tmpfs', device: 'tmpfs', o: `size=${size}` },
      });
  const optionsOf = (volume: string): string =>
    docker('volume', 'inspect', '--format', '{{json .Options}}', volume);

  test('other driver_opts make another volume', async () => {
    await applied(sized('1m'));
    await applied(sized('2m'));
    expect(optionsOf('traps-volume')).toContain('size=2m');
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('replaced under a user that has only their names: tried for 30 s, refused, and left as they were', async () => {
    const used =
      (size: string, mtu: string): Build =>
      (stack) => {
        sized(size)(stack);
        new Network(stack, 'network', { name: 'traps-network', options: { mtu } });
        container('user', {
          volumes: [{ volumeName: 'traps-volume', containerPath: '/data' }],
          networksAdvanced: [{ name: 'traps-network' }],
          dependsOn: ['docker_volume.volume', 'docker_network.network'].map((fqn) => ({ fqn })),
        })(stack);
      };
    await applied(used('1m', '1400'));
    const start = Date.now();
    const output = await refused(used('2m', '1300'));
    expect(Date.now() - start).toBeGreaterThanOrEqual(30_000);
    expect(output).toMatch(/in.use/);
    expect(output).toMatch(/active endpoints/);
    expect(output).toMatch(/2 to add, 0 to change, 2 to destroy/);
    expect(optionsOf('traps-volume')).toContain('size=1m');
  });

  test('a volume of a name that is taken is the old one, with its old options', async () => {
    docker('volume', 'create', 'traps-old');
    await applied((stack) => {
      new Volume(stack, 'old', { name: 'traps-old', driverOpts: { type: 'tmpfs', device: 'tmpfs' } });
    });
    expect(optionsOf('traps-old')).toMatch(/^(\{\}|null)$/);
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('a network of a name that is taken is a twin on an engine below API 1.44, and refused above', async () => {
    const [, minor] = docker('version', '--format', '{{.Server.APIVersion}}').split('.');
    docker('network', 'create', 'traps-twin');
    try {
      const { code } = await deployment.apply((stack) => {
        new Network(stack, 'twin', { name: 'traps-twin' });
      });
      const twins = lines(docker('network', 'ls', '-q', '--filter', 'name=^traps-twin$'));
      expect([code, twins.length]).toEqual(Number(minor) < 44 ? [0, 2] : [1, 1]);
    } finally {
      await applied(() => undefined);
      docker('network', 'rm', 'traps-twin');
    }
  });
});

describe('image', () => {
  const context = join(directory, 'context');
  const image =
    (keepLocally?: boolean): Build =>
    (stack) =>
      new Image(stack, 'image', { name: 'traps-image:1', buildAttribute: { context }, keepLocally });

  beforeAll(() => {
    mkdirSync(context);
    writeFileSync(join(context, 'a'), 'first');
    writeFileSync(join(context, 'Dockerfile'), `FROM ${BASE}\nCOPY a /a\n`);
  });

  const said = (): string => docker('run', '--rm', 'traps-image:1', 'cat', '/a');

  test('built from a directory whose changes no plan sees, and removed unless keep_locally is set', async () => {
    await applied(image());
    expect(said()).toBe('first');
    writeFileSync(join(context, 'a'), 'second');
    expect(await deployment.planIsEmpty()).toBe(true);
    await applied(() => undefined);
    expect(exists('traps-image:1')).toBe(false);
  });

  test('kept with keep_locally', async () => {
    await applied(image(true));
    await applied(() => undefined);
    expect(said()).toBe('second');
    docker('rmi', 'traps-image:1');
  });
});
