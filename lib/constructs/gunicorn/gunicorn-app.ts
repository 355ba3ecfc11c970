import { Construct } from '../../docker/cdktf';
import type { Container, Volume } from '../../docker/cdktf';
import { ConfigError } from '../../errors';
import type { GunicornApp as GunicornAppModel } from '../../topology/gunicorn-app';
import { appUrls } from '../../topology/derive/published-urls';
import type { Duration } from '../../values/duration';
import type { AppProps } from '../app/app-props';
import { appBackend, createApp } from '../app/app-resources';
import type { IApp } from '../app/app';
import type { BackendConfig } from '../backend/backend';
import { checkProps } from '../checked/props';
import { refuseForeignMounts } from '../checked/foreign';
import { freeId } from '../checked/free-id';
import { resourcesOf } from '../container/provider-resources';
import type { ProviderResources } from '../container/provider-resources';
import type { GunicornAsgiProps } from './asgi-props';
import type { GunicornDevelopmentProps } from './development-props';
import type { GunicornDirtyProps } from './dirty-props';
import type { GunicornHookProps } from './hook-props';
import type { GunicornHttp2Props } from './http2-props';
import type { GunicornHttpProps } from './http-props';
import type { GunicornLoggingProps } from './logging-props';
import { modelOf } from './model';
import type { GunicornProcessProps } from './process-props';
import type { GunicornStatsdProps } from './statsd-props';
import type { GunicornTlsProps } from './tls-props';
import type { GunicornProtocol } from '../app/protocol';
import type { WorkerClass, WorkerCount } from './worker-class';

/** Properties of a gunicorn application, named as gunicorn names its settings. */
export interface GunicornAppProps
  extends
    AppProps,
    GunicornAsgiProps,
    GunicornDevelopmentProps,
    GunicornDirtyProps,
    GunicornHookProps,
    GunicornHttp2Props,
    GunicornHttpProps,
    GunicornLoggingProps,
    GunicornProcessProps,
    GunicornStatsdProps,
    GunicornTlsProps {
  /**
   * Release of gunicorn in the image; decides which settings exist.
   *
   * @default '23.0.0', which AppImage.python installs
   */
  readonly serverVersion?: string;
  /**
   * What gunicorn speaks to nginx; uwsgi from 27.0.
   *
   * @default GunicornProtocol.HTTP
   */
  readonly protocol?: GunicornProtocol;
  /**
   * Worker processes.
   *
   * @default - derived from the declared cpus, memory and `workerClass`: `sync` two for each cpu and one more, `gthread` four threads for
   * each cpu, event loops one for each cpu; the last two no fewer than two workers, and none more than the memory holds (gunicorn: 1)
   */
  readonly workers?: WorkerCount;
  /**
   * Kind of the workers.
   *
   * @default WorkerClass.SYNC (gunicorn)
   */
  readonly workerClass?: WorkerClass;
  /**
   * Threads of each worker: more than one make gthread workers of sync ones; no other class has any.
   *
   * @default - 2 for WorkerClass.GTHREAD, else 1 (gunicorn: 1)
   */
  readonly threads?: number;
  /**
   * Connections that a worker of gthread or gevent holds at once.
   *
   * @default 1000 (gunicorn), or what the declared memory holds
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
   * @default - as long as `timeout` lets a request of a sync worker run, at least Duration.seconds(30) (gunicorn)
   */
  readonly gracefulTimeout?: Duration;
  /**
   * Time that an idle connection is kept.
   *
   * @default Duration.seconds(75), longer than nginx keeps its side; 0 with protocol UWSGI, where nginx keeps none, and gunicorn would
   * log an error for every connection that it closes (gunicorn: 2 s)
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
   * Whether the application is loaded before the workers are forked; not with `reload`, which could not load it again.
   *
   * @default false (gunicorn)
   */
  readonly preloadApp?: boolean;
  /**
   * Addresses, and from gunicorn 23.0 networks, whose X-Forwarded-Proto is believed; on a Unix socket only uvicorn's workers ask for it.
   *
   * @default - everyone where nginx is the only neighbour, else 127.0.0.1 (gunicorn)
   */
  readonly forwardedAllowIps?: string[];
  /**
   * Settings of a gunicorn newer than this library, by gunicorn's names of them. What has a prop is refused, and so is what the
   * construct decides or no container can use; a run mode that is `false` is taken.
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
    super(scope, freeId(scope, id));
    ConfigError.at(this.node.path, () => {
      checkProps('GunicornAppProps', props);
    });
    refuseForeignMounts(this, props.mounts);
    this.model = ConfigError.at(this.node.path, () => modelOf(this, props));
    const { containers, socketVolume } = createApp(this, this.model, props.provider);
    this.containers = containers;
    if (socketVolume !== undefined) this.socketVolume = socketVolume;
  }

  /** Every provider resource of it, by name. */
  public get resources(): ProviderResources {
    return resourcesOf(this, this.model.id);
  }

  /** Where the world reaches it without nginx; empty for an application without listeners. */
  public get urls(): string[] {
    return appUrls(this.model);
  }

  /** Describes the application to a frontend. */
  public bindBackend(): BackendConfig {
    return appBackend(this.model);
  }
}
