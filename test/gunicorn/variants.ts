import { Listener, Mount, WorkerClass, WsgiModule } from 'cdktf-wsgi';
import type { GunicornAppProps } from 'cdktf-wsgi';
import { SETTINGS } from '../../lib/gunicorn/setting-table';
import { isAtLeast } from '../../lib/server-version';
import { GUNICORN_DECISIONS } from '../../lib/topology/gunicorn-decisions';
import { gunicornSamples } from './samples';
import type { GunicornProp } from './samples';

/** Props that work together, and what they need besides: between them the variants have every prop. */
export interface Variant {
  readonly title: string;
  readonly base: (port: number) => Partial<GunicornAppProps>;
  readonly props: readonly GunicornProp[];
  /** What the server speaks. */
  readonly speaks: 'http' | 'uwsgi' | 'tls' | 'nothing to ask for';
  /** Now and then the signal to stop is lost where every line is printed (seen, one time in six). */
  readonly mayMissSignals?: boolean;
}

const ASGI = { module: WsgiModule.dotted('a', 'app'), workerClass: WorkerClass.ASGI };
const published = (port: number): Partial<GunicornAppProps> => ({ listeners: [Listener.http(port)] });

export const VARIANTS: readonly Variant[] = [
  {
    title: 'behind nginx on a Unix socket',
    base: () => ({}),
    speaks: 'http',
    props: [
      ...([
        'workers',
        'workerClass',
        'threads',
        'workerConnections',
        'backlog',
        'timeout',
        'gracefulTimeout',
      ] as const),
      ...(['keepalive', 'preloadApp', 'forwardedAllowIps'] as const),
      ...(['limitRequestLine', 'limitRequestFields', 'limitRequestFieldSize', 'httpParser'] as const),
      ...([
        'forwarderHeaders',
        'headerMap',
        'permitObsoleteFolding',
        'stripHeaderSpaces',
        'sendfile',
      ] as const),
      ...([
        'permitUnconventionalHttpMethod',
        'permitUnconventionalHttpVersion',
        'casefoldHttpMethod',
      ] as const),
      ...(['loglevel', 'accesslog', 'accessLogFormat', 'errorlog', 'captureOutput', 'loggerClass'] as const),
      ...(['logconfigDict', 'syslog', 'syslogAddr', 'syslogPrefix', 'syslogFacility'] as const),
      ...(['disableRedirectAccessToSyslog', 'statsdHost', 'statsdPrefix', 'dogstatsdTags'] as const),
      ...(['enableBacklogMetric', 'procName', 'pythonpath', 'controlSocket', 'controlSocketMode'] as const),
      ...(['dirtyApps', 'dirtyWorkers', 'dirtyTimeout', 'dirtyThreads', 'dirtyGracefulTimeout'] as const),
      ...([
        'onStarting',
        'onReload',
        'whenReady',
        'preFork',
        'postFork',
        'postWorkerInit',
        'workerInt',
      ] as const),
      ...(['workerAbort', 'preExec', 'preRequest', 'postRequest', 'childExit', 'workerExit'] as const),
      ...(['nworkersChanged', 'onExit', 'onDirtyStarting', 'dirtyPostFork', 'dirtyWorkerInit'] as const),
      'dirtyWorkerExit',
    ],
  },
  {
    title: 'published with TLS',
    base: published,
    speaks: 'tls',
    props: [
      ...(['workerClass', 'reusePort', 'proxyProtocol', 'proxyAllowIps', 'logconfig', 'sslContext'] as const),
      ...(['certfile', 'keyfile', 'caCerts', 'certReqs', 'ciphers', 'doHandshakeOnConnect'] as const),
      ...(['suppressRaggedEofs', 'httpProtocols', 'http2MaxConcurrentStreams'] as const),
      ...(['http2InitialWindowSize', 'http2MaxFrameSize', 'http2MaxHeaderListSize'] as const),
    ],
  },
  {
    title: 'published with HTTP/2 in the clear',
    base: published,
    speaks: 'http',
    props: ['workerClass', 'httpProtocols', 'http2Cleartext', 'logconfigJson'],
  },
  {
    title: 'with sync workers that are recycled',
    base: () => ({}),
    speaks: 'http',
    props: ['maxRequests', 'maxRequestsJitter'],
  },
  { title: 'behind uwsgi_pass', base: () => ({}), speaks: 'uwsgi', props: ['protocol'] },
  {
    title: 'ASGI',
    base: () => ASGI,
    speaks: 'http',
    props: ['asgiLoop', 'asgiLifespan', 'asgiDisconnectGracePeriod', 'rootPath', 'websocketMaxMessageSize'],
  },
  {
    title: 'in development',
    base: () => ({ development: true }),
    speaks: 'http',
    props: ['reload', 'reloadEngine', 'reloadExtraFiles'],
  },
  {
    title: 'with every line printed',
    base: () => ({ development: true }),
    speaks: 'nothing to ask for',
    mayMissSignals: true,
    props: ['spew'],
  },
];

const NAMES = new Map(
  Object.entries(GUNICORN_DECISIONS).flatMap(([name, decision]) =>
    decision.by === 'prop' ? [[decision.prop, name] as const] : [],
  ),
);

/** gunicorn's name of what a prop sets. */
export function nameOf(prop: GunicornProp): string {
  return NAMES.get(prop) ?? '';
}

/** The props of a variant that a release has: none when it has not what the variant is about. */
export function propsIn(variant: Variant, release: string): GunicornProp[] {
  const has = (prop: GunicornProp): boolean => isAtLeast(release, SETTINGS[nameOf(prop)]?.since ?? '0');
  const news: Readonly<Record<string, string>> = {
    ASGI: '24.0.0',
    'published with HTTP/2 in the clear': '26.2.0',
    'behind uwsgi_pass': '27.0.0',
  };
  const isAbout = news[variant.title] ?? '0';
  return isAtLeast(release, isAbout) ? variant.props.filter(has) : [];
}

/** A variant as props of a construct. */
export function propsOf(
  variant: Variant,
  release: string,
  directory: string,
  port: number,
): Partial<GunicornAppProps> {
  const samples = gunicornSamples(directory);
  const given = propsIn(variant, release).map((prop) => [prop, samples[prop].value] as const);
  const mounts = [Mount.hostPath(directory, directory)];
  return { ...variant.base(port), mounts, ...Object.fromEntries(given), serverVersion: release };
}
