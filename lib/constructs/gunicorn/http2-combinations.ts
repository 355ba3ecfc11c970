import type { GunicornAppProps } from './gunicorn-app';
import type { Combination, WorkerKind } from './combination';
import { kindOf } from './combination';
import { GunicornHttp2Cleartext, GunicornHttpProtocol } from './http2-props';
import { GunicornProtocol } from '../app/protocol';

const speaksHttp2 = ({ httpProtocols }: GunicornAppProps): boolean =>
  (httpProtocols ?? []).includes(GunicornHttpProtocol.H2);
const isCleartext = ({ http2Cleartext }: GunicornAppProps): boolean =>
  http2Cleartext !== undefined && http2Cleartext !== GunicornHttp2Cleartext.OFF;

/** Classes that gunicorn itself says fall back to HTTP/1.1, and one that speaks nothing else. */
const WITHOUT_HTTP2: readonly (WorkerKind | undefined)[] = ['sync', 'tornado', 'uvicorn'];

const hasHttp2 = (props: GunicornAppProps): boolean =>
  !WITHOUT_HTTP2.includes(kindOf(props)) && props.protocol !== GunicornProtocol.UWSGI;

/** What HTTP/2 needs, and what it cannot be with. */
export const HTTP2_COMBINATIONS: readonly Combination[] = [
  {
    props: [
      'http2MaxConcurrentStreams',
      'http2InitialWindowSize',
      'http2MaxFrameSize',
      'http2MaxHeaderListSize',
      'http2Cleartext',
    ],
    works: speaksHttp2,
    what: 'has no effect without GunicornHttpProtocol.H2 in httpProtocols',
    fix: 'give httpProtocols: [GunicornHttpProtocol.H2, GunicornHttpProtocol.H1], or leave it out',
  },
  {
    props: ['httpProtocols'],
    works: (props) => !speaksHttp2(props) || hasHttp2(props),
    what: 'has H2, which these workers do not speak: they would fall back to HTTP/1.1',
    fix: 'give WorkerClass.GTHREAD, GEVENT or ASGI and the protocol HTTP, or leave H2 out',
  },
  {
    props: ['httpProtocols'],
    works: (props) => !speaksHttp2(props) || (props.listeners ?? []).length > 0,
    what: 'has H2, and nginx speaks HTTP/1.1 to applications',
    fix: 'leave H2 out: nginx speaks it to clients, or publish the application itself with listeners',
  },
  {
    props: ['httpProtocols'],
    works: (props) => !speaksHttp2(props) || props.certfile !== undefined || isCleartext(props),
    what: 'has H2, which no client can begin without TLS',
    fix: 'give certfile, or http2Cleartext',
  },
  {
    props: ['http2Cleartext'],
    works: (props) => !isCleartext(props) || props.certfile === undefined,
    what: 'has no effect with certfile: every client speaks TLS',
    fix: 'leave one of them out',
  },
  {
    props: ['http2Cleartext'],
    works: ({ http2Cleartext, transport, healthCheck }) =>
      http2Cleartext !== GunicornHttp2Cleartext.PRIOR_KNOWLEDGE ||
      (transport === undefined && healthCheck?._model.path === undefined),
    what: 'PRIOR_KNOWLEDGE answers 400 to believed peers that speak HTTP/1.1, such as nginx and the probe of a path',
    fix: 'give GunicornHttp2Cleartext.BOTH, or neither a transport nor HealthCheck.http',
  },
];
