import { FACTS } from './provider/facts';
import { goNanoseconds, goText } from './provider/go-duration';
import { plan, same } from './provider/plan';
import { schemaOf } from './provider/schema';
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
      expect(names).toContain(name);
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
