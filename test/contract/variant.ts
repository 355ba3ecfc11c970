import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import type { TerraformStack as Stack } from 'cdktf';
import { TerraformStack, Testing } from 'cdktf';
import type { IBackend, PassToOptions } from 'cdktf-wsgi';
import {
  Directive,
  Duration,
  Listener,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  NginxImage,
  Size,
} from 'cdktf-wsgi';
import { StackTopology } from '../../lib/constructs/stack/stack-topology';
import type { Topology } from '../../lib/topology/topology';
import type { ProgramName } from '../helpers/programs';
import { PROMISES } from './promises';
import type { Family, Promises } from './promises';

/** One way to run an application, as a team would write it. */
export interface Variant {
  /** What distinguishes it, such as `gunicorn 27.0.1 gthread over a Unix socket`. */
  readonly title: string;
  readonly family: Family;
  /** Where its release differs from the others of the family. */
  readonly differs?: Partial<Promises>;
  readonly programs: readonly ProgramName[];
  /** The server's program, where it is not Debian's. */
  readonly command?: string;
  readonly speaks: 'uwsgi' | 'http';
  /** Makes the application with its public construct, and says what nginx passes to. */
  readonly app: (scope: Stack, id: string, limits: Limits) => IBackend;
}

/** `generous`: the defaults of the library; `short`: what lets a test see the end of a request, a worker, a limit. */
export type Limits = 'generous' | 'short';

/** Largest body that the frontends of the contract let in. */
export const BODY_LIMIT = Size.mebibytes(2);

/** How long a worker may be busy with one request, where its server can say so. */
export const REQUEST_LIMIT = Duration.seconds(2);

/** How long nginx waits where the server cannot say so, and where it can although the library does not count on it. */
const READ_TIMEOUT = Duration.seconds(3);
const LONGER_READ_TIMEOUT = Duration.milliseconds(5500);

/** Worker processes: one for each request that is in flight at a stop, where a worker has one at a time. */
export const WORKERS = { generous: 3, short: 2 } as const;

/** Requests after which a worker is recycled. */
export const MAX_REQUESTS = 20;

/** Memory at which a worker is recycled, where its server watches that. */
export const MEMORY_LIMIT = Size.mebibytes(80);

/** Names under which the frontend passes to the application with short limits, and as if TLS had ended before it. */
export const NAMES = { short: 'short.test', tls: 'tls.test' } as const;

/** The topology of a variant: made with the public constructs, so that it is the library that is judged. */
export function topologyOf(variant: Variant): Topology {
  const stack = new TerraformStack(Testing.app(), 'site');
  new DockerProvider(stack, 'docker');
  const generous = variant.app(stack, 'generous', 'generous');
  const short = variant.app(stack, 'short', 'short');
  const web = new NginxFrontend(stack, 'web', {
    image: NginxImage.of('local/base:1', {
      version: '1.22.1',
      streamModule: 'modules/ngx_stream_module.so',
    }),
    listeners: [Listener.http(8000)],
    clientMaxBodySize: BODY_LIMIT,
  });
  web.addBackend('/', generous);
  web.addBackend('/mounted/', generous, { stripPrefix: true });
  web.addLocation(LocationMatch.regex('^/echo/captured/(.+)$'), LocationAction.passTo(generous), {
    directives: [Directive.of('add_header', ['X-Captured', '$1'])],
  });
  web.addLocation(LocationMatch.exact('/echo/uploading'), LocationAction.passTo(generous), {
    directives: [
      Directive.of(`${variant.speaks === 'uwsgi' ? 'uwsgi' : 'proxy'}_request_buffering`, ['off']),
    ],
  });
  web.addServer({ serverNames: [NAMES.short] }).addBackend('/', short, shortPass(variant));
  web.addServer({ serverNames: [NAMES.tls] }).addBackend('/', generous, tlsPass(variant));
  return StackTopology.of(stack).topology();
}

/** What the variant's family promises. */
export function promisesOf({ family, differs }: Variant): Promises {
  return { ...PROMISES[family], ...differs };
}

/** Where the server itself ends a request that hangs, nginx waits as long as the library derives from that. */
function shortPass(variant: Variant): PassToOptions {
  const readTimeout = { nginx: READ_TIMEOUT, heartbeat: LONGER_READ_TIMEOUT };
  const { by } = promisesOf(variant).hang;
  return by === 'nginx' || by === 'heartbeat' ? { readTimeout: readTimeout[by] } : {};
}

/** Emulates TLS that has ended before nginx, as far as nginx can be told: gunicorn looks at HTTPS in uWSGI's protocol alone. */
function tlsPass({ speaks }: Variant): PassToOptions {
  const headers = { 'X-Forwarded-Proto': 'https' };
  return speaks === 'uwsgi' ? { headers, uwsgiParams: { HTTPS: 'on' } } : { headers };
}
