import { spawnSync } from 'node:child_process';
import { hookProblem, settingProblem } from '../../lib/gunicorn/validate';
import { renderGunicorn } from '../../lib/gunicorn/render';
import { setting } from '../../lib/gunicorn/setting';
import type { PythonValue } from '../../lib/gunicorn/setting';
import { REMOVED, SETTINGS } from '../../lib/gunicorn/setting-table';
import { isAtLeast } from '../../lib/server-version';
import { describeWith, serverCommand } from '../helpers/programs';
import { RELEASES } from './running';
import type { Release } from './running';

/** Values at the edges of what releases take, and on both sides of every change between them. */
const VALUES: readonly (readonly [string, PythonValue])[] = [
  ...[true, false, 'off', 'v1', 'v2', 'auto', 'v3'].map((value) => ['proxy_protocol', value] as const),
  ...['metrics:8125', 'unix:///run/statsd', 'metrics:'].map((value) => ['statsd_host', value] as const),
  ...['h1', 'h2,h1', 'h1,h1', 'h4'].map((value) => ['http_protocols', value] as const),
  ...['drop', 'refuse', 'dangerous', 'keep'].map((value) => ['header_map', value] as const),
  ...['auto', 'asyncio', 'uvloop', 'trio'].map((value) => ['asgi_loop', value] as const),
  ...['auto', 'on', 'off', 'maybe'].map((value) => ['asgi_lifespan', value] as const),
  ...['auto', 'fast', 'python', 'slow'].map((value) => ['http_parser', value] as const),
  ...['off', 'prior-knowledge', 'upgrade', 'both', 'x'].map((value) => ['http2_cleartext', value] as const),
  ...['auto', 'poll', 'guess'].map((value) => ['reload_engine', value] as const),
  ...[16_383, 16_384, 16_777_215, 16_777_216].map((value) => ['http2_max_frame_size', value] as const),
  ...[1, 2 ** 31 - 1].map((value) => ['http2_initial_window_size', value] as const),
  ...['10.0.0.7', '::1', '*'].flatMap((value) =>
    ['forwarded_allow_ips', 'proxy_allow_ips', 'uwsgi_allow_ips'].map((name) => [name, value] as const),
  ),
  ['workers', 3],
  ['workers', 'many'],
  ['preload_app', 'perhaps'],
  ['logconfig_dict', { dict: {} }],
  ['logconfig_dict', 'x'],
  ['accesslog', 3],
  ['accesslog', null],
  ['sendfile', null],
  ['umask', { octal: '117' }],
  ['dirty_apps', ['a:B']],
];

/** Values that gunicorn takes and then does not use, or uses otherwise: refused here, with the release where that is so. */
const STRICTER: readonly (readonly [string, PythonValue, Release])[] = [
  ['forwarded_allow_ips', '10.0.0.0/8', '20.1.0'],
  ['forwarded_allow_ips', 'nginx', '20.1.0'],
  ['loglevel', 'verbose', '27.0.1'],
  ['protocol', 'ajp', '27.0.1'],
  ['http_protocols', 'h3', '26.1.0'],
  ['http2_max_concurrent_streams', 0, '26.1.0'],
  ['http2_initial_window_size', 2 ** 31, '26.1.0'],
];

/** Values that stop the start. */
const STOPPED: readonly (readonly [string, PythonValue, Release])[] = [
  ['forwarded_allow_ips', '10.0.0.1/8', '23.0.0'],
  ['forwarded_allow_ips', 'fd00::1/64', '27.0.1'],
  ['forwarded_allow_ips', 'nginx', '23.0.0'],
  ['http_protocols', 'h3', '27.0.1'],
  ['http2_max_concurrent_streams', 0, '27.0.1'],
  ['http2_initial_window_size', 2 ** 31, '27.0.1'],
];

interface Known {
  readonly settings: readonly string[];
  readonly classes: readonly string[];
  /** Whether each of the values was taken. */
  readonly taken: readonly boolean[];
}

const SCRIPT = `
import json, sys
from gunicorn import config, workers
taken = []
for name, text in json.load(sys.stdin):
    space = {}
    exec(text, space)
    try:
        config.Config().set(name, space[name])
        taken.append(True)
    except Exception:
        taken.append(False)
names = [known.name for known in config.KNOWN_SETTINGS]
print(json.dumps({'settings': names, 'classes': list(workers.SUPPORTED_WORKERS), 'taken': taken}))
`;

/** What a real release says of its own settings and of values. */
function asked(release: Release, values: readonly (readonly [string, PythonValue])[]): Known {
  const input = values.map(([name, value]) => [
    name,
    renderGunicorn({ settings: [setting(name, value)], hooks: [] }),
  ]);
  const python = serverCommand(`gunicorn-${release}`).replace(/gunicorn$/, 'python');
  const run = spawnSync(python, ['-c', SCRIPT], { encoding: 'utf8', input: JSON.stringify(input) });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Known;
}

const allows = (name: string, value: PythonValue, release: Release): boolean =>
  settingProblem(setting(name, value), release) === undefined;

describe.each(RELEASES)('gunicorn %s', (release) => {
  describeWith([`gunicorn-${release}`], 'knows what the gates allow, and nothing that they refuse', () => {
    test('names of settings', () => {
      const allowed = Object.entries(SETTINGS).filter(([, { since }]) => isAtLeast(release, since));
      expect(allowed.map(([name]) => name).sort()).toEqual([...asked(release, []).settings].sort());
    });

    test('names that are gone', () => {
      const { settings } = asked(release, []);
      expect(REMOVED.filter(({ name }) => settings.includes(name))).toEqual([]);
    });

    test('hooks', () => {
      const { settings } = asked(release, []);
      for (const [name, { kind, arity = [] }] of Object.entries(SETTINGS)) {
        if (kind !== 'hook') continue;
        const args = Array.from({ length: arity.at(-1) ?? 0 }, (_, at) => `a${String(at)}`).join(', ');
        const problem = hookProblem({ name, text: `def ${name}(${args}): pass` }, release);
        expect([name, problem === undefined]).toEqual([name, settings.includes(name)]);
      }
    });

    test('classes of workers', () => {
      const { classes } = asked(release, []);
      const named = ['sync', 'gthread', 'gevent', 'tornado', 'asgi', 'eventlet'];
      expect(named.filter((name) => allows('worker_class', name, release))).toEqual(
        named.filter((name) => classes.includes(name)),
      );
    });

    test('values', () => {
      const { settings, taken } = asked(release, VALUES);
      const known = VALUES.map(([name], at) => settings.includes(name) && taken[at] === true);
      const allowed = VALUES.map(([name, value]) => allows(name, value, release));
      const differ = VALUES.filter((_, at) => known[at] !== allowed[at]);
      expect(differ).toEqual([]);
    });

    test('values that it takes and does not use are refused, and so are those that stop it', () => {
      const here = ([, , where]: readonly [string, PythonValue, Release]): boolean => where === release;
      const [stricter, stopped] = [STRICTER.filter(here), STOPPED.filter(here)];
      const both = [...stricter, ...stopped].map(([name, value]) => [name, value] as const);
      expect(asked(release, both).taken).toEqual([...stricter.map(() => true), ...stopped.map(() => false)]);
      expect(both.filter(([name, value]) => allows(name, value, release))).toEqual([]);
    });

    test('numbers of arguments of hooks', () => {
      const hooks = Object.entries(SETTINGS).filter(
        ([, { kind, since }]) => kind === 'hook' && isAtLeast(release, since),
      );
      const counts = hooks.flatMap(([name]) =>
        [0, 1, 2, 3, 4, 5].map((count) => {
          const args = Array.from({ length: count }, (_, at) => `a${String(at)}`).join(', ');
          return { name, text: `def ${name}(${args}):\n    pass\n` };
        }),
      );
      const python = serverCommand(`gunicorn-${release}`).replace(/gunicorn$/, 'python');
      const input = JSON.stringify(counts.map(({ name, text }) => [name, text]));
      const run = spawnSync(python, ['-c', SCRIPT], { encoding: 'utf8', input });
      const { taken } = JSON.parse(run.stdout) as Known;
      expect(counts.filter((hook, at) => (hookProblem(hook, release) === undefined) !== taken[at])).toEqual(
        [],
      );
    });
  });
});
