import { posix } from 'node:path';

/** Options of celery itself, in front of its subcommand, that take the next argument as their value. */
const CELERY_VALUES: ReadonlySet<string> = new Set([
  ...['-A', '--app', '-b', '--broker', '--result-backend', '--loader', '--config', '--workdir'],
]);

/**
 * How a command starts celery's beat, such as `celery beat`; undefined for one that does not, as far as its arguments tell. RedBeat
 * is left out: it locks, so that of several only one is at work.
 */
export function beatOf(command: readonly string[]): string | undefined {
  const args = celeryArguments(command);
  if (args === undefined || args.some((argument) => /redbeat/i.test(argument))) return undefined;
  const at = subcommandIn(args);
  if (args[at] === 'beat') return 'celery beat';
  const isBeside = args[at] === 'worker' && args.slice(at).some(isBeatFlag);
  return isBeside ? 'celery worker --beat' : undefined;
}

/** What follows the program, or `python -m celery`. */
function celeryArguments(command: readonly string[]): readonly string[] | undefined {
  const [program = ''] = command;
  if (posix.basename(program) === 'celery') return command.slice(1);
  const at = command.indexOf('-m');
  return posix.basename(program).startsWith('python') && command[at + 1] === 'celery'
    ? command.slice(at + 2)
    : undefined;
}

function subcommandIn(args: readonly string[]): number {
  let at = 0;
  while (args[at]?.startsWith('-') === true) at += CELERY_VALUES.has(args[at] ?? '') ? 2 : 1;
  return at;
}

/** Alone, or among the other flags of a worker that take no value. */
function isBeatFlag(argument: string): boolean {
  return argument === '--beat' || /^-[DE]*B[DE]*$/.test(argument);
}
