import { refuse } from '../../errors';
import type { Problem } from '../../errors';
import { CLASS_COMBINATIONS } from './class-combinations';
import { HTTP2_COMBINATIONS } from './http2-combinations';
import { loggingProblems } from './logging-dict';
import { TLS_COMBINATIONS } from './tls-combinations';
import type { Combination } from './combination';
import { isGiven } from '../checked/values';
import { isFrom, kindOf } from './combination';
import type { GunicornAppProps } from './gunicorn-app';
import { GunicornHttpParser, GunicornProxyProtocol } from './http-props';
import { GunicornProtocol } from '../app/protocol';

const isProxied = ({ proxyProtocol }: GunicornAppProps): boolean =>
  proxyProtocol !== undefined && proxyProtocol !== GunicornProxyProtocol.OFF;

/** Whether anybody hears of a request: a published application has a log by itself, and a logger of a user's own may do anything. */
const hasAccessLog = (props: GunicornAppProps): boolean => {
  const { accesslog, listeners, syslog, disableRedirectAccessToSyslog, ...rest } = props;
  const isInSyslog = syslog === true && disableRedirectAccessToSyslog !== true;
  const { loggerClass, logconfig, logconfigDict, logconfigJson } = rest;
  const others = [loggerClass, logconfig, logconfigDict, logconfigJson];
  return isGiven(accesslog) || isGiven(listeners) || isInSyslog || others.some(isGiven);
};

const COMBINATIONS: readonly Combination[] = [
  {
    props: ['reload', 'reloadEngine', 'reloadExtraFiles', 'spew'],
    works: ({ development }) => development === true,
    what: 'is for the machine where code is edited',
    fix: 'leave it out, or give development: true where that is so',
    rule: 'GUN-RELOAD',
  },
  {
    props: ['reloadEngine', 'reloadExtraFiles'],
    works: ({ reload }) => reload === true,
    what: 'has no effect without reload',
    fix: 'give reload: true, or leave it out',
  },
  {
    props: ['reload'],
    works: ({ reload, preloadApp }) => reload !== true || preloadApp !== true,
    what: 'cannot take effect with preloadApp: the workers get the code that the server has loaded',
    fix: 'leave one of them out',
    rule: 'GUN-PRELOAD-RELOAD',
  },
  {
    props: ['maxRequests'],
    // Seen: 77 of 4,900 requests were reset by 23.0.0, as many by 21.2.0 and 22.0.0, none by 20.1.0, 24.1.1 and newer ones.
    works: (props) =>
      kindOf(props) !== 'gthread' ||
      props.maxRequests === 0 ||
      !isFrom('21.0.0', props) ||
      isFrom('24.1.0', props),
    what: 'with threads loses requests before gunicorn 24.1: a worker that is recycled resets connections that it has accepted',
    fix: 'run gunicorn 24.1 or newer, or leave one of the two out',
    rule: 'GUN-GTHREAD-RECYCLE',
  },
  {
    props: ['reusePort'],
    works: ({ reusePort, transport, listeners }) =>
      reusePort !== true ||
      transport?._model.kind === 'tcp' ||
      (transport === undefined && isGiven(listeners)),
    what: 'with a Unix socket leaves gunicorn without any socket',
    fix: 'leave it out, or give Transport.tcp(port)',
    rule: 'GUN-REUSEPORT',
  },
  {
    props: ['proxyProtocol'],
    works: (props) => !isProxied(props) || (props.transport === undefined && isGiven(props.listeners)),
    what: 'has no effect behind nginx, which speaks plain HTTP to applications, and lets its other peers say who they are',
    fix: 'leave it out: nginx passes the address of the client on',
    rule: 'GUN-PROXYPROTO',
  },
  {
    props: ['proxyAllowIps'],
    works: isProxied,
    what: 'has no effect without proxyProtocol',
    fix: 'give proxyProtocol too, or leave it out',
  },
  {
    props: ['httpParser'],
    works: ({ httpParser, permitObsoleteFolding, stripHeaderSpaces }) =>
      httpParser !== GunicornHttpParser.FAST ||
      (permitObsoleteFolding !== true && stripHeaderSpaces !== true),
    what: 'FAST cannot do what permitObsoleteFolding and stripHeaderSpaces ask for: every request would fail',
    fix: 'leave those out, or give GunicornHttpParser.PYTHON',
    rule: 'GUN-LAX-PARSER',
  },
  {
    props: ['protocol'],
    works: (props) =>
      props.protocol !== GunicornProtocol.UWSGI || !['tornado', 'uvicorn'].includes(kindOf(props) ?? ''),
    what: 'UWSGI is not what workers of this class speak: their own server takes HTTP alone',
    fix: 'leave it out, or give another workerClass, such as WorkerClass.ASGI or GTHREAD',
    rule: 'XT-PROTO',
  },
  {
    props: ['protocol'],
    // Seen with 26.1.0, and in the source up to 26.2.0: nginx takes what is in an answer of that protocol for the body.
    works: (props) => props.protocol !== GunicornProtocol.UWSGI || isFrom('27.0.0', props),
    what: 'UWSGI spoils answers before gunicorn 27.0.0: one without a length arrives with the sizes of its chunks in it, and asgi workers close the connection',
    fix: 'run gunicorn 27.0.0 or newer, or leave protocol out',
    rule: 'XT-PROTO',
  },
  {
    props: [
      'dirtyApps',
      'dirtyTimeout',
      'dirtyThreads',
      'dirtyGracefulTimeout',
      'onDirtyStarting',
      'dirtyPostFork',
      'dirtyWorkerInit',
      'dirtyWorkerExit',
    ],
    works: ({ dirtyWorkers }) => (dirtyWorkers ?? 0) > 0,
    what: 'has no effect without dirtyWorkers',
    fix: 'give dirtyWorkers: 1 or more, or leave it out',
  },
  {
    props: ['dirtyWorkers'],
    works: ({ dirtyWorkers, dirtyApps }) => dirtyWorkers === 0 || isGiven(dirtyApps),
    what: 'has nothing to do without dirtyApps: none is started',
    fix: "give them too, such as dirtyApps: ['shop.models:Recommender'], or leave it out",
  },
  {
    props: ['controlSocketMode'],
    works: ({ controlSocket }) => controlSocket !== undefined,
    what: 'has no effect without controlSocket',
    fix: "give controlSocket: '/tmp/gunicorn.ctl', or leave it out",
    rule: 'GUN-CONTROL',
  },
  {
    props: ['statsdPrefix', 'dogstatsdTags', 'enableBacklogMetric'],
    works: ({ statsdHost }) => statsdHost !== undefined,
    what: 'has no effect without statsdHost',
    fix: "give statsdHost: StatsdAddress.udp('metrics', 8125), or leave it out",
  },
  {
    props: ['syslogAddr', 'syslogPrefix', 'syslogFacility', 'disableRedirectAccessToSyslog'],
    works: ({ syslog }) => syslog === true,
    what: 'has no effect without syslog',
    fix: 'give syslog: true, or leave it out',
  },
  {
    props: ['accessLogFormat'],
    works: hasAccessLog,
    what: 'has no effect without an access log',
    fix: "give accesslog: '-' too, which is the container's output, or leave it out",
    rule: 'GUN-ACCESSLOG',
  },
  {
    props: ['logconfig', 'logconfigJson'],
    works: ({ logconfigDict, logconfigJson, logconfig }) =>
      logconfigDict === undefined && (logconfigJson === undefined || logconfig === undefined),
    what: 'is one of several configurations of logging, and gunicorn takes one',
    fix: 'give one of logconfig, logconfigDict and logconfigJson',
  },
  ...CLASS_COMBINATIONS,
  ...TLS_COMBINATIONS,
  ...HTTP2_COMBINATIONS,
];

/**
 * Refuses props that do not work together.
 *
 * @throws ConfigError that names the props that would have no effect, or another one than asked for.
 */
export function checkCombinations(props: GunicornAppProps): void {
  refuse([
    ...COMBINATIONS.flatMap((combination) => problemOf(combination, props)),
    ...loggingProblems(props),
  ]);
}

function problemOf(
  { props: names, works, what, fix, rule }: Combination,
  props: GunicornAppProps,
): Problem[] {
  const prop = names.find((name) => isGiven(props[name]));
  if (prop === undefined || works(props)) return [];
  return [{ what: `${prop} ${what}`, fix, ...(rule === undefined ? {} : { rule }) }];
}
