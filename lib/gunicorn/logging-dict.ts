import type { Problem } from '../errors';
import { shown } from '../errors';

type Members = Readonly<Record<string, unknown>>;

/** gunicorn's own (`CONFIG_DEFAULTS` of 20.1 to 27.0): what a user's says of one of these takes the place of all of it. */
const OWN: Members = {
  version: 1,
  root: { handlers: ['console'] },
  loggers: {
    'gunicorn.error': { handlers: ['error_console'] },
    'gunicorn.access': { handlers: ['console'] },
  },
  handlers: {
    console: { class: 'logging.StreamHandler', formatter: 'generic' },
    error_console: { class: 'logging.StreamHandler', formatter: 'generic' },
  },
  formatters: { generic: {} },
};

const LEVELS = ['CRITICAL', 'FATAL', 'ERROR', 'WARNING', 'WARN', 'INFO', 'DEBUG', 'NOTSET'];

const REPLACED = "gunicorn's own go as soon as others are given, and whatever names them has to be given too";

/**
 * What `dictConfig` refuses of a configuration that is laid over gunicorn's own, which ends gunicorn at the start (seen with 20.1, 23.0
 * and 27.0): another version, levels that there are not, and names of handlers, formatters and filters that nothing declares.
 */
export function loggingDictProblems(prop: string, given: Members): Problem[] {
  const config = { ...OWN, ...given };
  // For Python, True is 1.
  if (config['version'] !== 1 && config['version'] !== true) {
    const what = `${prop}: version ${shown(config['version'])} is none that Python's logging knows`;
    return [{ what, fix: 'give 1, or leave it out' }];
  }
  // It changes levels of what is there already, and declares nothing.
  if (Boolean(config['incremental'])) return [];
  const loggers = { ...membersOf(config['loggers']), root: config['root'] };
  return [
    ...notMaps(prop, config),
    ...Object.entries(membersOf(config['handlers'])).flatMap(([name, handler]) =>
      handlerProblems(`${prop}: handler ${shown(name)}`, membersOf(handler), config),
    ),
    ...Object.entries(loggers).flatMap(([name, logger]) =>
      loggerProblems(`${prop}: logger ${shown(name)}`, membersOf(logger), config),
    ),
  ];
}

function notMaps(prop: string, config: Members): Problem[] {
  return ['handlers', 'loggers', 'formatters', 'filters']
    .filter((part) => config[part] !== undefined && !isMap(config[part]))
    .map((part) => ({ what: `${prop}: ${part} ${shown(config[part])} is no map`, fix: 'give one by names' }));
}

function handlerProblems(who: string, handler: Members, config: Members): Problem[] {
  const { formatter } = handler;
  const formatters = typeof formatter === 'string' ? [formatter] : [];
  const classless = handler['class'] === undefined && handler['()'] === undefined;
  return [
    ...(classless ? [{ what: `${who} has no class`, fix: "give one, such as 'logging.StreamHandler'" }] : []),
    ...levelProblems(who, handler),
    ...unknownNames(who, formatters, 'formatters', config),
    ...unknownNames(who, handler['filters'], 'filters', config),
  ];
}

function loggerProblems(who: string, logger: Members, config: Members): Problem[] {
  return [
    ...levelProblems(who, logger),
    ...unknownNames(who, logger['handlers'], 'handlers', config),
    ...unknownNames(who, logger['filters'], 'filters', config),
  ];
}

function levelProblems(who: string, { level }: Members): Problem[] {
  if (typeof level !== 'string' || LEVELS.includes(level) || isReference(level)) return [];
  return [
    {
      what: `${who}: level ${shown(level)} is none of Python's`,
      fix: `give one of ${LEVELS.map((name) => `'${name}'`).join(', ')}, or the number of a level of your own`,
    },
  ];
}

function unknownNames(who: string, names: unknown, part: string, config: Members): Problem[] {
  const declared = membersOf(config[part]);
  const given = Array.isArray(names) ? (names as readonly unknown[]) : [];
  return given
    .filter((name): name is string => typeof name === 'string' && !isReference(name))
    .filter((name) => !Object.hasOwn(declared, name))
    .map((name) => ({
      what: `${who} names ${shown(name)}, and ${part} has ${listOf(Object.keys(declared))}`,
      fix: `declare it in ${part}, or name another; ${REPLACED}`,
    }));
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? 'none' : `only ${names.map((name) => shown(name)).join(', ')}`;
}

/** Python puts something else in its place. */
function isReference(text: string): boolean {
  return /^(?:ext|cfg):\/\//.test(text);
}

function isMap(value: unknown): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function membersOf(value: unknown): Members {
  return isMap(value) ? value : {};
}
