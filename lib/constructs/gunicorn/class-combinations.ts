import type { GunicornAppProps } from './gunicorn-app';
import type { Combination, WorkerKind } from './combination';
import { kindOf } from './combination';

/** Props that not every class of workers reads. */
interface Reading {
  readonly by: readonly WorkerKind[];
  readonly props: readonly (keyof GunicornAppProps)[];
  readonly rule?: string;
}

/** Workers that read requests with gunicorn's own parsers and log them themselves; tornado and uvicorn bring their own. */
const GUNICORNS: readonly WorkerKind[] = ['sync', 'gthread', 'gevent', 'asgi'];

/** Workers of WSGI among them. */
const WSGI: readonly WorkerKind[] = ['sync', 'gthread', 'gevent'];

/** Which workers read what (source and real servers, 23.0.0 to 27.0.1); those of a user's own may read anything. */
const READINGS: readonly Reading[] = [
  { by: ['sync', 'gthread'], props: ['threads'], rule: 'GUN-THREADS-IGNORED' },
  { by: ['gthread', 'gevent'], props: ['workerConnections'], rule: 'GUN-THREADS-IGNORED' },
  { by: GUNICORNS, props: ['proxyProtocol'], rule: 'GUN-PROXYPROTO' },
  {
    by: GUNICORNS,
    props: [
      'limitRequestLine',
      'limitRequestFields',
      'limitRequestFieldSize',
      'httpParser',
      'forwarderHeaders',
      'headerMap',
      'permitUnconventionalHttpMethod',
      'permitUnconventionalHttpVersion',
      'preRequest',
      'postRequest',
      'accessLogFormat',
    ],
  },
  {
    by: WSGI,
    props: [
      'permitObsoleteFolding',
      'stripHeaderSpaces',
      'casefoldHttpMethod',
      'sendfile',
      'doHandshakeOnConnect',
      'suppressRaggedEofs',
    ],
  },
  {
    by: ['asgi'],
    props: ['asgiLoop', 'asgiLifespan', 'asgiDisconnectGracePeriod', 'rootPath', 'websocketMaxMessageSize'],
  },
  { by: [...WSGI, 'asgi', 'uvicorn'], props: ['accesslog'] },
  { by: [...WSGI, 'asgi', 'tornado'], props: ['sslContext', 'workerInt', 'workerAbort'] },
];

/** Props that the workers of an application's class do not read. */
export const CLASS_COMBINATIONS: readonly Combination[] = READINGS.flatMap(({ by, props, rule }) =>
  props.map((prop) => ({
    props: [prop],
    works: (all: GunicornAppProps): boolean => isRead(prop, by, all),
    what: 'has no effect with this workerClass',
    fix: `leave it out, or give ${membersOf(by)}`,
    ...(rule === undefined ? {} : { rule }),
  })),
);

function isRead(prop: keyof GunicornAppProps, by: readonly WorkerKind[], all: GunicornAppProps): boolean {
  const kind = kindOf(all);
  const asksForNothing = prop === 'threads' ? all.threads === 1 : all[prop] === 'off';
  return kind === undefined || by.includes(kind) || asksForNothing;
}

/** The members of `WorkerClass` for kinds, in words. */
function membersOf(kinds: readonly WorkerKind[]): string {
  const names = kinds.map((kind) => kind.toUpperCase());
  const last = names.pop() ?? '';
  return `WorkerClass.${names.length === 0 ? last : `${names.join(', ')} or ${last}`}`;
}
