import { isDataBlock } from './data-block';
import { DIRECTIVES } from './directive-table';

/**
 * What nginx does with a dollar in an argument: it begins a variable, it is a character like any other, or the
 * argument is the name of a variable that the directive declares.
 */
export type DollarRole = 'expands' | 'literal' | 'name';

/** Where an argument stands. */
export interface ArgumentPlace {
  /** Name of the block around the directive; undefined at the top. */
  readonly parent: string | undefined;
  readonly name: string;
  /** Of the argument, from 0. */
  readonly index: number;
  /** The literal text with which the argument begins, and the one of the argument before it. */
  readonly start: string;
  readonly previous: string;
}

/**
 * The role of a dollar in an argument. Measured on nginx 1.22.1 by writing an unknown variable there: nginx says
 * `unknown variable` exactly where it expands. A directive that was not measured counts as expanding, since then
 * no user's text can become a variable.
 */
export function dollarRole(place: ArgumentPlace): DollarRole {
  const { parent, name, index, start } = place;
  if (isDataBlock(parent)) return parent === 'map' && name !== 'include' ? 'expands' : 'literal';
  if (declares(name, index)) return 'name';
  if (name === 'if') return /^!?~\*?$/.test(place.previous) ? 'literal' : 'expands';
  if (index === 0 && REGEX_AFTER_TILDE.has(name) && start.startsWith('~')) return 'literal';
  if (index < (EXPANDS_FROM.get(name) ?? 0) || LITERAL.has(name)) return 'literal';
  return EXPANDING_STRINGS.has(name) || !hasLiteralKind(name) ? 'expands' : 'literal';
}

/** Arguments that name a variable: `geo` has one or two, all of them names. */
function declares(name: string, index: number): boolean {
  return name === 'geo' || DECLARED_AT.get(name) === index;
}

const DECLARED_AT: ReadonlyMap<string, number> = new Map([
  ['auth_request_set', 0],
  ['map', 1],
  ['perl_set', 0],
  ['set', 0],
  ['split_clients', 1],
]);

/** Directives whose first arguments are plain names or regexes, and the first one that expands. */
const EXPANDS_FROM: ReadonlyMap<string, number> = new Map([
  ['add_header', 1],
  ['add_trailer', 1],
  ['fastcgi_param', 1],
  ['grpc_set_header', 1],
  ['log_format', 1],
  ['proxy_set_header', 1],
  ['rewrite', 1],
  ['scgi_param', 1],
  ['uwsgi_param', 1],
]);

/** Directives whose first argument is a regex when it begins with `~`. */
const REGEX_AFTER_TILDE: ReadonlySet<string> = new Set([
  'proxy_cookie_domain',
  'proxy_cookie_flags',
  'proxy_cookie_path',
  'proxy_redirect',
]);

/** Strings by the table, which nginx compiles into expressions only after the whole file is read. */
const EXPANDING_STRINGS: ReadonlySet<string> = new Set([
  'proxy_set_body',
  'ssl_certificate',
  'ssl_certificate_key',
]);

/** Kinds of value that nginx parses while it reads the file, so that no variable can be in them. */
const LITERAL_KINDS: ReadonlySet<string> = new Set([
  ...['flag', 'enum', 'bitmask', 'number', 'size', 'offset', 'bufs', 'time-ms', 'time-s'],
  ...['string', 'string-array', 'mime-types', 'access', 'path', 'cache-path', 'cache-valid'],
]);

function hasLiteralKind(name: string): boolean {
  return DIRECTIVES.get(name)?.uses.every(({ kind }) => LITERAL_KINDS.has(kind)) ?? false;
}

/** Directives with a parser of their own that keeps a dollar. */
const LITERAL: ReadonlySet<string> = new Set(
  `
    allow ancient_browser ancient_browser_value auth_request debug_connection deny directio env error_log
    fastcgi_split_path_info grpc_ssl_conf_command grpc_ssl_password_file gzip_disable include keepalive
    keepalive_timeout limit_conn limit_except limit_req listen load_module location mirror modern_browser
    modern_browser_value open_file_cache open_log_file_cache proxy_ssl_conf_command proxy_ssl_password_file
    real_ip_header resolver server server_name set_real_ip_from ssl_conf_command ssl_ocsp_cache
    ssl_password_file ssl_session_cache stub_status thread_pool upstream use user userid_expires userid_mark
    uwsgi_ssl_conf_command uwsgi_ssl_password_file valid_referers worker_connections worker_cpu_affinity
    worker_priority worker_processes zone
  `
    .trim()
    .split(/\s+/),
);
