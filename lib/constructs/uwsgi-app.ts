import { Construct } from 'constructs';
import type { Container } from '@cdktf/provider-docker/lib/container';
import type { Volume } from '@cdktf/provider-docker/lib/volume';
import { ConfigError } from '../errors';
import type { UwsgiApp as UwsgiAppModel } from '../topology/uwsgi-app';
import { workersPerCpu } from '../topology/derive/workers';
import type { Duration } from '../values/duration';
import type { Size } from '../values/size';
import { appBase } from './app-model';
import type { AppProps } from './app-props';
import { appBackend, createApp } from './app-resources';
import type { BackendConfig, IBackend } from './backend';
import { UwsgiProtocol } from './protocol';
import { StackTopology } from './stack-topology';
import { known } from './text';
import type { UwsgiOption } from './uwsgi-option';
import { UwsgiPlugin } from './uwsgi-option';

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
   * @default Size.kibibytes(32), so that nginx's header buffers fit (uWSGI: 4 KiB)
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
   * Memory at which a worker is recycled after its request, in whole MiB.
   *
   * @default - never (uWSGI)
   */
  readonly reloadOnRss?: Size;
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
   * Options without a prop of their own, checked against the option table, in order.
   *
   * @default - none
   */
  readonly options?: UwsgiOption[];
}

/** A Python application in uWSGI: its container, socket volume and rendered `uwsgi.ini`. */
export class UwsgiApp extends Construct implements IBackend {
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
    this.model = ConfigError.at(this.node.path, () => modelOf(this, props));
    const { containers, socketVolume } = ConfigError.at(this.node.path, () =>
      createApp(this, this.model, props.provider),
    );
    this.containers = containers;
    if (socketVolume !== undefined) this.socketVolume = socketVolume;
  }

  /** Describes the application to a frontend. */
  public bindBackend(): BackendConfig {
    return appBackend(this.model);
  }
}

function modelOf(construct: UwsgiApp, props: UwsgiAppProps): UwsgiAppModel {
  const processes = props.processes ?? workersPerCpu(props.cpus, 2, 0);
  const at = {
    id: StackTopology.of(construct).idOf(construct),
    construct: construct.node.path,
    serverVersion: props.serverVersion ?? '2.0.30',
    protocol: props.protocol ?? UwsgiProtocol.UWSGI,
  };
  const plugin = (props.plugin ?? UwsgiPlugin.embedded())._model;
  return {
    ...appBase(props, at),
    server: 'uwsgi',
    ...plugin,
    ...switches(props, processes),
    ...counts(props, checkedProcesses(processes, props.cheaper)),
    staticMaps: [],
    options: (props.options ?? []).map((line) => ({
      name: line._model.name,
      value: known(`option ${line._model.name}`, line._model.value),
    })),
  };
}

function checkedProcesses(processes: number, cheaper: number | undefined): number {
  if (!Number.isInteger(processes) || processes < 1) {
    throw new ConfigError({
      what: `processes ${String(processes)}: uWSGI would accept and never answer`,
      fix: 'give a whole number from 1',
      rule: 'UWS-PROC-ZERO',
    });
  }
  if (cheaper !== undefined && cheaper >= processes) {
    throw new ConfigError({
      what: `cheaper ${String(cheaper)} is not below processes ${String(processes)}: uWSGI would not start`,
      fix: 'give cheaper a smaller number, or processes a larger one',
      rule: 'UWS-CHEAPER',
    });
  }
  return processes;
}

function switches(props: UwsgiAppProps, processes: number) {
  return {
    enableThreads: props.enableThreads ?? true,
    master: checkedMaster(props.master ?? true),
    thunderLock: props.thunderLock ?? processes > 1,
    lazyApps: props.lazyApps ?? false,
    singleInterpreter: props.singleInterpreter ?? true,
    needApp: props.needApp ?? true,
    strict: props.strict ?? true,
    vacuum: props.vacuum ?? true,
  };
}

function checkedMaster(master: boolean): boolean {
  if (!master) {
    throw new ConfigError({
      what: 'master false: nothing would start a dead worker again, and harakiri would end the container',
      fix: 'leave master out',
      rule: 'UWS-MASTER',
    });
  }
  return master;
}

function counts(props: UwsgiAppProps, processes: number) {
  return {
    processes,
    bufferSizeBytes: checkedBuffer(props.bufferSize?.toBytes() ?? 32_768),
    postBufferingBytes: props.postBuffering?.toBytes() ?? 8192,
    listen: props.listen ?? 1024,
    harakiriSeconds: props.harakiri?.toSeconds() ?? 30,
    reloadMercySeconds: props.workerReloadMercy?.toSeconds() ?? 30,
    ...(props.threads === undefined ? {} : { threads: props.threads }),
    ...(props.maxRequests === undefined ? {} : { maxRequests: props.maxRequests }),
    ...(props.maxRequestsDelta === undefined ? {} : { maxRequestsDelta: props.maxRequestsDelta }),
    ...(props.reloadOnRss === undefined ? {} : { reloadOnRssMebibytes: props.reloadOnRss.toMebibytes() }),
    ...(props.cheaper === undefined ? {} : { cheaper: props.cheaper }),
    ...(props.cheaperInitial === undefined ? {} : { cheaperInitial: props.cheaperInitial }),
    ...(props.cheaperStep === undefined ? {} : { cheaperStep: props.cheaperStep }),
  };
}

function checkedBuffer(bytes: number): number {
  if (bytes > 65_535) {
    throw new ConfigError({
      what: `bufferSize of ${String(bytes)} bytes: uWSGI would clamp it to 65535 without a word`,
      fix: 'give Size.bytes(65535) or less',
      rule: 'UWS-BUFFER-MAX',
    });
  }
  return bytes;
}
