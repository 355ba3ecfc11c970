import { ConfigError, shown } from '../errors';
import type { UwsgiOption, UwsgiPart, UwsgiValue } from './option';
import { OPTIONS } from './option-table';
import { PLACEHOLDERS } from './quote';

/**
 * Reads the `[uwsgi]` section of an ini file, each option with its line; comments are not kept and the
 * placeholders of our own are undone.
 *
 * @throws ConfigError with the line of what uWSGI would not read as it looks.
 */
export function parseUwsgi(text: string): UwsgiOption[] {
  if (text.startsWith('\ufeff'))
    throw broken(1, 'a byte order mark hides the section', 'save the file without it');
  const options: UwsgiOption[] = [];
  let section: string | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    refuseOpenEnd(raw, index + 1);
    const line = trimBlanks(raw);
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue;
    if (line.startsWith('[')) section = line.slice(1, line.indexOf(']'));
    else if (section === 'uwsgi') options.push(parseLine(line, index + 1));
    else if (section === undefined)
      throw broken(index + 1, `${shown(line)} stands before any section`, "begin with '[uwsgi]'");
  }
  if (section === undefined) throw broken(1, 'there is no [uwsgi] section', "begin with '[uwsgi]'");
  return options.filter((line) => !isOwnPlaceholder(line));
}

/** Of comments too: magic variables are replaced in the whole text before it is cut into lines. */
function refuseOpenEnd(raw: string, number: number): void {
  const percents = /%+$/.exec(raw)?.[0].length ?? 0;
  if (percents % 2 === 0) return;
  throw broken(
    number,
    `${shown(raw)} ends with a single '%', which takes the line break with it`,
    "double the '%'",
  );
}

function parseLine(line: string, number: number): UwsgiOption {
  const equals = line.indexOf('=');
  if (equals < 0) return { name: line, value: '', line: number };
  const name = trimBlanks(line.slice(0, equals));
  const immediate = Object.hasOwn(OPTIONS, name) && OPTIONS[name]?.immediate === true;
  return { name, value: valueOf(trimBlanks(line.slice(equals + 1)), immediate), line: number };
}

const NOTATION = /%%|%[A-Za-z0-9]|%\([^)]*\)|\$\([^)]*\)|@\([^)]*\)|%./gs;

function valueOf(text: string, immediate: boolean): UwsgiValue {
  const parts: UwsgiPart[] = [];
  let end = 0;
  for (const match of text.matchAll(NOTATION)) {
    parts.push(text.slice(end, match.index), partOf(match[0], immediate));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return canonical(parts);
}

function partOf(notation: string, immediate: boolean): UwsgiPart {
  if (notation === '%%') return '%';
  if (immediate && /^[$@]\(/.test(notation)) return notation;
  const placeholder = PLACEHOLDERS.find(({ name }) => notation === `%(${name})`);
  return placeholder?.character ?? { reference: notation };
}

function canonical(parts: readonly UwsgiPart[]): UwsgiValue {
  const joined: UwsgiPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  const [only] = joined;
  if (joined.length === 0) return '';
  return joined.length === 1 && typeof only === 'string' ? only : joined;
}

function isOwnPlaceholder(line: UwsgiOption): boolean {
  const own = PLACEHOLDERS.some(({ name, character }) => line.value === `${name}=${character}`);
  return line.name === 'set-placeholder' && own;
}

/** Cuts what uWSGI cuts; JavaScript's own trim would take a line separator of Unicode too. */
function trimBlanks(text: string): string {
  return text.replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, '');
}

function broken(line: number, what: string, fix: string): ConfigError {
  return new ConfigError({ what: `uwsgi.ini line ${String(line)}: ${what}`, fix });
}
