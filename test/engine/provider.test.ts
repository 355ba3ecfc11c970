import type { ContainerInspectInfo } from 'dockerode';
import { FACTS } from './provider/facts';
import { goNanoseconds, goText } from './provider/go-duration';
import { plan, same } from './provider/plan';
import { readBack } from './provider/container-state';
import { IMITATED } from './provider/imitated';
import { providerRefusals, refusalsOf } from './provider/refusals';
import { providerSchema, schemaOf } from './provider/schema';
import { Stopping } from './provider/stopping';
import type { Members } from './provider/values';
import { UNKNOWN, read, write } from './provider/values';

const container = (config: Members, prior?: Members): ReturnType<typeof plan> =>
  plan('docker_container', schemaOf('docker_container'), prior, config);

const PRIOR = container({ name: 'x', image: 'i', hostname: 'h', memory: 64, cpu_quota: 1 }).state;

describe('the double of the provider plans as the provider does', () => {
  test('a creation: defaults are filled in, what the engine decides is unknown', () => {
    const { state, replaces } = container({ name: 'x', image: 'i' });
    expect(replaces).toEqual([]);
    expect(state).toMatchObject({ must_run: true, restart: 'no', network_mode: 'bridge', wait_timeout: 60 });
    expect([state['id'], state['hostname'], state['exit_code']]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  });

  test.each(['name', 'image', 'hostname'])('another %s is another container', (name) => {
    expect(container({ ...PRIOR, [name]: 'other' }, PRIOR).replaces).toEqual([name]);
  });

  test.each(['memory', 'restart', 'cpu_quota'])('another %s is an update in place', (name) => {
    const { state, replaces } = container({ ...PRIOR, [name]: 7 }, PRIOR);
    expect(replaces).toEqual([]);
    expect(state[name]).toBe(7);
  });

  test('another label is another container, another probe is not', () => {
    expect(container({ ...PRIOR, labels: [{ label: 'a', value: 'b' }] }, PRIOR).replaces).toEqual(['labels']);
    expect(container({ ...PRIOR, healthcheck: [{ test: ['NONE'] }] }, PRIOR).replaces).toEqual([]);
  });

  test('what is not set, and what the engine filled in, is no change', () => {
    const prior = { ...PRIOR, hostname: 'given-by-the-engine', labels: [{ label: 'a', value: 'b' }] };
    expect(container({ ...PRIOR, hostname: null, labels: [] }, prior)).toEqual({
      state: prior,
      replaces: [],
    });
  });

  test('a probe, an environment or labels that are taken away are no change', () => {
    const prior = {
      ...PRIOR,
      healthcheck: [{ test: ['CMD', 'true'], interval: '1s' }],
      env: ['A=1'],
      labels: [{ label: 'a', value: 'b' }],
    };
    expect(container({ ...prior, healthcheck: [], env: null, labels: [] }, prior)).toEqual({
      state: prior,
      replaces: [],
    });
  });

  test('another label of a build is an update in place, another context is another image', () => {
    const image = (build: Members, prior?: Members): ReturnType<typeof plan> =>
      plan('docker_image', schemaOf('docker_image'), prior, { name: 'x', build: [build] });
    const prior = image({ context: '.', label: { a: '1' } }).state;
    expect(image({ context: '.', label: { a: '2' } }, prior).replaces).toEqual([]);
    expect(image({ context: '.', label: { a: '2' } }, prior).state['build']).toMatchObject([
      { label: { a: '2' } },
    ]);
    expect(image({ context: './other', label: { a: '1' } }, prior).replaces).toEqual(['build']);
  });

  test('unset, empty, zero and false are one', () => {
    expect([same(null, ''), same([], null), same(0, null), same({ a: null }, {}), same('a', 'b')]).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('the double reads back what the engine has', () => {
  /** As much of what the engine says of a container as is read. */
  const found = (host: object): ContainerInspectInfo =>
    ({
      Id: 'id',
      Name: '/x',
      Image: 'sha256:i',
      Config: { Image: 'i', Hostname: 'h', User: '', WorkingDir: '', Cmd: ['c'], Entrypoint: null },
      HostConfig: { NetworkMode: 'bridge', LogConfig: { Type: 'json-file', Config: {} }, ...host },
      NetworkSettings: { Ports: {}, Networks: {} },
      State: { Running: true },
    }) as unknown as ContainerInspectInfo;

  test.each([
    ['ulimit', { Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }] }],
    ['log_opts', { LogConfig: { Type: 'json-file', Config: { 'max-size': '10m' } } }],
  ])('a default of the daemon for %s is another container at every plan', (name, host) => {
    const config = { name: 'x', image: 'i' };
    const state = readBack(found(host), container(config).state);
    expect(container(config, state).replaces).toEqual([name]);
    expect(container(config, readBack(found({}), container(config).state)).replaces).toEqual([]);
  });

  test('no limit of memory is -1 and stays so, a limit comes in mebibytes', () => {
    const state = readBack(found({ Memory: 64 * 1024 ** 2, MemorySwap: -1 }), PRIOR);
    expect([state['memory'], state['memory_swap']]).toEqual([64, -1]);
  });

  test('published ports come in the order of the configuration, and none of a container that has stopped', () => {
    const port = (internal: number): Members => ({
      internal,
      external: internal + 1,
      ip: '0.0.0.0',
      protocol: 'tcp',
    });
    const bound = Object.fromEntries(
      [80, 81, 443].map((internal) => [
        `${String(internal)}/tcp`,
        [{ HostIp: '0.0.0.0', HostPort: String(internal + 1) }],
      ]),
    );
    const state = { ...PRIOR, ports: [port(443), port(80)] };
    const running = {
      ...found({}),
      NetworkSettings: { Ports: bound, Networks: {} },
    } as unknown as ContainerInspectInfo;
    expect(readBack(running, state)['ports']).toEqual([port(443), port(80), port(81)]);
    expect(readBack(found({}), state)['ports']).toEqual([]);
  });
});

describe('what the double does not imitate it refuses', () => {
  test.each<[string, string, Members]>([
    ['dns', 'docker_container', { dns: ['127.0.0.1'] }],
    ['rm', 'docker_container', { rm: true }],
    ['mounts', 'docker_container', { mounts: [{ target: '/x' }] }],
    ['upload.source', 'docker_container', { upload: [{ file: '/x', source: 'x' }] }],
    [
      'networks_advanced.ipv4_address',
      'docker_container',
      { networks_advanced: [{ ipv4_address: '10.0.0.2' }] },
    ],
    ['build.target', 'docker_image', { build: [{ context: '.', target: 'x' }] }],
    ['ipam_config', 'docker_network', { ipam_config: [{ subnet: '10.0.0.0/8' }] }],
    ['ipv6', 'docker_network', { ipv6: true }],
  ])('%s of %s', (path, type, config) => {
    expect(refusalsOf(type, { name: 'x', ...config })).toEqual([
      `the double of the provider does not imitate ${path} of ${type}`,
    ]);
  });

  test('of the provider itself: other ways to an engine, and registries', () => {
    expect(providerRefusals({ host: 'unix:///run/docker.sock' })).toEqual([]);
    expect(providerRefusals({ host: 'ssh://a' })).toEqual([expect.stringContaining('not by ssh://a')]);
    expect(providerRefusals({ cert_path: '/x' })).toEqual([expect.stringContaining('imitate cert_path')]);
    expect(providerRefusals({ registry_auth: [{ address: 'x' }] })).toEqual([
      expect.stringContaining('imitate registry_auth'),
    ]);
  });

  test.each<[string, Members, RegExp]>([
    ['cpus', { cpus: '0.5' }, /panics on cpus/],
    ['permissions that are no octal mode', { upload: [{ permissions: '644' }] }, /permissions.*: 644/],
    ['a port without its external one', { ports: [{ internal: 80, external: null }] }, /external/],
    ['a volume without a name', { volumes: [{ container_path: '/x' }] }, /neither/],
  ])('%s', (_, config, reason) => {
    expect(refusalsOf('docker_container', { name: 'x', ...config }).join()).toMatch(reason);
  });

  test('everything that is imitated is in the schema', () => {
    for (const [type, schema] of [
      ...Object.keys(FACTS).map((each) => [each, schemaOf(each)] as const),
      ['provider', providerSchema()] as const,
    ]) {
      const paths = [
        ...schema.attributes.map(({ name }) => name),
        ...schema.blocks.flatMap(({ name, block }) =>
          block.attributes.map((inner) => `${name}.${inner.name}`),
        ),
      ];
      expect(paths).toEqual(expect.arrayContaining([...(IMITATED[type] ?? [])]));
    }
  });
});

describe('an interruption', () => {
  test('ends what is waited for, with an error, and nothing that has an answer', async () => {
    const stopping = new Stopping();
    const waits = stopping.unless(new Promise(() => undefined), 'waited');
    expect(await stopping.unless(Promise.resolve('answer'), 'asked')).toBe('answer');
    stopping.stop();
    await expect(waits).rejects.toThrow('waited: context canceled');
    await expect(stopping.unless(Promise.resolve(1), 'asked later')).rejects.toThrow(
      'asked later: context canceled',
    );
  });

  test('an error of the engine is told as it is', async () => {
    await expect(
      new Stopping().unless(Promise.reject(new Error('no such container')), 'asked'),
    ).rejects.toThrow('no such container');
  });
});

test('values cross the wire, the unknown among them', () => {
  const value = { a: [1, 'x', null, true], b: UNKNOWN, c: { d: 'é' } };
  expect(read(write(value))).toEqual(value);
});

test.each(Object.keys(FACTS))(
  'the schema of %s comes from the bindings, and has what the facts name',
  (type) => {
    const { attributes, blocks } = schemaOf(type);
    const names = new Set([...attributes, ...blocks].map(({ name }) => name));
    for (const name of [...(FACTS[type]?.computed ?? []), ...(FACTS[type]?.inPlace ?? [])])
      expect(names).toContain(name.split('.')[0]);
  },
);

test.each([
  ['1m30s', 90e9],
  ['500ms', 5e8],
  ['1h0m0s', 3600e9],
  ['0s', 0],
])('%s is %p nanoseconds, and back', (text, nanoseconds) => {
  expect(goNanoseconds(text)).toBe(nanoseconds);
  expect(goText(nanoseconds)).toBe(text);
});
