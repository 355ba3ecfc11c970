import { expression, variable } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { regexLiteral } from '../../nginx/regex-literal';
import type { Frontend } from '../frontend';

/** Name of our format, which no format of a user's may have. */
export const JSON_FORMAT = 'access_json';

/** Variable of ours that is empty for a path whose requests are not written down. */
const WRITTEN = 'access_written';

/** A field of a line, and nginx's text for it. */
type Field = readonly [name: string, value: string];

/** Always a number. */
const NUMBERS: readonly Field[] = [
  ['status', '$status'],
  ['bytes_sent', '$body_bytes_sent'],
  ['request_length', '$request_length'],
  ['request_time', '$request_time'],
];

/** Text, empty where there is none; of upstreams one for each that was tried. */
const TEXTS: readonly Field[] = [
  ['request_id', '$request_id'],
  ['remote_addr', '$remote_addr'],
  ['method', '$request_method'],
  ['scheme', '$scheme'],
  ['host', '$host'],
  ['uri', '$request_uri'],
  ['protocol', '$server_protocol'],
  ['referer', '$http_referer'],
  ['user_agent', '$http_user_agent'],
  ['cache', '$upstream_cache_status'],
  ['upstream', '$upstream_addr'],
  ['upstream_status', '$upstream_status'],
  ['upstream_connect_time', '$upstream_connect_time'],
  ['upstream_header_time', '$upstream_header_time'],
  ['upstream_response_time', '$upstream_response_time'],
  ['nginx', '$hostname'],
];

/** The access log of a frontend, its format before it: nginx knows one only behind its declaration. */
export function accessLogDirectives(frontend: Frontend): NginxDirective[] {
  const { format, omitPaths } = frontend.accessLog;
  if (format === 'off') return [directive('access_log', 'off')];
  const written = omitPaths.length === 0 ? [] : [expression(`if=$${WRITTEN}`)];
  const named = format === 'json' ? JSON_FORMAT : 'combined';
  return [
    ...(format === 'json' ? [jsonFormat()] : []),
    directive(
      'access_log',
      '/dev/stdout',
      ...(named === 'combined' && written.length === 0 ? [] : [named]),
      ...written,
    ),
  ];
}

/** The paths that are not written down: as they are asked for, before any rewriting. */
export function omittedPaths({ accessLog: { omitPaths } }: Frontend): NginxDirective[] {
  if (omitPaths.length === 0) return [];
  const rows = omitPaths.map((path) => directive(`~^${regexLiteral(path)}(?:\\?|$)`, ''));
  return [block('map', [variable('request_uri'), variable(WRITTEN)], [directive('default', '1'), ...rows])];
}

function jsonFormat(): NginxDirective {
  const fields = [
    ['time', '"$time_iso8601"'],
    ...TEXTS.map(([name, value]) => [name, `"${value}"`]),
    ...NUMBERS,
  ].map(([name = '', value = '']) => `"${name}":${value}`);
  const lines = fields.map(
    (field, at) => `${at === 0 ? '{' : ''}${field}${at === fields.length - 1 ? '}' : ','}`,
  );
  return directive('log_format', JSON_FORMAT, 'escape=json', ...lines.map(expression));
}
