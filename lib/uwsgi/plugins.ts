/** How a uWSGI has its plugins: PyPI builds hold a fixed set, Debian builds load each from a file. */
export type Flavour = 'embedded' | 'modular';

/** What PyPI's uWSGI holds (`uwsgi --plugin-list` of 2.0.28 and 2.0.31). */
const EMBEDDED: ReadonlySet<string> = new Set([
  ...['python', 'gevent', 'nagios', 'rrdtool', 'carbon', 'corerouter', 'fastrouter', 'http', 'ugreen'],
  ...['syslog', 'rsyslog', 'logsocket', 'router_uwsgi', 'router_redirect', 'router_basicauth', 'zergpool'],
  ...['redislog', 'mongodblog', 'router_rewrite', 'router_http', 'logfile', 'router_cache', 'rawrouter'],
  ...['router_static', 'sslrouter', 'cheaper_busyness', 'transformation_tofile', 'transformation_gzip'],
  ...['transformation_chunked', 'transformation_offload', 'router_memcached', 'router_redis', 'router_hash'],
  ...['router_expires', 'router_metrics', 'transformation_template', 'stats_pusher_socket'],
  ...['spooler', 'symcall', 'ping', 'signal', 'cache', 'rpc'],
]);

/** What Debian's packages hold as files (uwsgi-core and the plugins of Python, 2.0.21); nothing is built in. */
const MODULAR: ReadonlySet<string> = new Set([
  ...['python', 'gevent', 'asyncio', 'greenlet', 'cache', 'carbon', 'cgi', 'cheaper_backlog2'],
  ...['cheaper_busyness', 'corerouter', 'fastrouter', 'http', 'logfile', 'logpipe', 'logsocket', 'logzmq'],
  ...['msgpack', 'nagios', 'ping', 'rawrouter', 'redislog', 'router_basicauth', 'router_cache'],
  ...['router_expires', 'router_hash', 'router_http', 'router_memcached', 'router_metrics', 'router_radius'],
  ...['router_redirect', 'router_redis', 'router_rewrite', 'router_static', 'router_uwsgi', 'rpc', 'rrdtool'],
  ...['rsyslog', 'signal', 'spooler', 'sslrouter', 'stats_pusher_file', 'stats_pusher_socket'],
  ...['stats_pusher_statsd', 'symcall', 'syslog', 'systemd_logger', 'transformation_chunked'],
  ...['transformation_gzip', 'transformation_offload', 'transformation_template', 'transformation_tofile'],
  ...['transformation_toupper', 'tuntap', 'ugreen', 'webdav', 'zabbix', 'zergpool'],
]);

/** Whether the usual build of a flavour has a plugin, built in or as a file. */
export function hasPlugin(flavour: Flavour, plugin: string): boolean {
  return (flavour === 'embedded' ? EMBEDDED : MODULAR).has(plugin);
}

/** Plugins that are built for one Python; Debian names their files after it. */
const OF_PYTHON: ReadonlySet<string> = new Set(['gevent', 'asyncio', 'greenlet', 'tornado']);

/** Name of the file that a modular build loads, such as `gevent_python3` for `gevent`. */
export function pluginFile(plugin: string, python: string): string {
  if (plugin === 'python') return python;
  return OF_PYTHON.has(plugin) ? `${plugin}_${python}` : plugin;
}

/** The other way round: the plugin that a file holds. */
export function pluginOfFile(file: string, python: string): string {
  if (file === python) return 'python';
  const bare = file.endsWith(`_${python}`) ? file.slice(0, -python.length - 1) : file;
  return OF_PYTHON.has(bare) ? bare : file;
}
