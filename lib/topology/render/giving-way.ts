import type { NginxDirective } from '../../nginx/directive';

/** Directives of ours that no prop says, so that one of the user's in the same block stands instead of them. */
const GIVE_WAY: ReadonlySet<string> = new Set([
  'absolute_redirect',
  'access_log',
  'default_type',
  'map_hash_bucket_size',
  'proxy_buffer_size',
  'proxy_buffers',
  'proxy_http_version',
  'sendfile',
  'server_names_hash_bucket_size',
  'server_tokens',
  'tcp_nopush',
  'uwsgi_buffer_size',
  'uwsgi_buffers',
  'variables_hash_bucket_size',
]);

/** The directives of ours for a block to which these are added: nginx refuses most of them twice. */
export function givingWay(
  ours: readonly NginxDirective[],
  added: readonly NginxDirective[],
): NginxDirective[] {
  const names = new Set(added.map(({ name }) => name));
  return ours.filter(({ name }) => !(GIVE_WAY.has(name) && names.has(name)));
}
