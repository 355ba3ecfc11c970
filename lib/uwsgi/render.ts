import { ConfigError, named, shown } from '../errors';
import type { UwsgiOption, UwsgiValue } from './option';
import { placeholderName } from './option';
import { OPTIONS } from './option-table';
import { PLACEHOLDERS, quote } from './quote';

const PLUGIN_LINES: ReadonlySet<string> = new Set(['plugin', 'plugins', 'need-plugin', 'need-plugins']);

/** Where plugins are looked for by the lines after it (seen). */
const DIRECTORY_LINES: ReadonlySet<string> = new Set(['plugins-dir', 'plugin-dir']);

/**
 * The text of an ini file with one `[uwsgi]` section. Placeholder lines come first, then the lines that load
 * plugins, which must stand before what they provide and after their directories; the rest keeps the caller's order.
 *
 * @throws ConfigError for a name or a value that an ini line cannot hold.
 */
export function renderUwsgi(options: readonly UwsgiOption[]): string {
  const setNames = new Set([
    // Set by the `--ini` that names this very file.
    'ini',
    ...options.flatMap((line) => [line.name, placeholderName(line) ?? line.name]),
    ...PLACEHOLDERS.map((placeholder) => placeholder.name),
  ]);
  const lines = inOrder(options).flatMap((line) => optionLines(line, setNames));
  const used = PLACEHOLDERS.filter((placeholder) =>
    lines.some((line) => line.includes(`%(${placeholder.name})`)),
  );
  const placeholders = used.map(({ name, character }) => `set-placeholder = ${name}=${character}`);
  return [...['[uwsgi]', ...placeholders, ...lines].map((line) => `${line}\n`)].join('');
}

function inOrder(options: readonly UwsgiOption[]): UwsgiOption[] {
  const rank = ({ name }: UwsgiOption): number =>
    DIRECTORY_LINES.has(name) ? 0 : PLUGIN_LINES.has(name) ? 1 : 2;
  return [...options].sort((one, other) => rank(one) - rank(other));
}

function optionLines(line: UwsgiOption, setNames: ReadonlySet<string>): string[] {
  if (!/^[A-Za-z0-9_-]+$/.test(line.name)) {
    throw new ConfigError({
      what: `${shown(line.name)} is not the name of a uWSGI option`,
      fix: "write letters, digits and '-' only, without the value",
    });
  }
  const comment = line.comment?.split(/\r\n|[\r\n]/).map((text) => `; ${commentText(text)}`.trimEnd()) ?? [];
  const value = named(line.name, () => valueText(line.name, line.value, setNames));
  return [...comment, value === '' ? `${line.name} =` : `${line.name} = ${value}`];
}

/**
 * Refuses a value that no line of a file can hold, whatever else stands in it.
 *
 * @throws ConfigError that says why.
 */
export function checkValue(name: string, value: string): void {
  valueText(name, value, new Set());
}

function valueText(name: string, value: UwsgiValue, setNames: ReadonlySet<string>): string {
  const immediate = Object.hasOwn(OPTIONS, name) && OPTIONS[name]?.immediate === true;
  return quote(value, { setNames, immediate });
}

/** Magic variables are replaced in comments as well, the whole text being searched. */
function commentText(text: string): string {
  return text.replace(/%/g, '%%').replace(/\0/g, '');
}
