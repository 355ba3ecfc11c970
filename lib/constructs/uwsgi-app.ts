import { Construct } from '../docker/cdktf';
import type { Container, Volume } from '../docker/cdktf';
import { ConfigError } from '../errors';
import type { UwsgiApp as UwsgiAppModel } from '../topology/uwsgi-app';
import { publishedUrls } from '../topology/derive/published-urls';
import type { Duration } from '../values/duration';
import type { Size } from '../values/size';
import type { AppProps } from './app-props';
import { appBackend, createApp } from './app-resources';
import type { IApp } from './app';
import type { BackendConfig } from './backend';
import { refuseForeign } from './foreign';
import type { UwsgiProtocol } from './protocol';
import type { UwsgiOption, UwsgiPlugin } from './uwsgi-option';
import { modelOf } from './uwsgi-model';

/** Properties of a uWSGI application, named as uWSGI names its options. */
export interface UwsgiAppProps extends AppProps {
  /**
   * Release of uWSGI in the image; decides which options exist.
   *
   * @default '2.0.30', which AppImage.python installs
   */
  readonly serverVersion?: string;
  /**
   * How the Python plugin comes.
   *
   * @default UwsgiPlugin.embedded(), as PyPI builds it
   */
  readonly plugin?: UwsgiPlugin;
  /**
   * What uWSGI speaks to nginx.
   *
   * @default UwsgiProtocol.UWSGI
   */
  readonly protocol?: UwsgiProtocol;
  /**
   * Worker processes.
   *
   * @default - two for each declared cpu
   */
  readonly processes?: number;
  /**
   * Threads of each worker.
   *
   * @default 1 (uWSGI)
   */
  readonly threads?: number;
  /**
   * Whether the application may start threads.
   *
   * @default true: background threads freeze between requests without it (uWSGI: false)
   */
  readonly enableThreads?: boolean;
  /**
   * Whether a master process watches the workers.
   *
   * @default true (uWSGI: false)
   */
  readonly master?: boolean;
  /**
   * Whether accepting is serialized among processes.
   *
   * @default - true with more than one process (uWSGI: false)
   */
  readonly thunderLock?: boolean;
  /**
   * Room for a request's head, at most 65,535 bytes.
   *
   * @default Size.bytes(65535), so that all fits that nginx's header buffers hold (uWSGI: 4 KiB)
   */
  readonly bufferSize?: Size;
  /**
   * Request bodies above this are spooled to /tmp.
   *
   * @default Size.kibibytes(8): without it an unread body is a 502 (uWSGI: off)
   */
  readonly postBuffering?: Size;
  /**
   * Connections that wait for a worker.
   *
   * @default 1024 (uWSGI: 100)
   */
  readonly listen?: number;
  /**
   * Longest time of a request; its worker is killed after that.
   *
   * @default Duration.seconds(30) (uWSGI: unlimited)
   */
  readonly harakiri?: Duration;
  /**
   * Requests after which a worker is recycled.
   *
   * @default - never (uWSGI)
   */
  readonly maxRequests?: number;
  /**
   * Spread of `maxRequests`, so that workers do not recycle together; from uWSGI 2.0.29.
   *
   * @default 0 (uWSGI)
   */
  readonly maxRequestsDelta?: number;
  /**
   * Age at which a worker is recycled after its request.
   *
   * @default - never (uWSGI)
   */
  readonly maxWorkerLifetime?: Duration;
  /**
   * Age before which no worker is recycled.
   *
   * @default Duration.seconds(60) (uWSGI)
   */
  readonly minWorkerLifetime?: Duration;
  /**
   * Address space at which a worker is recycled after its request, in whole MiB.
   *
   * @default - never (uWSGI)
   */
  readonly reloadOnAs?: Size;
  /**
   * Memory at which a worker is recycled after its request, in whole MiB.
   *
   * @default - never (uWSGI)
   */
  readonly reloadOnRss?: Size;
  /**
   * Address space at which the master kills a worker, its request with it, in whole MiB.
   *
   * @default - never (uWSGI)
   */
  readonly evilReloadOnAs?: Size;
  /**
   * Memory at which the master kills a worker, its request with it, in whole MiB.
   *
   * @default - never (uWSGI)
   */
  readonly evilReloadOnRss?: Size;
  /**
   * Time that requests in flight get when the server is told to stop.
   *
   * @default Duration.seconds(30) (uWSGI: 60 s)
   */
  readonly workerReloadMercy?: Duration;
  /**
   * Fewest workers kept when there is little to do; fewer than `processes`.
   *
   * @default - all workers always run (uWSGI)
   */
  readonly cheaper?: number;
  /**
   * Workers at the start.
   *
   * @default - as many as `cheaper` (uWSGI)
   */
  readonly cheaperInitial?: number;
  /**
   * Workers added at once.
   *
   * @default 1 (uWSGI)
   */
  readonly cheaperStep?: number;
  /**
   * Whether each worker loads the application for itself.
   *
   * @default false (uWSGI)
   */
  readonly lazyApps?: boolean;
  /**
   * Whether only one Python interpreter runs in each worker.
   *
   * @default true: sub-interpreters break some C extensions (uWSGI: false)
   */
  readonly singleInterpreter?: boolean;
  /**
   * Whether the server ends when the application cannot be loaded.
   *
   * @default true: it would answer 500 to everything (uWSGI: false)
   */
  readonly needApp?: boolean;
  /**
   * Whether an unknown option stops the start.
   *
   * @default true (uWSGI: false)
   */
  readonly strict?: boolean;
  /**
   * Whether the socket is removed at the end.
   *
   * @default true (uWSGI: false)
   */
  readonly vacuum?: boolean;
  /**
   * Port on which the stats server answers, on every address of the container: on loopback nobody could reach it.
   *
   * @default - no stats server (uWSGI)
   */
  readonly stats?: number;
  /**
   * Whether the stats server speaks HTTP, rather than writing its JSON at once.
   *
   * @default false (uWSGI)
   */
  readonly statsHttp?: boolean;
  /**
   * URL prefixes that uWSGI serves from directories itself: for an application without nginx, `StaticMount` otherwise.
   *
   * @default - none (uWSGI)
   */
  readonly staticMaps?: Record<string, string>;
  /**
   * Options without a prop of their own, checked against the option table, in order.
   *
   * @default - none
   */
  readonly options?: UwsgiOption[];
}

/** A Python application in uWSGI: its container, socket volume and rendered `uwsgi.ini`. */
export class UwsgiApp extends Construct implements IApp {
  /** The application's containers, one a replica. */
  public readonly containers: Container[];
  /** The volume that holds its sockets, when it has any. */
  public readonly socketVolume?: Volume;
  private readonly model: UwsgiAppModel;

  /**
   * @param scope The stack, or a construct in it.
   * @param id Name of the application within its scope.
   * @param props What runs, and how.
   * @throws ConfigError for a value that uWSGI, Docker or the socket edge cannot take.
   */
  public constructor(scope: Construct, id: string, props: UwsgiAppProps) {
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
