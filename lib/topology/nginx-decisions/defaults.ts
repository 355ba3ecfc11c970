const CACHE = 'Policy.cache says it; another one stands instead';
const SPARE = 'the library writes it, so that responses with large headers get through';
const TEMP = 'the library puts it into the tmpfs of nginx; another place has to be writable';
const ROOM = 'the library writes as much as names and keys need';

/** What the library writes without being told, and what stands instead when it is passed through. */
export const DEFAULTS: Readonly<Record<string, string>> = {
  absolute_redirect: 'off: behind the gate nginx does not know the port that clients use',
  client_body_temp_path: TEMP,
  default_type: 'application/octet-stream, and of a fixed answer its own type',
  error_log: 'stderr, which is the log of the container',
  fastcgi_temp_path: TEMP,
  map_hash_bucket_size: ROOM,
  proxy_buffer_size: SPARE,
  proxy_buffers: SPARE,
  proxy_cache_background_update: CACHE,
  proxy_cache_key: CACHE,
  proxy_cache_lock: CACHE,
  proxy_cache_use_stale: CACHE,
  proxy_http_version: '1.1, without which no connection is kept',
  proxy_temp_path: TEMP,
  real_ip_header:
    'proxy_protocol behind the gate, which knows the address of the client; free with Gate.none()',
  scgi_temp_path: TEMP,
  sendfile: 'on: files are sent by the kernel',
  server_names_hash_bucket_size: ROOM,
  server_tokens: 'off: the release is nobody’s business',
  set: 'the library makes variables of its own with it; names of yours are free',
  set_real_ip_from: 'unix: behind the gate; more of them are for Gate.none()',
  tcp_nopush: 'on, with sendfile',
  types: 'those of the file that nginx comes with',
  uwsgi_buffer_size: SPARE,
  uwsgi_buffers: SPARE,
  uwsgi_cache_background_update: CACHE,
  uwsgi_cache_key: CACHE,
  uwsgi_cache_lock: CACHE,
  uwsgi_cache_use_stale: CACHE,
  uwsgi_temp_path: TEMP,
  variables_hash_bucket_size: ROOM,
  zone: 'the library writes it where members are resolved again while nginx runs',
};
