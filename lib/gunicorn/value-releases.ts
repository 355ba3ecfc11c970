import type { Problem } from '../errors';
import { shown } from '../errors';
import { isAtLeast, newerNeeded } from '../server-version';
import type { PythonValue } from './setting';

/** Values that came, or went, with a release of their own. */
interface ValueRelease {
  readonly name: string;
  /** Which values; the others of the setting are as old as it is. */
  readonly matches: (value: PythonValue) => boolean;
  readonly since?: string;
  readonly until?: string;
  /** What to use instead. */
  readonly instead: string;
}

/** Release from which `proxy_protocol` names the versions of that protocol; before, it is on or off. */
export const PROXY_VERSIONS_SINCE = '24.1.0';

const isOneOf =
  (...values: readonly PythonValue[]) =>
  (value: PythonValue): boolean =>
    values.includes(value);

const VALUE_RELEASES: readonly ValueRelease[] = [
  { name: 'worker_class', matches: isOneOf('asgi'), since: '24.0.0', instead: 'use WorkerClass.UVICORN' },
  { name: 'worker_class', matches: isOneOf('eventlet'), until: '26.0.0', instead: 'use gevent' },
  {
    name: 'proxy_protocol',
    matches: (value) => typeof value === 'string',
    since: PROXY_VERSIONS_SINCE,
    instead: 'give true or false',
  },
  {
    name: 'statsd_host',
    matches: (value) => typeof value === 'string' && value.startsWith('unix://'),
    since: '21.0.0',
    instead: 'give a host and a port',
  },
  {
    name: 'reload_extra_files',
    matches: (value) => Array.isArray(value) && value.some((item) => /[*?[]/.test(String(item))),
    since: '26.1.0',
    instead: 'name each file',
  },
];

/** A value that gunicorn of this version does not know yet, or no longer; `label` is the user's word for the setting. */
export function valueReleaseProblem(
  name: string,
  value: PythonValue,
  version: string,
  label: string = name,
): Problem | undefined {
  const row = VALUE_RELEASES.find((each) => each.name === name && each.matches(value));
  if (row?.since !== undefined && !isAtLeast(version, row.since)) {
    const { what, fix } = newerNeeded('gunicorn', row.since, version);
    return {
      what: `${label} ${shown(value)} ${what}`,
      fix: `${fix}, or ${row.instead}`,
      rule: 'GUN-VERSION',
    };
  }
  if (row?.until !== undefined && isAtLeast(version, row.until)) {
    return {
      what: `${label} ${shown(value)} is gone since gunicorn ${row.until}`,
      fix: row.instead,
      rule: 'GUN-VERSION',
    };
  }
  return undefined;
}
