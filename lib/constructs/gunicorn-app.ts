import { Construct } from '../docker/cdktf';
import type { Container, Volume } from '../docker/cdktf';
import { ConfigError, shown } from '../errors';
import type { GunicornApp as GunicornAppModel } from '../topology/gunicorn-app';
import { workersPerCpu } from '../topology/derive/workers';
import { publishedUrls } from '../topology/derive/published-urls';
import type { Duration } from '../values/duration';
import { appBase } from './app-model';
import type { AppProps } from './app-props';
import { appBackend, createApp } from './app-resources';
import type { IApp } from './app';
import type { BackendConfig } from './backend';
import { refuseForeign } from './foreign';
import { givenCount, wholeNumber } from './checked';
import { GunicornProtocol } from './protocol';
import { StackTopology } from './stack-topology';
import { WorkerClass, WorkerCount } from './worker-class';

/** Properties of a gunicorn application, named as gunicorn names its settings. */
export interface GunicornAppProps extends AppProps {
  /**
   * Release of gunicorn in the image; decides which settings exist.
   *
   * @default '23.0.0', which AppImage.python installs
   */
  readonly serverVersion?: string;
  /**
   * What gunicorn speaks to nginx; uwsgi from 24.0.
   *
   * @default GunicornProtocol.HTTP
   */
  readonly protocol?: GunicornProtocol;
  /**
   * Worker processes.
   *
   * @default WorkerCount.perCpu(2, 1) of the declared cpus (gunicorn: 1)
   */
  readonly workers?: WorkerCount;
  /**
   * Kind of the workers.
   *
   * @default WorkerClass.SYNC (gunicorn)
   */
  readonly workerClass?: WorkerClass;
  /**
   * Threads of each worker.
   *
   * @default 1 (gunicorn)
   */
  readonly threads?: number;
  /**
   * Connections that an asynchronous worker holds at once.
   *
   * @default 1000 (gunicorn)
   */
  readonly workerConnections?: number;
  /**
   * Connections that wait for a worker.
   *
   * @default 2048 (gunicorn)
   */
  readonly backlog?: number;
  /**
   * Silence after which a worker is killed: a limit of requests for sync workers, a heartbeat for others.
   *
   * @default Duration.seconds(30) (gunicorn)
   */
  readonly timeout?: Duration;
  /**
   * Time that requests in flight get when the server is told to stop.
   *
   * @default Duration.seconds(30) (gunicorn)
   */
  readonly gracefulTimeout?: Duration;
  /**
   * Time that an idle connection is kept.
   *
   * @default Duration.seconds(75), longer than nginx keeps its side (gunicorn: 2 s)
   */
  readonly keepalive?: Duration;
  /**
   * Requests after which a worker is recycled.
   *
   * @default 0, never (gunicorn)
   */
  readonly maxRequests?: number;
  /**
   * Spread of `maxRequests`, so that workers do not recycle together.
   *
   * @default - a tenth of maxRequests (gunicorn: 0)
   */
  readonly maxRequestsJitter?: number;
  /**
   * How much the error log tells: debug, info, warning, error or critical.
   *
   * @default 'info' (gunicorn)
   */
  readonly loglevel?: string;
  /**
   * File of the access log, `-` for the container's output.
   *
   * @default - none: nginx has one; '-' for an application with listeners (gunicorn: none)
   */
  readonly accesslog?: string;
  /**
   * File of the error log, `-` for the container's output.
   *
   * @default '-' (gunicorn)
   */
  readonly errorlog?: string;
  /**
   * Whether the application is loaded before the workers are forked.
   *
   * @default false (gunicorn)
   */
  readonly preloadApp?: boolean;
  /**
   * Addresses or networks whose X-Forwarded-Proto is believed; of no effect on a Unix socket, whose peer always is.
   *
   * @default - everyone on a network of the application's own, else 127.0.0.1 (gunicorn)
   */
  readonly forwardedAllowIps?: string[];
  /**
   * Server hooks: name to the Python text of the whole `def`.
   *
   * @default - none but the one that tells the probe
   */
  readonly hooks?: Record<string, string>;
  /**
   * Settings without a prop of their own, checked against the setting table.
   *
   * @default - none
   */
  readonly settings?: Record<string, unknown>;
}

/** A Python application in gunicorn: its container, socket volume and rendered `gunicorn.conf.py`. */
export class GunicornApp extends Construct implements IApp {
  /** The application's containers, one a replica. */
  public readonly containers: Container[];
  /** The volume that holds its sockets, when it has any. */
  public readonly socketVolume?: Volume;
  private readonly model: GunicornAppModel;

  /**
   * @param scope The stack, or a construct in it.
   * @param id Name of the application within its scope.
   * @param props What runs, and how.
   * @throws ConfigError for a value that gunicorn, Docker or the socket edge cannot take.
   */
  public constructor(scope: Construct, id: string, props: GunicornAppProps) {
    super(scope, id);
    for (const mount of props.mounts ?? []) refuseForeign(this, mount._target);
    this.model = ConfigError.at(this.node.path, () => modelOf(this, props));
    const { containers, socketVolume } = ConfigError.at(this.node.path, () =>
      createApp(this, this.model, props.provider),
    );
    this.containers = containers;
    if (socketVolume !== undefined) this.socketVolume = socketVolume;
  }

  /** Where the world reaches it without nginx; empty for an application without listeners. */
  public get urls(): string[] {
    return publishedUrls(this.model.listeners);
  }

  /** Describes the application to a frontend. */
  public bindBackend(): BackendConfig {
    return appBackend(this.model);
  }
}

function modelOf(construct: GunicornApp, props: GunicornAppProps): GunicornAppModel {
  const declared = StackTopology.of(construct);
  const at = {
    id: declared.idOf(construct),
    construct: construct.node.path,
    host: declared.host(),
    serverVersion: props.serverVersion ?? '23.0.0',
    protocol: props.protocol ?? GunicornProtocol.HTTP,
  };
  checkModule(props);
  const accesslog = props.accesslog ?? (props.listeners === undefined ? undefined : '-');
  return {
    ...appBase(props, at),
    server: 'gunicorn',
    ...workers(props),
    ...timeouts(props),
    ...recycling(props),
    loglevel: props.loglevel ?? 'info',
    ...(accesslog === undefined ? {} : { accesslog }),
    errorlog: props.errorlog ?? '-',
    ...(props.forwardedAllowIps === undefined ? {} : { forwardedAllowIps: [...props.forwardedAllowIps] }),
    hooks: { ...props.hooks },
    settings: { ...props.settings },
  };
}

function workers(props: GunicornAppProps) {
  const count = props.workers ?? WorkerCount.perCpu(2, 1);
  const number = count._count ?? workersPerCpu(props.cpus, count._perCpu, count._extra);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new ConfigError({
      what: `workers ${String(number)}: gunicorn would listen and never answer`,
      fix: 'give a whole number from 1',
      rule: 'GUN-WORKERS',
    });
  }
  return {
    workers: number,
    workerClass: (props.workerClass ?? WorkerClass.SYNC).settingValue,
    ...givenCount('threads', props.threads),
    ...givenCount('workerConnections', props.workerConnections),
    backlog: wholeNumber('backlog', props.backlog ?? 2048),
    preloadApp: props.preloadApp ?? false,
  };
}

function timeouts(props: GunicornAppProps) {
  return {
    timeoutSeconds: props.timeout?.toSeconds() ?? 30,
    gracefulTimeoutSeconds: props.gracefulTimeout?.toSeconds() ?? 30,
    keepaliveSeconds: props.keepalive?.toSeconds() ?? 75,
  };
}

function recycling({ maxRequests, maxRequestsJitter }: GunicornAppProps) {
  if (maxRequests === undefined && maxRequestsJitter !== undefined) {
    throw new ConfigError({
      what: `maxRequestsJitter ${String(maxRequestsJitter)} has no effect without maxRequests`,
      fix: 'give maxRequests too, such as 1000, or leave the jitter out',
      rule: 'GUN-JITTER',
    });
  }
  if (maxRequests === undefined) return {};
  return {
    ...givenCount('maxRequests', maxRequests, 0),
    ...givenCount('maxRequestsJitter', maxRequestsJitter ?? Math.floor(maxRequests / 10), 0),
  };
}

/** gunicorn imports a module and speaks one protocol on every socket. */
function checkModule({ module, protocol, listeners }: GunicornAppProps): void {
  const model = module._model;
  if (model.kind === 'file' && !/^(?:[A-Za-z_]\w*\/)*[A-Za-z_]\w*\.py$/.test(model.file)) {
    throw new ConfigError({
      what: `WsgiModule.file(${shown(model.file)}, …): gunicorn imports a module, and that is not the file of one`,
      fix: "use Python names for the file and its directories, such as 'shop/wsgi.py'",
    });
  }
  if (protocol === GunicornProtocol.UWSGI && (listeners ?? []).length > 0) {
    throw new ConfigError({
      what: 'protocol UWSGI with listeners: gunicorn speaks one protocol on all its sockets, and clients of a listener speak HTTP',
      fix: 'leave protocol out, or the listeners',
      rule: 'XT-PROTO',
    });
  }
}
