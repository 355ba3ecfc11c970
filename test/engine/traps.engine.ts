import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container } from '@cdktf/provider-docker/lib/container';
import type { ContainerConfig } from '@cdktf/provider-docker/lib/container';
import { Image } from '@cdktf/provider-docker/lib/image';
import { Network } from '@cdktf/provider-docker/lib/network';
import { Volume } from '@cdktf/provider-docker/lib/volume';
import type { TerraformStack } from 'cdktf';
import { Deployment, failure, unwrapped } from './deployment';
import { docker, dockerCan, dockerLines, inspect } from './docker';
import { providerInUse } from './provider-in-use';
import { BASE, testName } from './names';

type Build = (stack: TerraformStack) => void;

let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.start(testName('traps'));
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

/** The name of something on the engine. */
const named = (name: string): string => testName(`traps-${name}`);
const exists = (name: string): boolean => dockerCan('inspect', name);

function leftOver(): string[] {
  const ours = ['-q', '--filter', `name=^/?${named('')}`];
  return [
    ['ps', '-a'],
    ['volume', 'ls'],
    ['network', 'ls'],
  ].flatMap((list) => dockerLines(...list, ...ours));
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
    new Container(stack, name, { name: named(name), image: BASE, command: SLEEP, ...config });

describe('upload', () => {
  test('a read-only root refuses an upload even into a volume, and leaves a tainted container', async () => {
    const readOnly =
      (config: Partial<ContainerConfig>): Build =>
      (stack) => {
        const { name: volumeName } = new Volume(stack, 'files', { name: named('files') });
        const volumes = [{ volumeName, containerPath: '/files' }];
        container('read-only', { readOnly: true, volumes, ...config })(stack);
      };
    const upload = [{ file: '/files/a', content: 'a' }];
    expect(await refused(readOnly({ upload }))).toContain('container rootfs is marked read-only');
    expect(await inState('read-only')).toMatchObject({ tainted: true });
    expect(exists(named('read-only'))).toBe(true);

    await applied(readOnly({}));
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('an upload into a tmpfs is lost without a word', async () => {
    await applied((stack) => {
      const { name: volumeName } = new Volume(stack, 'memory', {
        name: named('memory'),
        driverOpts: { type: 'tmpfs', device: 'tmpfs' },
      });
      container('tmpfs', {
        tmpfs: { '/own': '' },
        volumes: [{ volumeName, containerPath: '/shared' }],
        upload: ['/own/a', '/shared/a', '/etc/a'].map((file) => ({ file, content: 'a' })),
      })(stack);
    });
    const found = docker('exec', named('tmpfs'), 'find', '/own', '/shared', '/etc/a', '-type', 'f');
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
      named('modes'),
      'stat',
      '-c',
      '%n %a %u:%g',
      '/new',
      '/new/a',
      '/new/b',
      '/new/c',
    );
    expect(modes.split('\n')).toEqual(['/new 755 0:0', '/new/a 644 0:0', '/new/b 400 0:0', '/new/c 744 0:0']);
    expect(docker('exec', '-u', '0', named('modes'), 'cat', '/new/a', '/new/b')).toBe('ab');
  });

  test.each([
    ['no content', { content: '' }, /error with upload content: one of/],
    ['content twice', { content: 'a', contentBase64: 'YQ==' }, /error with upload content: only one of/],
  ])('a file with %s is refused after the container was made', async (_, content, said) => {
    const output = await refused(container('content', { upload: [{ file: '/a', ...content }] }));
    expect(unwrapped(output)).toMatch(said);
    expect(await inState('content')).toMatchObject({ tainted: true });
  });

  test('a file into a volume that is mounted read-only is refused', async () => {
    const output = await refused((stack) => {
      const { name: volumeName } = new Volume(stack, 'read-only', { name: named('mounted-read-only') });
      const volumes = [{ volumeName, containerPath: '/files', readOnly: true }];
      container('mounted', { volumes, upload: [{ file: '/files/a', content: 'a' }] })(stack);
    });
    expect(output).toMatch(/read-only/);
  });

  test('permissions that are no octal mode are refused before anything is planned', async () => {
    const upload = [{ file: '/a', content: 'a', permissions: '400' }];
    expect(await refused(container('permissions', { upload }))).toMatch(/permissions/);
    expect(exists(named('permissions'))).toBe(false);
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
    expect(endedSince(start, named('unset'))).toBe('137');
    expect(endedSince(start, named('stop-timeout'))).toBe('137');
    expect(endedSince(start, named('grace'))).toBe('42');
  });
});

describe('an interruption of Terraform', () => {
  /** Interrupts an apply as soon as the engine has started a container, and returns the seconds until it has ended. */
  async function interrupted(
    name: string,
    build: Build,
  ): Promise<{ readonly output: string; readonly seconds: number }> {
    deployment.synthesize(build);
    const child = deployment.startTerraform('apply', '-auto-approve', '-input=false');
    const run = deployment.run(child, 'apply-interrupted');
    while (!dockerCan('exec', named(name), 'true')) await new Promise((done) => setTimeout(done, 100));
    const start = Date.now();
    child.kill('SIGINT');
    const { code, output } = await run;
    expect(code).toBe(1);
    return { output, seconds: (Date.now() - start) / 1000 };
  }

  test.each<[string, string, Partial<ContainerConfig>, RegExp]>([
    [
      'the health of a container',
      'wait-interrupted',
      { wait: true, waitTimeout: 60, healthcheck: { test: ['CMD', 'false'], interval: '1s', timeout: '1s' } },
      /healthy state/,
    ],
    [
      'the end of one',
      'attach-interrupted',
      { attach: true, mustRun: false, command: ['sleep', '60'] },
      /Unable to wait container end/,
    ],
  ])('ends the wait for %s at once, which is left tainted and running', async (_, name, config, said) => {
    const { output, seconds } = await interrupted(name, container(name, config));
    expect(unwrapped(output)).toMatch(said);
    expect(seconds).toBeLessThan(15);
    expect(await inState(name)).toMatchObject({ tainted: true });
    expect(inspect(named(name), '{{.State.Running}}')).toBe('true');
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
    const made = NAMES.map((name) => specOf(named(name)));

    const after = all('1m0s', '/b', true);
    await applied(after);
    await applied(after);
    const { output } = await deployment.terraform('plan', '-input=false');
    const updated = output.matchAll(/# docker_container\.(\S+) will be updated in-place/g);
    expect([...updated].map(([, name]) => name).sort()).toEqual(NAMES);
    expect(NAMES.map((name) => specOf(named(name)))).toEqual(made);
  });

  test('a healthcheck that is added later is lost, and no plan tells', async () => {
    await applied(container('probe'));
    await applied(container('probe', probe('30s')));
    expect(await deployment.planIsEmpty()).toBe(true);
    expect(specOf(named('probe'))[1]).not.toHaveProperty('Healthcheck');
  });

  test('a cpu_quota changed in place is in the state, while the engine keeps the old one', async () => {
    await applied(container('quota', { cpuPeriod: 100_000, cpuQuota: 50_000 }));
    await applied(container('quota', { cpuPeriod: 100_000, cpuQuota: 20_000 }));
    expect(await deployment.planIsEmpty()).toBe(true);
    expect(await inState('quota')).toMatchObject({ values: { cpu_quota: 20_000 } });
    expect(inspect(named('quota'), '{{.HostConfig.CpuQuota}}')).toBe('50000');
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
    const id = inspect(named('limits'), '{{.Id}}');
    await applied(container('limits', limits(128, 'on-failure')));
    expect(await deployment.planIsEmpty()).toBe(true);
    const { Name: policy, MaximumRetryCount: retries } = JSON.parse(
      inspect(named('limits'), '{{json .HostConfig.RestartPolicy}}'),
    ) as Readonly<Record<string, unknown>>;
    expect([policy, retries]).toEqual(['on-failure', 3]);
    expect(inspect(named('limits'), '{{.Id}} {{.HostConfig.Memory}} {{.HostConfig.CpuShares}}')).toBe(
      `${id} ${String(128 * 1024 ** 2)} 128`,
    );
  });

  test('memory without memory_swap is planned for ever, and more of it is refused by the engine', async () => {
    await applied(container('swap', { memory: 64 }));
    expect(await deployment.planIsEmpty()).toBe(false);
    expect(await refused(container('swap', { memory: 256 }))).toMatch(/memoryswap/i);
  });

  test('all of the environment or of the labels taken away is not noticed', async () => {
    await applied((stack) => {
      container('env', { env: ['A=1'] })(stack);
      container('labels', { labels: [{ label: 'a', value: '1' }] })(stack);
    });
    const made = ['env', 'labels'].map((name) => inspect(named(name), '{{.Id}}'));
    const without: Build = (stack) => {
      container('env')(stack);
      container('labels')(stack);
    };
    await applied(without);
    expect(['env', 'labels'].map((name) => inspect(named(name), '{{.Id}}'))).toEqual(made);
    expect(docker('exec', named('env'), 'printenv', 'A')).toBe('1');
  });
});

describe('what the provider reads back in another form is planned for ever', () => {
  const probe = (interval: string): Partial<ContainerConfig> => ({
    healthcheck: { test: ['CMD', 'true'], interval, timeout: '1s', retries: 3, startPeriod: '0s' },
  });

  test.each<[string, Partial<ContainerConfig>, Partial<ContainerConfig>, string]>([
    [
      'a capability without its prefix, or in small letters',
      { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['all'] } },
      { capabilities: { add: ['CAP_NET_BIND_SERVICE'], drop: ['ALL'] } },
      'must be replaced',
    ],
    ['a length of time that is not as Go writes it', probe('90s'), probe('1m30s'), 'updated in-place'],
  ])('%s', async (_, other, normal, planned) => {
    await applied(container('form', other));
    const { output } = await deployment.terraform('plan', '-input=false');
    expect(output).toContain(planned);
    await applied(container('form', normal));
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test.each<[string, (of: string) => Partial<ContainerConfig>]>([
    ['network', (of) => ({ networkMode: `container:${of}` })],
    ['processes', (of) => ({ pidMode: `container:${of}` })],
  ])('the name of a container whose %s another one shares; its id is not', async (_, shares) => {
    const sharing =
      (of: (owner: Container) => string): Build =>
      (stack) => {
        const owner = new Container(stack, 'owner', { name: named('owner'), image: BASE, command: SLEEP });
        container('shares', { ...shares(of(owner)), dependsOn: [owner] })(stack);
      };
    await applied(sharing(() => named('owner')));
    const { output } = await deployment.terraform('plan', '-input=false');
    expect(output).toContain('must be replaced');
    await applied(sharing(({ id }) => id));
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('a port of a container that is only on an internal network, where nothing is published', async () => {
    await applied((stack) => {
      const { name } = new Network(stack, 'internal', { name: named('inside'), internal: true });
      const ports = [{ internal: 80, external: 8399, ip: '127.0.0.1' }];
      container('inside', { networksAdvanced: [{ name }], ports })(stack);
    });
    expect(await deployment.planIsEmpty()).toBe(false);
    expect(docker('port', named('inside'))).toBe('');
  });
});

describe('networks', () => {
  const aliasesOf = (name: string, network: string): string =>
    inspect(name, `{{json (index .NetworkSettings.Networks "${network}").Aliases}}`);

  test('network_mode beside networks_advanced loses the aliases', async () => {
    await applied((stack) => {
      const { name } = new Network(stack, 'shared', { name: named('shared') });
      const networksAdvanced = [{ name, aliases: ['app'] }];
      container('advanced', { networksAdvanced })(stack);
      container('mode', { networksAdvanced, networkMode: name })(stack);
    });
    expect(aliasesOf(named('advanced'), named('shared'))).toContain('"app"');
    expect(aliasesOf(named('mode'), named('shared'))).not.toContain('"app"');
  });
});

describe('what crashes the provider, or its client refuses', () => {
  test('cpus', async () => {
    expect(await refused(container('cpus', { cpus: '0.5' }))).toMatch(/panic|did not respond/i);
  });

  test('start_interval on an engine below API 1.44', async () => {
    const probe = {
      test: ['CMD', 'true'],
      interval: '5s',
      timeout: '1s',
      startPeriod: '5s',
      startInterval: '1s',
    };
    const { code, output } = await deployment.apply(container('start-interval', { healthcheck: probe }));
    const [, minor] = docker('version', '--format', '{{.Server.APIVersion}}').split('.');
    expect([code, /requires API version 1.44/.test(output)]).toEqual(
      Number(minor) < 44 ? [1, true] : [0, false],
    );
  });
});

test('a name that is taken fails the apply', async () => {
  docker('create', '--name', named('taken'), BASE, 'true');
  try {
    expect(await refused(container('taken'))).toMatch(
      /Conflict\. The container name \W*engine-test-traps-taken\W* is already in use/,
    );
    expect(await inState('taken')).toBeUndefined();
  } finally {
    docker('rm', '-f', named('taken'));
  }
});

describe('must_run', () => {
  test('one that stopped is removed by the refresh of a mere plan, and made again by the next apply', async () => {
    await applied(container('stopped'));
    const id = inspect(named('stopped'), '{{.Id}}');
    docker('stop', '-t', '0', named('stopped'));
    expect(await deployment.planIsEmpty()).toBe(false);
    expect(exists(named('stopped'))).toBe(false);

    await applied(container('stopped'));
    expect(inspect(named('stopped'), '{{.State.Running}}')).toBe('true');
    expect(inspect(named('stopped'), '{{.Id}}')).not.toBe(id);
  });

  test.each<[string, Partial<ContainerConfig>]>([
    ['that has ended', { command: ['true'], attach: true }],
    ['that is never started', { start: false }],
  ])('one %s is removed by the very apply that made it', async (_, config) => {
    expect(await refused(container('short', config))).toMatch(/exited immediately|running state|now absent/);
    expect(exists(named('short'))).toBe(false);
    expect(await inState('short')).toBeUndefined();
  });

  test.each<[string, Partial<ContainerConfig>, string]>([
    ['that ended', { command: ['sh', '-c', 'exit 3'] }, 'exited 3'],
    ['that was never started', { start: false }, 'created 0'],
  ])('false: one %s stays, and the plan is empty', async (_, config, status) => {
    await applied(container('ended', { ...config, mustRun: false }));
    expect(await deployment.planIsEmpty()).toBe(true);
    expect(inspect(named('ended'), '{{.State.Status}} {{.State.ExitCode}}')).toBe(status);
  });

  test('false: the exit code of one that ends after the apply is in the state after a refresh', async () => {
    await applied(container('later', { command: ['sh', '-c', 'sleep 1; exit 3'], mustRun: false }));
    docker('wait', named('later'));
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
    const id = inspect(named('wait'), '{{.Id}}');
    expect(await inState('wait')).toMatchObject({ tainted: true, values: { id } });

    await applied(waiting('true', 20));
    expect(inspect(named('wait'), '{{.State.Health.Status}}')).toBe('healthy');
    expect(inspect(named('wait'), '{{.Id}}')).not.toBe(id);
    expect(await deployment.planIsEmpty()).toBe(true);
  });
});

test('wait without a healthcheck fails, and leaves a tainted container', async () => {
  await refused(container('unprobed', { wait: true, waitTimeout: 2 }));
  expect(exists(named('unprobed'))).toBe(true);
});

test('anonymous volumes go with their container, unless remove_volumes is false; named ones never', async () => {
  const context = mkdtempSync(join(tmpdir(), 'context-'));
  writeFileSync(join(context, 'Dockerfile'), `FROM ${BASE}\nVOLUME /anonymous\n`);
  const around: Build = (stack) => {
    new Image(stack, 'with-volume', { name: named('anonymous:1'), buildAttribute: { context } });
    new Volume(stack, 'kept', { name: named('kept') });
  };
  const all =
    (removeVolumes: boolean): Build =>
    (stack) => {
      around(stack);
      container('anonymous', {
        image: named('anonymous:1'),
        removeVolumes,
        volumes: [{ volumeName: named('kept'), containerPath: '/named' }],
        dependsOn: ['docker_image.with-volume', 'docker_volume.kept'].map((fqn) => ({ fqn })),
      })(stack);
    };
  await applied(around);
  // The builder makes some of its own.
  const before = dockerLines('volume', 'ls', '-q');
  const left: number[] = [];
  for (const removeVolumes of [true, false]) {
    await applied(all(removeVolumes));
    const made = dockerLines('volume', 'ls', '-q').filter((name) => !before.includes(name));
    expect(made).toHaveLength(1);
    await applied(around);
    expect(dockerCan('volume', 'inspect', named('kept'))).toBe(true);
    left.push(made.filter((name) => dockerCan('volume', 'inspect', name)).length);
    dockerCan('volume', 'rm', ...made);
  }
  expect(left).toEqual([0, 1]);
  rmSync(context, { recursive: true });
});

describe('volume and network', () => {
  const sized =
    (size: string): Build =>
    (stack) =>
      new Volume(stack, 'volume', {
        name: named('volume'),
        driverOpts: { type: 'tmpfs', device: 'tmpfs', o: `size=${size}` },
      });
  const optionsOf = (volume: string): string =>
    docker('volume', 'inspect', '--format', '{{json .Options}}', volume);

  test('other driver_opts make another volume', async () => {
    await applied(sized('1m'));
    await applied(sized('2m'));
    expect(optionsOf(named('volume'))).toContain('size=2m');
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('replaced under a user that has only their names: tried for 30 s, refused, and left as they were', async () => {
    const used =
      (size: string, mtu: string): Build =>
      (stack) => {
        sized(size)(stack);
        new Network(stack, 'network', { name: named('network'), options: { mtu } });
        container('user', {
          volumes: [{ volumeName: named('volume'), containerPath: '/data' }],
          networksAdvanced: [{ name: named('network') }],
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
    expect(optionsOf(named('volume'))).toContain('size=1m');
  });

  test('a volume of a name that is taken is the old one, with its old options', async () => {
    docker('volume', 'create', named('old'));
    await applied((stack) => {
      new Volume(stack, 'old', { name: named('old'), driverOpts: { type: 'tmpfs', device: 'tmpfs' } });
    });
    expect(optionsOf(named('old'))).toMatch(/^(\{\}|null)$/);
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('a network of a name that is taken is a twin on an engine below API 1.44, and refused above', async () => {
    const [, minor] = docker('version', '--format', '{{.Server.APIVersion}}').split('.');
    docker('network', 'create', named('twin'));
    try {
      const { code } = await deployment.apply((stack) => {
        new Network(stack, 'twin', { name: named('twin') });
      });
      const twins = dockerLines('network', 'ls', '-q', '--filter', `name=^${named('twin')}$`);
      expect([code, twins.length]).toEqual(Number(minor) < 44 ? [0, 2] : [1, 1]);
    } finally {
      await applied(() => undefined);
      docker('network', 'rm', named('twin'));
    }
  });
});

describe('image', () => {
  const context = mkdtempSync(join(tmpdir(), 'context-'));
  const image =
    (keepLocally?: boolean): Build =>
    (stack) =>
      new Image(stack, 'image', { name: named('image:1'), buildAttribute: { context }, keepLocally });

  beforeAll(() => {
    writeFileSync(join(context, 'a'), 'first');
    writeFileSync(join(context, 'Dockerfile'), `FROM ${BASE}\nCOPY a /a\n`);
  });

  afterAll(() => {
    rmSync(context, { recursive: true });
  });

  const said = (): string => docker('run', '--rm', named('image:1'), 'cat', '/a');

  test('built from a directory whose changes no plan sees, and removed unless keep_locally is set', async () => {
    await applied(image());
    expect(said()).toBe('first');
    writeFileSync(join(context, 'a'), 'second');
    expect(await deployment.planIsEmpty()).toBe(true);
    await applied(() => undefined);
    expect(exists(named('image:1'))).toBe(false);
  });

  test('kept with keep_locally', async () => {
    await applied(image(true));
    await applied(() => undefined);
    expect(said()).toBe('second');
    docker('rmi', named('image:1'));
  });
});

if (providerInUse() === 'double') {
  test('what the double does not imitate it refuses, instead of ignoring it', async () => {
    expect(await refused(container('dns', { dns: ['127.0.0.1'] }))).toContain('does not imitate dns');
  });
}
