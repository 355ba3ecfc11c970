import { isOutput } from '../topology/derive/writable-places';
import { posix } from 'node:path';
import { shown } from '../errors';
import type { Problem } from '../errors';
import { partsOf } from '../nginx/argument';
import { isDataBlock } from '../nginx/data-block';
import type { NginxDirective } from '../nginx/directive';
import { wordsOf } from '../nginx/words';
import { TEMP_PATH_DIRECTIVES } from '../topology/derive/nginx-scratch';
import { PATHS, isBelow } from '../topology/derive/paths';
import type { Frontend } from '../topology/frontend';
import { usersDirectives } from './users-directives';

/** Where nginx may write although its root is read-only: both are empty at the start. */
const WRITABLE = [PATHS.scratch, '/dev/shm'];

/** Files that nginx could not write: it ends at the start when it cannot open a log or make a directory (seen). */
export function nginxWritableProblems(frontend: Frontend): Problem[] {
  if (!frontend.hardening.readOnlyRoot) return [];
  const written = usersDirectives(frontend).filter(({ node, parent }) => kindOf(node, parent) !== undefined);
  const directories = [
    ...WRITABLE,
    ...TEMP_PATH_DIRECTIVES.map((name) => `${PATHS.scratch}/${name.replace('_temp_path', '')}`),
    ...written.flatMap(({ node }) => (node.name.endsWith('_path') ? [placeOf(node)] : [])),
  ];
  return written.flatMap(({ node, construct }) => {
    const why = mistake(node, directories);
    if (why === undefined) return [];
    const what = `${node.name} ${shown(wordsOf(node)[0])}: ${why}`;
    return [{ what, fix: wayOut(node.name), construct, rule: 'NGX-PID-TMP' }];
  });
}

type Kind = 'log' | 'path' | 'store';

/** What a directive writes, if it does. */
function kindOf(node: NginxDirective, parent: string | undefined): Kind | undefined {
  const [word = ''] = wordsOf(node);
  if (isDataBlock(parent)) return undefined;
  if (/^(?:access|error)_log$/.test(node.name)) return isElsewhere(word) ? undefined : 'log';
  if (/_(?:cache|temp)_path$/.test(node.name)) return 'path';
  return node.name.endsWith('_store') && word !== 'on' && word !== 'off' ? 'store' : undefined;
}

/** No file, the container's own output by whichever name, and what the official image links to it. */
function isElsewhere(word: string): boolean {
  return (
    /^(?:off$|stderr$|syslog:|memory:)/.test(word) ||
    isOutput(word) ||
    /^\/var\/log\/nginx\/(?:access|error)\.log$/.test(word)
  );
}

/** The path as far as it is known before a request; one that is not whole is in nginx's own directory. */
function placeOf({ args: [first = ''] }: NginxDirective): string {
  const [text = ''] = partsOf(first);
  return posix.resolve('/etc/nginx', typeof text === 'string' ? text : '');
}

function mistake(node: NginxDirective, directories: readonly string[]): string | undefined {
  const [first = ''] = node.args;
  const [text = '', ...more] = partsOf(first);
  // A store may begin with a variable that holds the directory.
  if (typeof text !== 'string') return undefined;
  const directory = posix.dirname(`${placeOf(node)}${text.endsWith('/') && more.length > 0 ? '/x' : ''}`);
  if (!WRITABLE.some((place) => isBelow(directory, place)))
    return 'nobody may write there, the root is read-only';
  if (more.length > 0 || node.name.endsWith('_store') || directories.includes(directory)) return undefined;
  return `there is no directory ${directory}: what is below ${PATHS.scratch} is empty at the start`;
}

function wayOut(name: string): string {
  if (name === 'access_log') return "write '/dev/stdout', the container's output, or a file in /tmp";
  if (name === 'error_log') return "write 'stderr', the container's output, or a file in /tmp";
  return `write a directory in /tmp, such as /tmp/${name.replace(/_path$/, '')}, and let scratchSize have room for it`;
}
