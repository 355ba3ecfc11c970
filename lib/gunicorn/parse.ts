import { readLiteral } from './literal';
import type { GunicornFile, GunicornHook, GunicornSetting, UnparsedLine } from './setting';

/**
 * Reads a config file: assignments of literals and hooks, each with its line. Whatever only Python could evaluate is
 * kept as it stands in `unparsed`, with its line; the import that a hostname needs and comments are not kept.
 *
 * @throws ConfigError with the line of a string that never ends.
 */
export function parseGunicorn(text: string): GunicornFile {
  const settings: GunicornSetting[] = [];
  const hooks: GunicornHook[] = [];
  const unparsed: UnparsedLine[] = [];
  const lines = text.replace(/\r\n/g, '\n').split('\n');
  for (let index = 0; index < lines.length; index++) {
    const content = lines[index] ?? '';
    const line = index + 1;
    const definition = /^def ([a-z][a-z0-9_]*)\(/.exec(content);
    if (definition !== null) {
      const end = endOfBody(lines, index);
      hooks.push({ name: definition[1] ?? '', text: lines.slice(index, end).join('\n').trimEnd(), line });
      index = end - 1;
    } else if (!/^\s*(#|$)/.test(content) && content !== 'import socket') {
      const found = readAssignment(content, line);
      if (found === undefined) unparsed.push({ text: content, line });
      else settings.push(found);
    }
  }
  return { settings, hooks, ...(unparsed.length === 0 ? {} : { unparsed }) };
}

function endOfBody(lines: readonly string[], start: number): number {
  let end = start + 1;
  while (end < lines.length && /^(\s|$|#)/.test(lines[end] ?? '')) end++;
  return end;
}

function readAssignment(content: string, line: number): GunicornSetting | undefined {
  const match = /^([a-z][a-z0-9_]*)\s*=\s*(.*)$/s.exec(content);
  if (match === null) return undefined;
  const value = readLiteral(match[2] ?? '', line);
  return value === undefined ? undefined : { name: match[1] ?? '', value, line };
}
