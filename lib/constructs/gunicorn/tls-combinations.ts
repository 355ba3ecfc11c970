import type { Combination } from './combination';
import { classOf, isFrom } from './combination';
import { GunicornCertReqs } from './tls-props';

const TLS_PROPS = [
  'certfile',
  'keyfile',
  'caCerts',
  'certReqs',
  'ciphers',
  'doHandshakeOnConnect',
  'suppressRaggedEofs',
  'sslContext',
] as const;

/** What TLS needs, and what it cannot be with. */
export const TLS_COMBINATIONS: readonly Combination[] = [
  {
    props: TLS_PROPS,
    works: ({ transport, listeners }) => transport === undefined && (listeners ?? []).length > 0,
    what: 'is of no use behind nginx, which speaks plain HTTP to applications',
    fix: 'leave it out and let nginx speak TLS, or publish the application itself: listeners without a transport',
    rule: 'GUN-TLS',
  },
  {
    props: TLS_PROPS,
    works: ({ certfile }) => certfile !== undefined,
    what: 'has no effect without certfile',
    fix: "give it too, such as certfile: '/run/secrets/tls.pem' of a SecretFile, or leave this out",
    rule: 'GUN-TLS',
  },
  {
    props: ['certfile'],
    works: (props) => classOf(props) !== 'tornado' || isFrom('21.0.0', props),
    what: 'makes every connection fail with tornado workers before gunicorn 21.0.0',
    fix: 'run gunicorn 21.0.0 or newer, or give another workerClass',
    rule: 'GUN-TLS',
  },
  {
    props: ['healthCheck'],
    works: ({ healthCheck, certReqs }) =>
      healthCheck?._model.path === undefined || certReqs !== GunicornCertReqs.REQUIRED,
    what: 'asks for a path, and clients without a certificate get no answer (certReqs REQUIRED)',
    fix: 'give HealthCheck.connect(), or GunicornCertReqs.OPTIONAL',
    rule: 'GUN-TLS',
  },
];
