import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { loggingDictProblems } from '../../lib/gunicorn/logging-dict';
import { describeWith, serverCommand } from '../helpers/programs';
import { RELEASES } from './running';

type Config = Record<string, unknown>;

const stream = { class: 'logging.StreamHandler' };
const both = { console: stream, error_console: stream };

const REFUSED: readonly [string, Config, string][] = [
  ['another version', { version: 2 }, 'logconfigDict: version 2 is none that Python'],
  ['a version as text', { version: '1' }, 'logconfigDict: version "1" is none'],
  [
    'a handler that there is not',
    { loggers: { shop: { handlers: ['file'] } } },
    'logger "shop" names "file", and handlers has only "console", "error_console"',
  ],
  [
    'a level that there is not',
    { loggers: { shop: { level: 'NOPE' } } },
    'logger "shop": level "NOPE" is none',
  ],
  ['a level in small letters', { root: { level: 'debug' } }, 'logger "root": level "debug" is none'],
  [
    'handlers instead of those that loggers of gunicorn name',
    { handlers: { file: stream } },
    'logger "gunicorn.error" names "error_console", and handlers has only "file"',
  ],
  [
    'formatters instead of the one that handlers of gunicorn name',
    { formatters: { short: { format: '%(message)s' } } },
    'handler "console" names "generic", and formatters has only "short"',
  ],
  [
    'a formatter that there is not',
    { handlers: { ...both, console: { ...stream, formatter: 'long' } } },
    'handler "console" names "long", and formatters has only "generic"',
  ],
  [
    'a filter that there is not',
    { loggers: { shop: { filters: ['x'] } } },
    'names "x", and filters has none',
  ],
  ['a handler without a class', { handlers: { ...both, console: {} } }, 'handler "console" has no class'],
  ['handlers that are no map', { handlers: 'none' }, 'handlers "none" is no map'],
];

const TAKEN: readonly Config[] = [
  {},
  { version: 1 },
  { version: true },
  { loggers: { shop: { level: 'WARN', handlers: ['console'] }, quiet: { level: 5 } } },
  { handlers: both },
  { handlers: { file: stream }, root: { handlers: ['file'] }, loggers: {} },
  { formatters: { short: { format: '%(message)s' } }, handlers: both },
  { filters: { mine: { name: 'shop' } }, loggers: { shop: { filters: ['mine'] } } },
  { incremental: true, loggers: { shop: { handlers: ['none'] } } },
];

test.each(REFUSED)('refuses %s', (_, config, message) => {
  const [first] = loggingDictProblems('logconfigDict', config);
  expect(first?.what).toContain(message);
});

test.each(TAKEN)('takes %j', (config) => {
  expect(loggingDictProblems('logconfigDict', config)).toEqual([]);
});

/** gunicorn's own logger, set up with each of them. */
const SET_UP = `
import json, sys
from gunicorn.config import Config
from gunicorn.glogging import Logger

def starts(given):
    config = Config()
    config.set('logconfig_dict', given)
    try:
        Logger(config)
        return True
    except RuntimeError:
        return False

json.dump([starts(given) for given in json.load(sys.stdin)], sys.stdout)
`;

describe.each(RELEASES)('gunicorn %s', (release) => {
  describeWith([`gunicorn-${release}`], 'the real program', () => {
    test('does not start with what is refused, and does with the rest', () => {
      const python = join(dirname(serverCommand(`gunicorn-${release}`)), 'python');
      const input = JSON.stringify([...REFUSED.map(([, config]) => config), ...TAKEN]);
      const { stdout } = spawnSync(python, ['-c', SET_UP], { input, encoding: 'utf8' });
      expect(JSON.parse(stdout)).toEqual([...REFUSED.map(() => false), ...TAKEN.map(() => true)]);
    });
  });
});
