import { join } from 'node:path';
import { concat, variable } from '../../lib/nginx/argument';
import { block, directive } from '../../lib/nginx/directive';
import type { NginxDirective } from '../../lib/nginx/directive';
import { literalDollarDirective } from '../../lib/nginx/literal-dollar';

/** What a test puts into the blocks of a site. */
export interface SiteParts {
  readonly main?: readonly NginxDirective[];
  readonly events?: readonly NginxDirective[];
  readonly http?: readonly NginxDirective[];
  readonly server?: readonly NginxDirective[];
  readonly location?: readonly NginxDirective[];
  readonly upstream?: readonly NginxDirective[];
}

/** A configuration that nginx can run as anybody, in a directory of its own, listening on `s.sock` there. */
export function nginxSite(directory: string, parts: SiteParts): NginxDirective[] {
  const server = [
    directive('listen', `unix:${directory}/s.sock`),
    ...(parts.server ?? []),
    ...(parts.location === undefined ? [] : [block('location', ['/tested'], parts.location)]),
  ];
  const http = [
    directive('access_log', 'off'),
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) =>
      directive(`${name}_temp_path`, join(directory, name)),
    ),
    literalDollarDirective(),
    ...(parts.http ?? []),
    block('upstream', ['tested'], [directive('server', '127.0.0.1:9'), ...(parts.upstream ?? [])]),
    block('server', [], server),
  ];
  return [
    directive('daemon', 'off'),
    directive('pid', join(directory, 'nginx.pid')),
    ...(parts.main ?? []),
    block('events', [], parts.events ?? []),
    block('http', [], http),
  ];
}

const host = variable('host');

/** Places where a dollar stays one; written as the dollar variable, some of these would be refused, others changed. */
export const LITERAL_PLACES: readonly (readonly [string, SiteParts])[] = [
  ['a location', { server: [block('location', ['/$a'], []), block('location', ['~', '^/b$'], [])] }],
  ['a server name', { server: [directive('server_name', 'a$', '~^b$')] }],
  ['the regex of a rewrite', { location: [directive('rewrite', '^/a$', '/b$')] }],
  ['a regex of proxy_redirect', { http: [directive('proxy_redirect', '~^a$', 'b$')] }],
  ['a regex of proxy_cookie_path', { http: [directive('proxy_cookie_path', '~^a$', 'b$')] }],
  [
    'the regex of a condition',
    { location: [block('if', [concat('(', host), '~', 'a$', ')'], [directive('return', '204')])] },
  ],
  [
    'the text of a condition',
    { location: [block('if', [concat('(', host), '=', 'a$', ')'], [directive('return', '204')])] },
  ],
  [
    'rows of geo',
    { http: [block('geo', [variable('g')], [directive('default', '$'), directive('10.0.0.0/8', '$x')])] },
  ],
  ['rows of types', { http: [block('types', [], [directive('a/b', '$c')])] }],
  ['rows of map', { http: [block('map', ['a$b', variable('m')], [directive('$k', '$v')])] }],
  ['split_clients', { http: [block('split_clients', ['a$b', variable('p')], [directive('*', '$v')])] }],
  [
    'header names and values',
    { http: [directive('add_header', 'X', '$v$'), directive('proxy_set_header', 'X', '$')] },
  ],
  ['a log format', { http: [directive('log_format', 'f', 'cost $', '$-')] }],
  ['parameters', { http: [directive('uwsgi_param', 'X', '$1$'), directive('proxy_set_body', '$b')] }],
  ['referers', { server: [directive('valid_referers', '~a$')] }],
  ['a cache key', { http: [directive('proxy_cache_key', '$k')] }],
  ['the name of an upstream', { http: [block('upstream', ['a$'], [directive('server', '127.0.0.1:1')])] }],
  ['files', { location: [directive('root', '/a$b'), directive('try_files', '/$x', '/$y')] }],
];

const at = (...args: readonly string[]) => block('location', args, []);
const within = (args: readonly string[], ...children: readonly NginxDirective[]) =>
  block('location', args, children);

/** Sets of locations on which nginx's choice and ours are compared. */
export const TREES_TO_MATCH: readonly (readonly [string, readonly NginxDirective[]])[] = [
  ['prefixes', [at('/'), at('/a'), at('/a/'), at('/a/b'), at('/é')]],
  ['no location for some', [at('/a/'), at('=', '/')]],
  ['exact before all', [at('=', '/a'), at('~', '^/a'), at('/a')]],
  ['regexes in order', [at('/'), at('~', '\\.PHP$'), at('~*', '\\.php$'), at('~', '^/a')]],
  ['no regex behind ^~', [at('^~', '/a/'), at('/a/b/'), at('~', '/c'), at('~', '^/A'), at('/')]],
  [
    'nested prefixes and regexes',
    [within(['/a/'], at('/a/b/'), at('~', 'c$'), at('=', '/a/d')), at('~', '\\.php$'), at('/')],
  ],
  ['nested ^~ within a plain prefix', [within(['/a/'], at('^~', '/a/b/')), at('~', 'c$')]],
  ['a plain prefix nested in ^~', [within(['^~', '/a/'], at('/a/b/'), at('~', 'd$')), at('~', 'c$')]],
  ['locations within a regex', [within(['~', '^/a'], at('~', 'c$'), at('~', '\\.php$')), at('/a/b')]],
  ['exact within exact prefix', [within(['/a'], at('=', '/a')), at('~', '^/a')]],
  ['regex syntax', [at('~', '^/(?:a|x)/[^/.]{1,2}(?<n>\\.p?hp)?$'), at('~', '^/\\w+/?$'), at('~', '\\d')]],
];

/** Request targets, as a client would send them. */
// prettier-ignore
export const URIS_TO_MATCH: readonly string[] = [
  '/', '/a', '/a/', '/A', '/a/b', '/a/b/', '/a/b/c', '/a/c', '/a/d', '/a.php', '/a/b.PHP', '/a/b/c.php', '/x', '/1',
  '/a?b=/c', '/a/%62', '/%61/b', '//a//b', '/a/./b', '/a/../a/b', '/a/b/..', '/a/b/.', '/..', '/a/%2e%2e/%2e%2e/x',
  '/%', '/%zz', '/%00', '/a%2fb', '/a%3fb', '/%C3%A9', '/a/b#c', '/a/...', '/a/b/../', '/a/%2', '/a//',
];
