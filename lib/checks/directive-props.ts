/** What the props of this library say about directives that a file may have once. */
const PROPS: ReadonlyMap<string, string> = new Map([
  ['alias', 'the action of the location'],
  ['charset', 'charset'],
  ['client_max_body_size', 'clientMaxBodySize'],
  ['expires', 'expires of the StaticMount'],
  ['keepalive', 'keepalive of addUpstream'],
  ['keepalive_requests', 'keepaliveRequests'],
  ['keepalive_timeout', 'keepaliveTimeout'],
  ['location', 'addLocation, or the block of one of the two'],
  ['proxy_connect_timeout', 'connectTimeout of addBackend'],
  ['proxy_pass', 'the action of the location'],
  ['proxy_read_timeout', 'readTimeout of addBackend'],
  ['proxy_send_timeout', 'sendTimeout of addBackend'],
  ['resolver', 'resolver'],
  ['root', 'the action of the location'],
  ['try_files', 'fallback of the StaticMount'],
  ['upstream', 'addUpstream'],
  ['uwsgi_connect_timeout', 'connectTimeout of addBackend'],
  ['uwsgi_pass', 'the action of the location'],
  ['uwsgi_read_timeout', 'readTimeout of addBackend'],
  ['uwsgi_send_timeout', 'sendTimeout of addBackend'],
  ['worker_connections', 'workerConnections'],
  ['worker_processes', 'workerProcesses'],
  ['worker_shutdown_timeout', 'workerShutdownTimeout'],
]);

/** Directives that the library sets so that its containers work. */
const OWN: ReadonlySet<string> = new Set([
  'client_body_temp_path',
  'daemon',
  'events',
  'fastcgi_temp_path',
  'http',
  'pid',
  'proxy_temp_path',
  'real_ip_header',
  'scgi_temp_path',
  'uwsgi_temp_path',
]);

/** The change to make where a directive stands twice in a block. */
export function wayOutOfRepeat(name: string): string {
  if (OWN.has(name)) return 'leave yours out: the container needs the one of the library';
  const prop = PROPS.get(name);
  return prop === undefined ? 'leave one of them out' : `leave the directive out, and use ${prop}`;
}
