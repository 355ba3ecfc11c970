import { ConfigError } from '../errors';
import type { PythonValue } from '../gunicorn/setting';
import { settingProblem } from '../gunicorn/validate';
import { ASGI_ROWS } from './gunicorn-asgi-props';
import type { GunicornAsgiProps } from './gunicorn-asgi-props';
import { DEVELOPMENT_ROWS } from './gunicorn-development-props';
import type { GunicornDevelopmentProps } from './gunicorn-development-props';
import { DIRTY_ROWS } from './gunicorn-dirty-props';
import type { GunicornDirtyProps } from './gunicorn-dirty-props';
import { HTTP2_ROWS } from './gunicorn-http2-props';
import type { GunicornHttp2Props } from './gunicorn-http2-props';
import { HTTP_ROWS } from './gunicorn-http-props';
import type { GunicornHttpProps } from './gunicorn-http-props';
import { LOGGING_ROWS } from './gunicorn-logging-props';
import type { NamedLoggingProps } from './gunicorn-logging-props';
import { PROCESS_ROWS } from './gunicorn-process-props';
import type { GunicornProcessProps } from './gunicorn-process-props';
import { settingName } from './gunicorn-rows';
import type { Row, Rows } from './gunicorn-rows';
import { STATSD_ROWS } from './gunicorn-statsd-props';
import type { GunicornStatsdProps } from './gunicorn-statsd-props';
import { TLS_ROWS } from './gunicorn-tls-props';
import type { GunicornTlsProps } from './gunicorn-tls-props';

/** Props whose setting has the same name and is nothing but their value. */
export type NamedProps = GunicornAsgiProps &
  GunicornDevelopmentProps &
  GunicornDirtyProps &
  GunicornHttp2Props &
  GunicornHttpProps &
  NamedLoggingProps &
  GunicornProcessProps &
  GunicornStatsdProps &
  GunicornTlsProps;

const ROWS: Rows<NamedProps> = {
  ...ASGI_ROWS,
  ...DEVELOPMENT_ROWS,
  ...DIRTY_ROWS,
  ...HTTP2_ROWS,
  ...HTTP_ROWS,
  ...LOGGING_ROWS,
  ...PROCESS_ROWS,
  ...STATSD_ROWS,
  ...TLS_ROWS,
};

/**
 * The settings that were asked for by props of their own, under gunicorn's names.
 *
 * @throws ConfigError that names the prop, for a value that gunicorn of this version does not take, or does not know yet.
 */
export function namedSettings(props: NamedProps, version: string): Record<string, PythonValue> {
  const rows = Object.entries(ROWS) as [keyof NamedProps, Row<unknown>][];
  const given = rows.flatMap(([prop, row]) => {
    const asked = props[prop];
    return asked === undefined ? [] : [convert(prop, row(asked, prop, version), version)];
  });
  return Object.fromEntries(given);
}

function convert(prop: string, value: PythonValue, version: string): [string, PythonValue] {
  const name = settingName(prop);
  const problem = settingProblem({ name, value }, version, prop);
  if (problem !== undefined) throw new ConfigError(problem);
  return [name, value];
}
