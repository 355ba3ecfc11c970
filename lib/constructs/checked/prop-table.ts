// Generated from the interfaces of props in lib/constructs by `npm run generate`: edit that file, not this one.
/* eslint max-lines: off -- generated data */

/** Classes that props take, each with the ways to come by an object of it. */
export const CLASSES: Readonly<Record<string, readonly string[]>> = {
  AccessLog: [
    "AccessLog.combined(…)",
    "AccessLog.json(…)",
    "AccessLog.off(…)"
],
  AppImage: [
    "AppImage.registry(…)",
    "AppImage.dockerfile(…)",
    "AppImage.python(…)"
],
  Balance: [
    "Balance.leastConn(…)",
    "Balance.ipHash(…)",
    "Balance.hash(…)",
    "Balance.random(…)"
],
  BasicAuthUser: [
    "BasicAuthUser.password(…)",
    "BasicAuthUser.hashed(…)"
],
  Directive: [
    "Directive.of(…)"
],
  Duration: [
    "Duration.milliseconds(…)",
    "Duration.seconds(…)",
    "Duration.minutes(…)",
    "Duration.hours(…)",
    "Duration.days(…)"
],
  ErrorPage: [
    "ErrorPage.text(…)",
    "ErrorPage.path(…)"
],
  FileMode: [
    "FileMode.of(…)"
],
  Gate: [
    "Gate.container(…)",
    "Gate.none(…)"
],
  GunicornHook: [
    "GunicornHook.python(…)",
    "GunicornHook.imported(…)"
],
  HealthCheck: [
    "HealthCheck.connect(…)",
    "HealthCheck.http(…)"
],
  Listener: [
    "Listener.http(…)"
],
  Logging: [
    "Logging.jsonFile(…)",
    "Logging.driver(…)"
],
  Mount: [
    "Mount.hostPath(…)",
    "Mount.volume(…)",
    "Mount.tmpfs(…)"
],
  NginxImage: [
    "NginxImage.official(…)",
    "NginxImage.of(…)"
],
  PolicyFile: [
    "PolicyFile.of(…)"
],
  Rate: [
    "Rate.perSecond(…)",
    "Rate.perMinute(…)"
],
  RateLimitKey: [
    "RateLimitKey.clientAddress(…)",
    "RateLimitKey.header(…)",
    "RateLimitKey.cookie(…)",
    "RateLimitKey.everybody(…)",
    "RateLimitKey.expression(…)"
],
  ReleaseTask: [
    "ReleaseTask.command(…)"
],
  SecretFile: [
    "SecretFile.of(…)"
],
  Size: [
    "Size.bytes(…)",
    "Size.kibibytes(…)",
    "Size.mebibytes(…)",
    "Size.gibibytes(…)"
],
  StaticSource: [
    "StaticSource.directory(…)",
    "StaticSource.appImage(…)",
    "StaticSource.hostPath(…)"
],
  StatsdAddress: [
    "StatsdAddress.udp(…)",
    "StatsdAddress.unixSocket(…)"
],
  SyslogAddress: [
    "SyslogAddress.udp(…)",
    "SyslogAddress.tcp(…)",
    "SyslogAddress.unixSocket(…)"
],
  Transport: [
    "Transport.unixSocket(…)",
    "Transport.tcp(…)"
],
  UwsgiCache: [
    "UwsgiCache.of(…)"
],
  UwsgiCheaperAlgo: [
    "UwsgiCheaperAlgo.busyness(…)",
    "UwsgiCheaperAlgo.custom(…)",
    "UwsgiCheaperAlgo.SPARE",
    "UwsgiCheaperAlgo.SPARE2",
    "UwsgiCheaperAlgo.BACKLOG",
    "UwsgiCheaperAlgo.MANUAL"
],
  UwsgiCron: [
    "UwsgiCron.of(…)"
],
  UwsgiDaemon: [
    "UwsgiDaemon.of(…)"
],
  UwsgiLogEncoder: [
    "UwsgiLogEncoder.prefix(…)",
    "UwsgiLogEncoder.suffix(…)",
    "UwsgiLogEncoder.nl(…)",
    "UwsgiLogEncoder.format(…)",
    "UwsgiLogEncoder.json(…)",
    "UwsgiLogEncoder.custom(…)"
],
  UwsgiLogFormat: [
    "UwsgiLogFormat.of(…)"
],
  UwsgiLogger: [
    "UwsgiLogger.stdio(…)",
    "UwsgiLogger.syslog(…)",
    "UwsgiLogger.rsyslog(…)",
    "UwsgiLogger.socket(…)",
    "UwsgiLogger.redis(…)",
    "UwsgiLogger.custom(…)"
],
  UwsgiOption: [
    "UwsgiOption.of(…)"
],
  UwsgiPlugin: [
    "UwsgiPlugin.embedded(…)",
    "UwsgiPlugin.modular(…)"
],
  UwsgiStatsPush: [
    "UwsgiStatsPush.statsd(…)",
    "UwsgiStatsPush.socket(…)",
    "UwsgiStatsPush.custom(…)"
],
  UwsgiTimer: [
    "UwsgiTimer.of(…)"
],
  WorkerClass: [
    "WorkerClass.custom(…)",
    "WorkerClass.SYNC",
    "WorkerClass.GTHREAD",
    "WorkerClass.GEVENT",
    "WorkerClass.TORNADO",
    "WorkerClass.UVICORN",
    "WorkerClass.ASGI"
],
  WorkerCount: [
    "WorkerCount.of(…)",
    "WorkerCount.perCpu(…)"
],
  WsgiModule: [
    "WsgiModule.file(…)",
    "WsgiModule.dotted(…)",
    "WsgiModule.factory(…)"
],
};

/** Enums that props take, with the values of their members. */
export const ENUMS: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  ClientCacheVisibility: {
    "PUBLIC": "public",
    "PRIVATE": "private"
},
  FrameOptions: {
    "SAMEORIGIN": "SAMEORIGIN",
    "DENY": "DENY",
    "NONE": "none"
},
  GunicornAsgiLifespan: {
    "AUTO": "auto",
    "ON": "on",
    "OFF": "off"
},
  GunicornAsgiLoop: {
    "AUTO": "auto",
    "ASYNCIO": "asyncio",
    "UVLOOP": "uvloop"
},
  GunicornCertReqs: {
    "NONE": 0,
    "OPTIONAL": 1,
    "REQUIRED": 2
},
  GunicornHeaderMap: {
    "DROP": "drop",
    "REFUSE": "refuse",
    "DANGEROUS": "dangerous"
},
  GunicornHttp2Cleartext: {
    "OFF": "off",
    "PRIOR_KNOWLEDGE": "prior-knowledge",
    "UPGRADE": "upgrade",
    "BOTH": "both"
},
  GunicornHttpParser: {
    "AUTO": "auto",
    "FAST": "fast",
    "PYTHON": "python"
},
  GunicornHttpProtocol: {
    "H1": "h1",
    "H2": "h2"
},
  GunicornLogLevel: {
    "DEBUG": "debug",
    "INFO": "info",
    "WARNING": "warning",
    "ERROR": "error",
    "CRITICAL": "critical"
},
  GunicornProtocol: {
    "HTTP": "http",
    "UWSGI": "uwsgi"
},
  GunicornProxyProtocol: {
    "OFF": "off",
    "V1": "v1",
    "V2": "v2",
    "AUTO": "auto"
},
  GunicornReloadEngine: {
    "AUTO": "auto",
    "POLL": "poll",
    "INOTIFY": "inotify"
},
  GunicornSyslogFacility: {
    "AUTH": "auth",
    "AUTHPRIV": "authpriv",
    "CRON": "cron",
    "DAEMON": "daemon",
    "FTP": "ftp",
    "KERN": "kern",
    "LPR": "lpr",
    "MAIL": "mail",
    "NEWS": "news",
    "SYSLOG": "syslog",
    "USER": "user",
    "UUCP": "uucp",
    "LOCAL0": "local0",
    "LOCAL1": "local1",
    "LOCAL2": "local2",
    "LOCAL3": "local3",
    "LOCAL4": "local4",
    "LOCAL5": "local5",
    "LOCAL6": "local6",
    "LOCAL7": "local7"
},
  RedirectStatus: {
    "PERMANENT": 301,
    "TEMPORARY": 302,
    "PERMANENT_KEEPING_METHOD": 308,
    "TEMPORARY_KEEPING_METHOD": 307
},
  ReferrerPolicy: {
    "NO_REFERRER": "no-referrer",
    "SAME_ORIGIN": "same-origin",
    "STRICT_ORIGIN": "strict-origin",
    "STRICT_ORIGIN_WHEN_CROSS_ORIGIN": "strict-origin-when-cross-origin"
},
  RestartPolicy: {
    "UNLESS_STOPPED": "unless-stopped",
    "ALWAYS": "always",
    "ON_FAILURE": "on-failure",
    "NO": "no"
},
  UwsgiFileServeMode: {
    "X_ACCEL_REDIRECT": "x-accel-redirect",
    "X_SENDFILE": "x-sendfile"
},
  UwsgiProtocol: {
    "UWSGI": "uwsgi",
    "HTTP": "http"
},
  UwsgiWsgiEnvBehaviour: {
    "CHEAT": "cheat",
    "HOLY": "holy"
},
};

/** What each prop takes: `[]` is a list, `{}` a record by name, and `!` says that it has to be there. */
export const STRUCTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AccessControlOptions: {
    "allow": "string[]",
    "deny": "string[]"
},
  AccessLogOptions: {
    "omitPaths": "string[]"
},
  AllowMethodsOptions: {
    "methods": "string[]!"
},
  BandwidthOptions: {
    "after": "Size",
    "rate": "Size!"
},
  BasicAuthOptions: {
    "passAuthorization": "boolean",
    "realm": "string!",
    "users": "BasicAuthUser[]!"
},
  CacheOptions: {
    "bypassCookies": "string[]",
    "bypassHeaders": "string[]",
    "inactive": "Duration",
    "maxSize": "Size",
    "valid": "Duration!",
    "validByStatus": "Duration{}",
    "zoneSize": "Size"
},
  ClientCacheOptions: {
    "byType": "Duration{}",
    "immutable": "boolean",
    "maxAge": "Duration",
    "noStore": "boolean",
    "overrides": "boolean",
    "visibility": "ClientCacheVisibility"
},
  CompressionOptions: {
    "gzipStatic": "boolean",
    "level": "number",
    "minLength": "Size",
    "types": "string[]"
},
  ConnectionLimitOptions: {
    "connections": "number!",
    "dryRun": "boolean",
    "exempt": "string[]",
    "key": "RateLimitKey",
    "rejectCode": "number",
    "zoneSize": "Size"
},
  CorsOptions: {
    "credentials": "boolean",
    "exposedHeaders": "string[]",
    "headers": "string[]",
    "maxAge": "Duration",
    "methods": "string[]",
    "origins": "string[]!"
},
  DataVolumeProps: {
    "preventDestroy": "boolean",
    "provider": "unknown",
    "volumeName": "string"
},
  DockerHostProps: {
    "engineVersion": "string",
    "logging": "Logging",
    "rootless": "boolean",
    "selinuxLevel": "string",
    "usernsRemap": "UsernsRemap"
},
  DockerfileImageOptions: {
    "buildArgs": "string{}",
    "dockerfile": "string"
},
  ErrorPageOptions: {
    "status": "number"
},
  ErrorPagesOptions: {
    "intercept": "boolean",
    "pages": "ErrorPage[]!"
},
  GunicornAppProps: {
    "accessLogFormat": "string",
    "accesslog": "string",
    "asgiDisconnectGracePeriod": "Duration",
    "asgiLifespan": "GunicornAsgiLifespan",
    "asgiLoop": "GunicornAsgiLoop",
    "backlog": "number",
    "caCerts": "string",
    "capabilities": "string[]",
    "captureOutput": "boolean",
    "casefoldHttpMethod": "boolean",
    "certReqs": "GunicornCertReqs",
    "certfile": "string",
    "chdir": "string",
    "childExit": "GunicornHook",
    "ciphers": "string",
    "codeDirectory": "string",
    "controlSocket": "string",
    "controlSocketMode": "FileMode",
    "cpus": "number",
    "development": "boolean",
    "dirtyApps": "string[]",
    "dirtyGracefulTimeout": "Duration",
    "dirtyPostFork": "GunicornHook",
    "dirtyThreads": "number",
    "dirtyTimeout": "Duration",
    "dirtyWorkerExit": "GunicornHook",
    "dirtyWorkerInit": "GunicornHook",
    "dirtyWorkers": "number",
    "disableRedirectAccessToSyslog": "boolean",
    "doHandshakeOnConnect": "boolean",
    "dogstatsdTags": "string[]",
    "enableBacklogMetric": "boolean",
    "environment": "string{}",
    "errorlog": "string",
    "forwardedAllowIps": "string[]",
    "forwarderHeaders": "string[]",
    "gid": "number",
    "gracefulTimeout": "Duration",
    "headerMap": "GunicornHeaderMap",
    "healthCheck": "HealthCheck",
    "http2Cleartext": "GunicornHttp2Cleartext",
    "http2InitialWindowSize": "Size",
    "http2MaxConcurrentStreams": "number",
    "http2MaxFrameSize": "Size",
    "http2MaxHeaderListSize": "Size",
    "httpParser": "GunicornHttpParser",
    "httpProtocols": "GunicornHttpProtocol[]",
    "image": "AppImage!",
    "keepalive": "Duration",
    "keyfile": "string",
    "labels": "string{}",
    "limitRequestFieldSize": "Size",
    "limitRequestFields": "number",
    "limitRequestLine": "Size",
    "listeners": "Listener[]",
    "logconfig": "string",
    "logconfigDict": "unknown{}",
    "logconfigJson": "string",
    "loggerClass": "string",
    "logging": "Logging",
    "loglevel": "GunicornLogLevel",
    "maxRequests": "number",
    "maxRequestsJitter": "number",
    "memory": "Size",
    "module": "WsgiModule!",
    "mounts": "Mount[]",
    "networks": "string[]",
    "noNewPrivileges": "boolean",
    "nworkersChanged": "GunicornHook",
    "onDirtyStarting": "GunicornHook",
    "onExit": "GunicornHook",
    "onReload": "GunicornHook",
    "onStarting": "GunicornHook",
    "permitObsoleteFolding": "boolean",
    "permitUnconventionalHttpMethod": "boolean",
    "permitUnconventionalHttpVersion": "boolean",
    "postFork": "GunicornHook",
    "postRequest": "GunicornHook",
    "postWorkerInit": "GunicornHook",
    "preExec": "GunicornHook",
    "preFork": "GunicornHook",
    "preRequest": "GunicornHook",
    "preloadApp": "boolean",
    "procName": "string",
    "protocol": "GunicornProtocol",
    "provider": "unknown",
    "proxyAllowIps": "string[]",
    "proxyProtocol": "GunicornProxyProtocol",
    "pythonpath": "string[]",
    "readOnlyRoot": "boolean",
    "release": "ReleaseTask",
    "reload": "boolean",
    "reloadEngine": "GunicornReloadEngine",
    "reloadExtraFiles": "string[]",
    "replicas": "number",
    "restart": "RestartPolicy",
    "reusePort": "boolean",
    "rootPath": "string",
    "secretFiles": "SecretFile[]",
    "sendfile": "boolean",
    "serverVersion": "string",
    "settings": "unknown{}",
    "socketMode": "FileMode",
    "spew": "boolean",
    "sslContext": "GunicornHook",
    "statsdHost": "StatsdAddress",
    "statsdPrefix": "string",
    "stripHeaderSpaces": "boolean",
    "suppressRaggedEofs": "boolean",
    "syslog": "boolean",
    "syslogAddr": "SyslogAddress",
    "syslogFacility": "GunicornSyslogFacility",
    "syslogPrefix": "string",
    "threads": "number",
    "timeout": "Duration",
    "transport": "Transport",
    "uid": "number",
    "websocketMaxMessageSize": "Size",
    "whenReady": "GunicornHook",
    "workerAbort": "GunicornHook",
    "workerClass": "WorkerClass",
    "workerConnections": "number",
    "workerExit": "GunicornHook",
    "workerInt": "GunicornHook",
    "workers": "WorkerCount"
},
  HealthCheckOptions: {
    "interval": "Duration",
    "retries": "number",
    "timeout": "Duration",
    "wait": "Duration"
},
  HttpListenerOptions: {
    "address": "string"
},
  LocationOptions: {
    "directives": "Directive[]",
    "internalOnly": "boolean"
},
  MaintenanceOptions: {
    "allow": "string[]",
    "body": "string",
    "contentType": "string",
    "retryAfter": "Duration"
},
  MemberOptions: {
    "backup": "boolean",
    "failTimeout": "Duration",
    "maxFails": "number",
    "weight": "number"
},
  MountOptions: {
    "readOnly": "boolean"
},
  NginxFrontendProps: {
    "accessLog": "AccessLog",
    "capabilities": "string[]",
    "charset": "string",
    "clientMaxBodySize": "Size",
    "cpus": "number",
    "gate": "Gate",
    "gid": "number",
    "healthCheck": "HealthCheck",
    "image": "NginxImage",
    "keepaliveRequests": "number",
    "keepaliveTimeout": "Duration",
    "labels": "string{}",
    "listeners": "Listener[]",
    "logging": "Logging",
    "memory": "Size",
    "networks": "string[]",
    "noNewPrivileges": "boolean",
    "provider": "unknown",
    "readOnlyRoot": "boolean",
    "resolver": "string",
    "restart": "RestartPolicy",
    "scratchSize": "Size",
    "serverNames": "string[]",
    "uid": "number",
    "workerConnections": "number",
    "workerProcesses": "number",
    "workerShutdownTimeout": "Duration"
},
  NginxImageOptions: {
    "directives": "string[]",
    "modules": "string[]",
    "streamModule": "string",
    "version": "string!"
},
  NginxServerProps: {
    "charset": "string",
    "clientMaxBodySize": "Size",
    "serverNames": "string[]!"
},
  PassToOptions: {
    "buffering": "boolean",
    "connectTimeout": "Duration",
    "headers": "string{}",
    "readTimeout": "Duration",
    "requestBuffering": "boolean",
    "scriptName": "string",
    "sendTimeout": "Duration",
    "stripPrefix": "boolean",
    "uwsgiParams": "string{}",
    "webSocket": "boolean"
},
  PolicyConfig: {
    "directives": "Directive[]!",
    "files": "PolicyFile[]",
    "httpDirectives": "Directive[]",
    "lifts": "boolean",
    "locationDirectives": "Directive[]",
    "scratchSize": "Size",
    "serverDirectives": "Directive[]"
},
  PythonImageOptions: {
    "baseImage": "string",
    "python": "string",
    "requirements": "string",
    "systemPackages": "string[]"
},
  RateLimitOptions: {
    "burst": "number",
    "delay": "number",
    "dryRun": "boolean",
    "exempt": "string[]",
    "key": "RateLimitKey",
    "noDelay": "boolean",
    "rate": "Rate!",
    "rejectCode": "number",
    "zoneSize": "Size"
},
  RedirectOptions: {
    "status": "RedirectStatus"
},
  RequestHeadersOptions: {
    "remove": "string[]",
    "set": "string{}"
},
  RequestIdOptions: {
    "header": "string"
},
  ResponseHeadersOptions: {
    "hide": "string[]",
    "set": "string{}"
},
  SecurityHeadersOptions: {
    "contentSecurityPolicy": "string",
    "frameOptions": "FrameOptions",
    "isolateOpeners": "boolean",
    "permissionsPolicy": "string",
    "referrerPolicy": "ReferrerPolicy"
},
  StaticMountProps: {
    "expires": "Duration",
    "fallback": "string",
    "immutable": "boolean",
    "path": "string!",
    "provider": "unknown",
    "source": "StaticSource!"
},
  UpstreamProps: {
    "balance": "Balance",
    "directives": "Directive[]",
    "keepalive": "number"
},
  UsernsRemap: {
    "firstGid": "number",
    "firstUid": "number!"
},
  UwsgiAppProps: {
    "asyncio": "number",
    "attachDaemon2": "UwsgiDaemon[]",
    "autoProcname": "boolean",
    "bufferSize": "Size",
    "cache2": "UwsgiCache[]",
    "capabilities": "string[]",
    "carbon": "string[]",
    "catchExceptions": "boolean",
    "chdir": "string",
    "cheaper": "number",
    "cheaperAlgo": "UwsgiCheaperAlgo",
    "cheaperInitial": "number",
    "cheaperOverload": "Duration",
    "cheaperRssLimitSoft": "Size",
    "cheaperStep": "number",
    "checkStatic": "string[]",
    "chunkedInputLimit": "Size",
    "chunkedInputTimeout": "Duration",
    "closeOnExec": "boolean",
    "codeDirectory": "string",
    "cpus": "number",
    "cron": "UwsgiCron[]",
    "development": "boolean",
    "disableLogging": "boolean",
    "disableWriteException": "boolean",
    "enableMetrics": "boolean",
    "enableThreads": "boolean",
    "environment": "string{}",
    "evilReloadOnAs": "Size",
    "evilReloadOnRss": "Size",
    "execAsap": "string[]",
    "execPreApp": "string[]",
    "fileServeMode": "UwsgiFileServeMode",
    "gevent": "number",
    "geventEarlyMonkeyPatch": "boolean",
    "geventMonkeyPatch": "boolean",
    "gid": "number",
    "harakiri": "Duration",
    "harakiriGracefulSignal": "number",
    "harakiriGracefulTimeout": "Duration",
    "harakiriQueueThreshold": "number",
    "harakiriVerbose": "boolean",
    "healthCheck": "HealthCheck",
    "home": "string",
    "hookAccepting": "string[]",
    "hookPreApp": "string[]",
    "http": "boolean",
    "httpAutoChunked": "boolean",
    "httpKeepalive": "Duration",
    "httpTimeout": "Duration",
    "httpWebsockets": "boolean",
    "ignoreSigpipe": "boolean",
    "ignoreWriteErrors": "boolean",
    "image": "AppImage!",
    "labels": "string{}",
    "lazyApps": "boolean",
    "limitAs": "Size",
    "limitPost": "Size",
    "listen": "number",
    "listeners": "Listener[]",
    "log4xx": "boolean",
    "log5xx": "boolean",
    "logBig": "Size",
    "logDate": "string",
    "logEncoder": "UwsgiLogEncoder[]",
    "logMaster": "boolean",
    "logSlow": "Duration",
    "logformat": "UwsgiLogFormat",
    "logger": "UwsgiLogger[]",
    "logging": "Logging",
    "manageScriptName": "boolean",
    "master": "boolean",
    "masterFifo": "string[]",
    "maxRequests": "number",
    "maxRequestsDelta": "number",
    "maxVars": "number",
    "maxWorkerLifetime": "Duration",
    "maxWorkerLifetimeDelta": "Duration",
    "memory": "Size",
    "memoryReport": "boolean",
    "minWorkerLifetime": "Duration",
    "module": "WsgiModule!",
    "mountApps": "WsgiModule{}",
    "mounts": "Mount[]",
    "mule": "string[]",
    "muleHarakiri": "Duration",
    "muleReloadMercy": "Duration",
    "mules": "number",
    "needApp": "boolean",
    "networks": "string[]",
    "noNewPrivileges": "boolean",
    "offloadThreads": "number",
    "options": "UwsgiOption[]",
    "plugin": "UwsgiPlugin",
    "plugins": "string[]",
    "pluginsDir": "string",
    "postBuffering": "Size",
    "postBufferingBufsize": "Size",
    "processes": "number",
    "procnamePrefix": "string",
    "protocol": "UwsgiProtocol",
    "provider": "unknown",
    "pyAutoreload": "Duration",
    "pyCallOsafterfork": "boolean",
    "pyCallUwsgiForkHooks": "boolean",
    "pyImport": "string[]",
    "pyTracebacker": "string",
    "pyargv": "string",
    "pythonpath": "string[]",
    "readOnlyRoot": "boolean",
    "release": "ReleaseTask",
    "reloadOnAs": "Size",
    "reloadOnException": "boolean",
    "reloadOnRss": "Size",
    "replicas": "number",
    "reqLogger": "UwsgiLogger[]",
    "restart": "RestartPolicy",
    "secretFiles": "SecretFile[]",
    "serverVersion": "string",
    "singleInterpreter": "boolean",
    "skipAtexit": "boolean",
    "soKeepalive": "boolean",
    "socketMode": "FileMode",
    "socketTimeout": "Duration",
    "spooler": "string[]",
    "spoolerHarakiri": "Duration",
    "spoolerProcesses": "number",
    "staticExpires": "Duration{}",
    "staticGzip": "string[]",
    "staticMaps": "string{}",
    "staticSafe": "string[]",
    "staticSkipExt": "string[]",
    "stats": "number",
    "statsHttp": "boolean",
    "statsNoCores": "boolean",
    "statsPush": "UwsgiStatsPush[]",
    "strict": "boolean",
    "threadedLogger": "boolean",
    "threads": "number",
    "thunderLock": "boolean",
    "timer": "UwsgiTimer[]",
    "touchChainReload": "string[]",
    "touchReload": "string[]",
    "transport": "Transport",
    "uid": "number",
    "umask": "FileMode",
    "vacuum": "boolean",
    "workerReloadMercy": "Duration",
    "wsgiAcceptBuffer": "boolean",
    "wsgiDisableFileWrapper": "boolean",
    "wsgiEnvBehaviour": "UwsgiWsgiEnvBehaviour"
},
  UwsgiBusynessOptions: {
    "max": "number",
    "min": "number",
    "multiplier": "number"
},
  UwsgiCacheOptions: {
    "blocksize": "Size",
    "items": "number!",
    "keysize": "number",
    "store": "string"
},
  UwsgiCronTimes: {
    "day": "number",
    "hour": "number",
    "minute": "number",
    "month": "number",
    "weekday": "number"
},
  UwsgiDaemonOptions: {
    "chdir": "string",
    "reloadsignal": "number",
    "stopsignal": "number"
},
  WorkerProps: {
    "alone": "boolean",
    "command": "string[]!",
    "cpus": "number",
    "environment": "string{}",
    "like": "unknown!",
    "memory": "Size",
    "provider": "unknown",
    "replicas": "number",
    "stopGrace": "Duration",
    "stopSignal": "string"
},
};
