import { ConfigError, allOf } from '../../errors';
import type { PythonValue } from '../../gunicorn/setting';
import { settingProblem } from '../../gunicorn/validate';
import { ASGI_ROWS } from './asgi-props';
import type { GunicornAsgiProps } from './asgi-props';
import { DEVELOPMENT_ROWS } from './development-props';
import type { GunicornDevelopmentProps } from './development-props';
import { DIRTY_ROWS } from './dirty-props';
import type { GunicornDirtyProps } from './dirty-props';
import { HTTP2_ROWS } from './http2-props';
import type { GunicornHttp2Props } from './http2-props';
import { HTTP_ROWS } from './http-props';
import type { GunicornHttpProps } from './http-props';
import { LOGGING_ROWS } from './logging-props';
import type { NamedLoggingProps } from './logging-props';
import { PROCESS_ROWS } from './process-props';
import type { GunicornProcessProps } from './process-props';
import { settingName } from './rows';
import type { Row, Rows } from './rows';
import { STATSD_ROWS } from './statsd-props';
import type { GunicornStatsdProps } from './statsd-props';
import { TLS_ROWS } from './tls-props';
import type { GunicornTlsProps } from './tls-props';

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
  const given = rows.filter(([prop]) => props[prop] !== undefined);
  return Object.fromEntries(
    allOf(given, ([prop, row]) => convert(prop, row(props[prop], prop, version), version)),
  );
}

function convert(prop: string, value: PythonValue, version: string): [string, PythonValue] {
  const name = settingName(prop);
  const problem = settingProblem({ name, value }, version, prop);
  if (problem !== undefined) throw new ConfigError(problem);
  return [name, value];
}
