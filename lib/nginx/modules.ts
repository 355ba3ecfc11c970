import { DIRECTIVES } from './directive-table';

/**
 * Modules that neither the official image nor Debian's package has built in (on 1.22.1, nginx knows none of their directives); some
 * come as files to load.
 */
const OPTIONAL: ReadonlySet<string> = new Set([
  'ngx_devpoll_module',
  'ngx_eventport_module',
  'ngx_google_perftools_module',
  'ngx_http_degradation_module',
  'ngx_http_geoip_module',
  'ngx_http_image_filter_module',
  'ngx_http_perl_module',
  'ngx_http_xslt_filter_module',
  'ngx_iocp_module',
  'ngx_kqueue_module',
  'ngx_stream_geoip_module',
]);

/**
 * Modules that an nginx has, by the names of the directive table: what is built in as a rule, and what is loaded.
 *
 * @param loaded Files of dynamic modules, such as `modules/ngx_http_geoip_module.so`.
 */
export function modulesOf(loaded: readonly string[]): string[] {
  const names = loaded.map((file) => file.slice(file.lastIndexOf('/') + 1).replace(/\.so$/, ''));
  return [...known()].filter((module) => !OPTIONAL.has(module) || names.includes(module));
}

let modules: ReadonlySet<string> | undefined;

/** Every module of the table, which never changes. */
function known(): ReadonlySet<string> {
  modules ??= new Set([...DIRECTIVES.values()].flatMap(({ uses }) => uses.map(({ module }) => module)));
  return modules;
}
