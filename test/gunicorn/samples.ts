import {
  Duration,
  FileMode,
  GunicornAsgiLifespan,
  GunicornAsgiLoop,
  GunicornCertReqs,
  GunicornHeaderMap,
  GunicornHook,
  GunicornHttp2Cleartext,
  GunicornHttpParser,
  GunicornHttpProtocol,
  GunicornLogLevel,
  GunicornProtocol,
  GunicornProxyProtocol,
  GunicornReloadEngine,
  GunicornSyslogFacility,
  Size,
  StatsdAddress,
  SyslogAddress,
  WorkerClass,
  WorkerCount,
} from 'cdktf-wsgi';
import type { AppProps, GunicornAppProps } from 'cdktf-wsgi';

/** Props that are gunicorn's own and become a setting. */
export type GunicornProp = Exclude<keyof GunicornAppProps, keyof AppProps | 'serverVersion' | 'settings'>;

/** A value of a prop, and what has to become of it. */
export interface Sample<T> {
  readonly value: T;
  /** The lines of the file that it becomes, exactly. */
  readonly lines: readonly string[];
  /** What the running server's own configuration says, as JSON; a function is its name. */
  readonly effective: unknown;
  /** What it says before a release. */
  readonly before?: { readonly release: string; readonly effective: unknown };
}

/** A prop without a sample does not compile. */
export type Samples = { readonly [P in GunicornProp]-?: Sample<NonNullable<GunicornAppProps[P]>> };

/** One value of every prop; files lie in a directory of the test's own. */
export function gunicornSamples(directory: string): Samples {
  const written = (name: string, args: string): Sample<GunicornHook> => {
    const lines = [`def ${name}(${args}):`, `    open('${directory}/fired', 'a').write('${name}\\n')`];
    return { value: GunicornHook.python(lines.join('\n')), lines, effective: { function: name } };
  };
  const imported = (name: string, args: string, result = ''): Sample<GunicornHook> => ({
    value: GunicornHook.imported('shop_hooks', name),
    lines: [
      `def ${name}(${args}):`,
      `    from shop_hooks import ${name} as hook`,
      '',
      `    ${result}hook(${args})`,
    ],
    effective: { function: name },
  });
  return {
    protocol: { value: GunicornProtocol.UWSGI, lines: ["protocol = 'uwsgi'"], effective: 'uwsgi' },
    workers: { value: WorkerCount.of(2), lines: ['workers = 2'], effective: 2 },
    workerClass: { value: WorkerClass.GTHREAD, lines: ["worker_class = 'gthread'"], effective: 'gthread' },
    threads: { value: 3, lines: ['threads = 3'], effective: 3 },
    workerConnections: { value: 77, lines: ['worker_connections = 77'], effective: 77 },
    backlog: { value: 99, lines: ['backlog = 99'], effective: 99 },
    timeout: { value: Duration.seconds(41), lines: ['timeout = 41'], effective: 41 },
    gracefulTimeout: { value: Duration.seconds(5), lines: ['graceful_timeout = 5'], effective: 5 },
    keepalive: { value: Duration.seconds(6), lines: ['keepalive = 6'], effective: 6 },
    maxRequests: { value: 5000, lines: ['max_requests = 5000'], effective: 5000 },
    maxRequestsJitter: { value: 500, lines: ['max_requests_jitter = 500'], effective: 500 },
    preloadApp: { value: true, lines: ['preload_app = True'], effective: true },
    forwardedAllowIps: {
      value: ['10.0.0.7', '::1'],
      lines: ["forwarded_allow_ips = '10.0.0.7,::1'"],
      effective: ['10.0.0.7', '::1'],
    },

    limitRequestLine: { value: Size.bytes(4000), lines: ['limit_request_line = 4000'], effective: 4000 },
    limitRequestFields: { value: 88, lines: ['limit_request_fields = 88'], effective: 88 },
    limitRequestFieldSize: {
      value: Size.kibibytes(4),
      lines: ['limit_request_field_size = 4096'],
      effective: 4096,
    },
    httpParser: { value: GunicornHttpParser.PYTHON, lines: ["http_parser = 'python'"], effective: 'python' },
    forwarderHeaders: {
      value: ['SCRIPT_NAME', 'REMOTE_USER'],
      lines: ["forwarder_headers = 'SCRIPT_NAME,REMOTE_USER'"],
      effective: ['SCRIPT_NAME', 'REMOTE_USER'],
    },
    headerMap: { value: GunicornHeaderMap.REFUSE, lines: ["header_map = 'refuse'"], effective: 'refuse' },
    permitObsoleteFolding: { value: true, lines: ['permit_obsolete_folding = True'], effective: true },
    stripHeaderSpaces: { value: true, lines: ['strip_header_spaces = True'], effective: true },
    permitUnconventionalHttpMethod: {
      value: true,
      lines: ['permit_unconventional_http_method = True'],
      effective: true,
    },
    permitUnconventionalHttpVersion: {
      value: true,
      lines: ['permit_unconventional_http_version = True'],
      effective: true,
    },
    casefoldHttpMethod: { value: true, lines: ['casefold_http_method = True'], effective: true },
    sendfile: { value: false, lines: ['sendfile = False'], effective: false },
    proxyProtocol: {
      value: GunicornProxyProtocol.V1,
      lines: ["proxy_protocol = 'v1'"],
      effective: 'v1',
      before: { release: '24.1.0', effective: true },
    },
    proxyAllowIps: {
      value: ['10.0.0.8'],
      lines: ["proxy_allow_ips = '10.0.0.8'"],
      effective: ['10.0.0.8'],
    },

    httpProtocols: {
      value: [GunicornHttpProtocol.H2, GunicornHttpProtocol.H1],
      lines: ["http_protocols = 'h2,h1'"],
      effective: ['h2', 'h1'],
    },
    http2MaxConcurrentStreams: {
      value: 50,
      lines: ['http2_max_concurrent_streams = 50'],
      effective: 50,
    },
    http2InitialWindowSize: {
      value: Size.kibibytes(128),
      lines: ['http2_initial_window_size = 131072'],
      effective: 131_072,
    },
    http2MaxFrameSize: {
      value: Size.kibibytes(32),
      lines: ['http2_max_frame_size = 32768'],
      effective: 32_768,
    },
    http2MaxHeaderListSize: {
      value: Size.kibibytes(32),
      lines: ['http2_max_header_list_size = 32768'],
      effective: 32_768,
    },
    http2Cleartext: {
      value: GunicornHttp2Cleartext.BOTH,
      lines: ["http2_cleartext = 'both'"],
      effective: 'both',
    },

    asgiLoop: { value: GunicornAsgiLoop.ASYNCIO, lines: ["asgi_loop = 'asyncio'"], effective: 'asyncio' },
    asgiLifespan: { value: GunicornAsgiLifespan.ON, lines: ["asgi_lifespan = 'on'"], effective: 'on' },
    asgiDisconnectGracePeriod: {
      value: Duration.seconds(2),
      lines: ['asgi_disconnect_grace_period = 2'],
      effective: 2,
    },
    rootPath: { value: '/shop', lines: ["root_path = '/shop'"], effective: '/shop' },
    websocketMaxMessageSize: {
      value: Size.mebibytes(1),
      lines: ['websocket_max_message_size = 1048576'],
      effective: 1_048_576,
    },

    loglevel: { value: GunicornLogLevel.DEBUG, lines: ["loglevel = 'debug'"], effective: 'debug' },
    accesslog: {
      value: `${directory}/access.log`,
      lines: [`accesslog = '${directory}/access.log'`],
      effective: `${directory}/access.log`,
    },
    accessLogFormat: {
      value: '%(h)s "%(r)s" %(s)s 100%%',
      lines: ['access_log_format = \'%(h)s "%(r)s" %(s)s 100%%\''],
      effective: '%(h)s "%(r)s" %(s)s 100%%',
    },
    errorlog: {
      value: `${directory}/error.log`,
      lines: [`errorlog = '${directory}/error.log'`],
      effective: `${directory}/error.log`,
    },
    captureOutput: { value: true, lines: ['capture_output = True'], effective: true },
    loggerClass: {
      value: 'shop_logs.OwnLogger',
      lines: ["logger_class = 'shop_logs.OwnLogger'"],
      effective: 'shop_logs.OwnLogger',
    },
    logconfig: {
      value: `${directory}/logging.ini`,
      lines: [`logconfig = '${directory}/logging.ini'`],
      effective: `${directory}/logging.ini`,
    },
    logconfigDict: {
      value: { version: 1, loggers: { shop: { level: 'DEBUG', propagate: true } } },
      lines: ["logconfig_dict = {'version': 1, 'loggers': {'shop': {'level': 'DEBUG', 'propagate': True}}}"],
      effective: { version: 1, loggers: { shop: { level: 'DEBUG', propagate: true } } },
    },
    logconfigJson: {
      value: `${directory}/logging.json`,
      lines: [`logconfig_json = '${directory}/logging.json'`],
      effective: `${directory}/logging.json`,
    },
    syslog: { value: true, lines: ['syslog = True'], effective: true },
    syslogAddr: {
      value: SyslogAddress.udp('127.0.0.1', 5514),
      lines: ["syslog_addr = 'udp://127.0.0.1:5514'"],
      effective: 'udp://127.0.0.1:5514',
    },
    syslogPrefix: { value: 'shop', lines: ["syslog_prefix = 'shop'"], effective: 'shop' },
    syslogFacility: {
      value: GunicornSyslogFacility.LOCAL3,
      lines: ["syslog_facility = 'local3'"],
      effective: 'local3',
    },
    disableRedirectAccessToSyslog: {
      value: true,
      lines: ['disable_redirect_access_to_syslog = True'],
      effective: true,
    },

    statsdHost: {
      value: StatsdAddress.udp('127.0.0.1', 8125),
      lines: ["statsd_host = '127.0.0.1:8125'"],
      effective: ['127.0.0.1', 8125],
    },
    statsdPrefix: { value: 'shop', lines: ["statsd_prefix = 'shop'"], effective: 'shop' },
    dogstatsdTags: {
      value: ['env:prod', 'team:web'],
      lines: ["dogstatsd_tags = 'env:prod,team:web'"],
      effective: 'env:prod,team:web',
    },
    enableBacklogMetric: { value: true, lines: ['enable_backlog_metric = True'], effective: true },

    procName: { value: 'shop', lines: ["proc_name = 'shop'"], effective: 'shop' },
    pythonpath: {
      value: [`${directory}/lib`, `${directory}/more`],
      lines: [`pythonpath = '${directory}/lib,${directory}/more'`],
      effective: `${directory}/lib,${directory}/more`,
    },
    reusePort: { value: true, lines: ['reuse_port = True'], effective: true },
    controlSocket: {
      value: `${directory}/gunicorn.ctl`,
      lines: [`control_socket = '${directory}/gunicorn.ctl'`],
      effective: `${directory}/gunicorn.ctl`,
    },
    controlSocketMode: {
      value: FileMode.of('640'),
      lines: ['control_socket_mode = 0o640'],
      effective: 0o640,
    },

    certfile: {
      value: `${directory}/tls.pem`,
      lines: [`certfile = '${directory}/tls.pem'`],
      effective: `${directory}/tls.pem`,
    },
    keyfile: {
      value: `${directory}/tls.key`,
      lines: [`keyfile = '${directory}/tls.key'`],
      effective: `${directory}/tls.key`,
    },
    caCerts: {
      value: `${directory}/tls.pem`,
      lines: [`ca_certs = '${directory}/tls.pem'`],
      effective: `${directory}/tls.pem`,
    },
    certReqs: { value: GunicornCertReqs.OPTIONAL, lines: ['cert_reqs = 1'], effective: 1 },
    ciphers: { value: 'ECDHE+AESGCM', lines: ["ciphers = 'ECDHE+AESGCM'"], effective: 'ECDHE+AESGCM' },
    doHandshakeOnConnect: { value: true, lines: ['do_handshake_on_connect = True'], effective: true },
    suppressRaggedEofs: { value: false, lines: ['suppress_ragged_eofs = False'], effective: false },

    dirtyApps: {
      value: ['shop_tasks:Adder'],
      lines: ["dirty_apps = ['shop_tasks:Adder']"],
      effective: ['shop_tasks:Adder'],
    },
    dirtyWorkers: { value: 1, lines: ['dirty_workers = 1'], effective: 1 },
    dirtyTimeout: { value: Duration.minutes(2), lines: ['dirty_timeout = 120'], effective: 120 },
    dirtyThreads: { value: 2, lines: ['dirty_threads = 2'], effective: 2 },
    dirtyGracefulTimeout: { value: Duration.seconds(4), lines: ['dirty_graceful_timeout = 4'], effective: 4 },

    reload: { value: true, lines: ['reload = True'], effective: true },
    reloadEngine: { value: GunicornReloadEngine.POLL, lines: ["reload_engine = 'poll'"], effective: 'poll' },
    reloadExtraFiles: {
      value: [`${directory}/page.html`],
      lines: [`reload_extra_files = ['${directory}/page.html']`],
      effective: [`${directory}/page.html`],
    },
    spew: { value: true, lines: ['spew = True'], effective: true },

    onStarting: written('on_starting', 'server'),
    onReload: written('on_reload', 'server'),
    whenReady: imported('when_ready', 'server'),
    preFork: written('pre_fork', 'server, worker'),
    postFork: imported('post_fork', 'server, worker'),
    postWorkerInit: {
      value: GunicornHook.python(
        `def post_worker_init(worker):\n    open('${directory}/fired', 'a').write('post_worker_init\\n')\n    return`,
      ),
      lines: [
        'def post_worker_init(worker):',
        '    own_post_worker_init(worker)',
        "    open('/tmp/.loaded', 'w').close()",
      ],
      effective: { function: 'post_worker_init' },
    },
    workerInt: imported('worker_int', 'worker'),
    workerAbort: written('worker_abort', 'worker'),
    preExec: imported('pre_exec', 'server'),
    preRequest: written('pre_request', 'worker, req'),
    postRequest: {
      ...imported('post_request', 'worker, req, environ, resp'),
      lines: [
        'def post_request(worker, req, environ, resp):',
        '    while req.body.read(65536):',
        '        pass',
        '    from shop_hooks import post_request as hook',
        '',
        '    hook(worker, req, environ, resp)',
      ],
    },
    childExit: written('child_exit', 'server, worker'),
    workerExit: imported('worker_exit', 'server, worker'),
    nworkersChanged: written('nworkers_changed', 'server, new_value, old_value'),
    onExit: imported('on_exit', 'server'),
    sslContext: imported('ssl_context', 'config, default_ssl_context_factory', 'return '),
    onDirtyStarting: written('on_dirty_starting', 'arbiter'),
    dirtyPostFork: imported('dirty_post_fork', 'arbiter, worker'),
    dirtyWorkerInit: written('dirty_worker_init', 'worker'),
    dirtyWorkerExit: imported('dirty_worker_exit', 'arbiter, worker'),
  };
}
