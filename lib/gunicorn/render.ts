import { ConfigError, shown } from '../errors';
import { readDef } from './python-def';
import { SOCKET_MODULE, quote } from './quote';
import type { GunicornFile, GunicornHook, GunicornSetting, PythonValue } from './setting';

/**
 * The text of a `gunicorn.conf.py`: an import where a hostname needs it, the settings in the order given, the hooks.
 *
 * @throws ConfigError for a name or a value that the file cannot hold, and for a hook that is not one `def`.
 */
export function renderGunicorn(file: GunicornFile): string {
  const needsSocket = file.settings.some(({ value }) => holdsHostname(value));
  const blocks = [
    ...(needsSocket ? [`import ${SOCKET_MODULE}\n`] : []),
    file.settings
      .flatMap(settingLines)
      .map((line) => `${line}\n`)
      .join(''),
    ...[...(file.helpers ?? []), ...file.hooks].map((hook) => `\n${hookText(hook)}\n`),
  ];
  return blocks.filter((text) => text !== '').join('\n');
}

function settingLines({ name, value, comment }: GunicornSetting): string[] {
  checkName(name);
  const above = comment?.split(/\r\n|[\r\n]/).map((text) => `# ${text}`.trimEnd()) ?? [];
  return [...above, `${name} = ${quote(value)}`];
}

function checkName(name: string): void {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new ConfigError({
      what: `${shown(name)} is not the name of a gunicorn setting`,
      fix: "write small letters, digits and '_' only",
    });
  }
}

function hookText({ name, text }: GunicornHook): string {
  checkName(name);
  const trimmed = text.replace(/\r\n?/g, '\n').trimEnd();
  if (readDef(trimmed)?.name !== name) {
    throw new ConfigError({
      what: `the hook ${name} is not one function of that name`,
      fix: `write 'def ${name}(…):' and an indented body, with imports inside it`,
    });
  }
  return trimmed;
}

function holdsHostname(value: PythonValue): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (Array.isArray(value)) return (value as readonly PythonValue[]).some(holdsHostname);
  return 'before' in value;
}
