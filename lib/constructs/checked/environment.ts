import { ConfigError, allOf, shown, together } from '../../errors';
import type { AppBase } from '../../topology/app';
import { textOf } from './tokens';

/** Variables that servers read behind the config file's back; the error names the prop that does it openly. */
const SERVER_VARIABLES: Readonly<Record<string, string>> = {
  GUNICORN_CMD_ARGS: 'settings',
  WEB_CONCURRENCY: 'workers',
  PORT: 'transport or listeners',
  FORWARDED_ALLOW_IPS: 'forwardedAllowIps',
};

/**
 * Environment variables, Terraform tokens carried through.
 *
 * @throws ConfigError for what cannot be one, and for what would change the server behind its config file.
 */
export function environment(variables: Readonly<Record<string, string>>): AppBase['environment'] {
  return Object.fromEntries(
    allOf(Object.entries(variables), ([name, value]) => {
      together(
        () => {
          checkName(name);
        },
        () => {
          checkValue(name, value);
        },
      );
      return [name, textOf(value)];
    }),
  );
}

function checkName(name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) {
    throw new ConfigError({
      what: `environment: ${shown(name)} is not the name of a variable`,
      fix: "use letters, digits, '_', '.' and '-', a letter or '_' first, such as 'LOG_LEVEL'",
    });
  }
  const prop = name.startsWith('UWSGI_') ? 'options' : serverVariable(name);
  if (prop !== undefined) {
    throw new ConfigError({
      what: `environment: ${name} would change the server behind its config file`,
      fix: `use ${prop}, or give the application's own variable another name`,
    });
  }
}

function checkValue(name: string, value: unknown): void {
  if (typeof value !== 'string') {
    throw new ConfigError({
      what: `environment: ${name} is ${shown(value)}, which is no text`,
      fix: "give one, such as '' or String(value), or leave the variable out",
    });
  }
  if (!value.includes('\0')) return;
  throw new ConfigError({
    what: `environment: the value of ${shown(name)} holds a NUL, which would end it: ${shown(value)}`,
    fix: 'leave the NUL out',
  });
}

function serverVariable(name: string): string | undefined {
  return Object.hasOwn(SERVER_VARIABLES, name) ? SERVER_VARIABLES[name] : undefined;
}
