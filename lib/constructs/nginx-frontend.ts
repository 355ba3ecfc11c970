import { Construct } from 'constructs';
import type { TerraformProvider } from 'cdktf';
import type { Container } from '@cdktf/provider-docker/lib/container';
import { createResources } from '../docker/resource-set';
import { ConfigError, shown } from '../errors';
import type { NginxDirective } from '../nginx/directive';
import { nginxWorkers } from '../topology/derive/workers';
import type { Frontend, Server } from '../topology/frontend';
import { frontendPlan } from '../topology/plan/frontend-plan';
import type { ResourcePlan } from '../topology/plan/stack-plan';
import { frontendFiles } from '../topology/render/rendered-files';
import type { Topology } from '../topology/topology';
import { Duration } from '../values/duration';
import { Size } from '../values/size';
import type { IBackend } from './backend';
import type { Directive } from './directive';
import { Gate } from './gate';
import { Listener } from './listener';
import type { LocationAction } from './location-action';
import type { LocationMatch } from './location-match';
import { NginxImage } from './nginx-image';
import { Routes } from './routes';
import type { LocationOptions, NginxLocation, PassToOptions, RedirectOptions } from './routes';
import { StackTopology } from './stack-topology';
import type { StaticMount } from './static-mount';
import { Upstream } from './upstream';
import type { UpstreamProps } from './upstream';

/** Properties of one nginx `server`. */
export interface NginxServerProps {
  /** Names it answers to: exact, `*.example.com`, or `~` and a regular expression. */
  readonly serverNames: string[];
  /**
   * Charset of the Content-Type of its answers.
   *
   * @default - the frontend's
   */
  readonly charset?: string;
  /**
   * Largest request body it takes.
   *
   * @default - the frontend's
   */
  readonly clientMaxBodySize?: Size;
}

/** Properties of an nginx in front of applications, named as nginx names its directives. */
export interface NginxFrontendProps {
  /**
   * The image that nginx runs from.
   *
   * @default NginxImage.official('1.28.0')
   */
  readonly image?: NginxImage;
  /**
   * What the world connects to.
   *
   * @default - port 8080 on loopback
   */
  readonly listeners?: Listener[];
  /**
   * What owns the published ports.
   *
   * @default Gate.container(), so that nginx can be replaced without closing them
   */
  readonly gate?: Gate;
  /**
   * Names of the frontend's own server; other names are then refused.
   *
   * @default - it answers to every name
   */
  readonly serverNames?: string[];
  /**
   * Charset of the Content-Type of answers.
   *
   * @default - none is added (nginx)
   */
  readonly charset?: string;
  /**
   * Largest request body.
   *
   * @default Size.mebibytes(1) (nginx)
   */
  readonly clientMaxBodySize?: Size;
  /**
   * Worker processes.
   *
   * @default - one for each declared cpu, rounded up (nginx: 1)
   */
  readonly workerProcesses?: number;
  /**
   * Connections of each worker, those to applications included.
   *
   * @default 1024 (nginx: 512)
   */
  readonly workerConnections?: number;
  /**
   * Time that an idle connection of a client is kept.
   *
   * @default Duration.seconds(65) (nginx: 75 s)
   */
  readonly keepaliveTimeout?: Duration;
  /**
   * Time that requests in flight get at a reload or a stop.
   *
   * @default Duration.seconds(30) (nginx: unlimited)
   */
  readonly workerShutdownTimeout?: Duration;
  /**
   * Cpus that nginx may use.
   *
   * @default - as many as the host has, with one worker
   */
  readonly cpus?: number;
  /**
   * Memory that nginx may use, its temporary files and swap included.
   *
   * @default - as much as the host has
   */
  readonly memory?: Size;
  /**
   * Labels of the containers.
   *
   * @default - the library's own
   */
  readonly labels?: Record<string, string>;
  /**
   * Docker provider for every resource of this construct.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** One nginx `server` of a frontend: names and locations. */
export class NginxServer extends Construct {
  private readonly routes: Routes;
  private readonly props: NginxServerProps;

  /** @internal */
  public constructor(scope: Construct, id: string, props: NginxServerProps) {
    super(scope, id);
    this.props = props;
    this.routes = new Routes(this);
  }

  /** Passes a path and all below it to a backend. */
  public addBackend(path: string, backend: IBackend, options: PassToOptions = {}): NginxLocation {
    return this.routes.addBackend(path, backend, options);
  }

  /** Serves static files at their mount's path. */
  public addStatic(mount: StaticMount): NginxLocation {
    return this.routes.addStatic(mount);
  }

  /** Adds any location. */
  public addLocation(
    match: LocationMatch,
    action: LocationAction,
    options: LocationOptions = {},
  ): NginxLocation {
    return this.routes.add(match, action, options);
  }

  /** Redirects a path and all below it to one place. */
  public addRedirect(path: string, target: string, options: RedirectOptions = {}): NginxLocation {
    return this.routes.addRedirect(path, target, options);
  }

  /** Adds a directive to the server, checked and shown after ours. */
  public addDirective(directive: Directive): void {
    this.routes.addDirective(directive);
  }

  /** @internal */
  public _server(): Server {
    const { serverNames, charset, clientMaxBodySize } = this.props;
    return this.routes.server(serverNames, {
      ...(charset === undefined ? {} : { charset }),
      ...(clientMaxBodySize === undefined ? {} : { clientMaxBodySizeBytes: clientMaxBodySize.toBytes() }),
    });
  }
}

/** An nginx, its gate and its configuration, in front of any number of backends. */
export class NginxFrontend extends Construct {
  /** nginx, its gate and its helpers. */
  public readonly containers: Container[];
  private readonly id: string;
  private readonly routes: Routes;
  private readonly servers: NginxServer[] = [];
  private readonly directives: NginxDirective[] = [];
  private readonly names = new Set<string>();
  private readonly upstreams = new Set<string>();
  private readonly props: NginxFrontendProps;

  /**
   * @param scope The stack, or a construct in it.
   * @param id Name of the frontend within its scope.
   * @param props What it listens on, and how.
   * @throws ConfigError for a value that nginx or Docker cannot take.
   */
  public constructor(scope: Construct, id: string, props: NginxFrontendProps = {}) {
    super(scope, id);
    this.props = props;
    const declared = StackTopology.of(this);
    this.id = declared.idOf(this);
    this.routes = new Routes(this);
    ConfigError.at(this.node.path, () => {
      this.takeNames(props.serverNames ?? []);
    });
    declared.addFrontend(() => this.model());
    const plan = (): ResourcePlan => declared.planOf(this.id, (topology) => planFrom(this.id, topology));
    this.containers = [...createResources(this, plan(), props.provider, plan).containers];
  }

  /** Passes a path and all below it to a backend. */
  public addBackend(path: string, backend: IBackend, options: PassToOptions = {}): NginxLocation {
    return this.routes.addBackend(path, backend, options);
  }

  /** Serves static files at their mount's path. */
  public addStatic(mount: StaticMount): NginxLocation {
    return this.routes.addStatic(mount);
  }

  /** Adds any location. */
  public addLocation(
    match: LocationMatch,
    action: LocationAction,
    options: LocationOptions = {},
  ): NginxLocation {
    return this.routes.add(match, action, options);
  }

  /** Redirects a path and all below it to one place. */
  public addRedirect(path: string, target: string, options: RedirectOptions = {}): NginxLocation {
    return this.routes.addRedirect(path, target, options);
  }

  /** Adds a directive to the http block, checked and shown last. */
  public addDirective(directive: Directive): void {
    this.directives.push(directive._model);
    StackTopology.of(this).changed();
  }

  /**
   * Makes an upstream: several backends behind one name.
   *
   * @param upstreamName Its name in nginx.conf.
   * @param props How it balances.
   * @throws ConfigError when this frontend has one of that name.
   */
  public addUpstream(upstreamName: string, props: UpstreamProps = {}): Upstream {
    return ConfigError.at(this.node.path, () => {
      if (this.upstreams.has(upstreamName)) {
        throw new ConfigError({
          what: `upstream ${shown(upstreamName)} is there twice`,
          fix: 'give one of them another name',
        });
      }
      this.upstreams.add(upstreamName);
      return Upstream._create(upstreamName, props, () => {
        StackTopology.of(this).changed();
      });
    });
  }

  /**
   * Adds another server: names of their own on the same listeners.
   *
   * @throws ConfigError for no name, or one that another server of this frontend has.
   */
  public addServer(props: NginxServerProps): NginxServer {
    return ConfigError.at(this.node.path, () => {
      if (props.serverNames.length === 0) {
        throw new ConfigError({
          what: 'a server needs at least one name',
          fix: "give serverNames, such as ['docs.example.com']",
        });
      }
      this.takeNames(props.serverNames);
      const server = new NginxServer(this, `server-${props.serverNames[0] ?? ''}`, props);
      this.servers.push(server);
      StackTopology.of(this).changed();
      return server;
    });
  }

  private takeNames(names: readonly string[]): void {
    for (const name of names) {
      if (!name.startsWith('~') && !/^(\*\.|\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(\.\*)?$/.test(name)) {
        throw new ConfigError({
          what: `server name ${shown(name)} would never match`,
          fix: "give a host name without scheme, port and path, such as 'shop.example.com' or '*.example.com'",
          rule: 'NGX-SERVER-NAME',
        });
      }
      if (this.names.has(name)) {
        throw new ConfigError({
          what: `server name ${shown(name)} is there twice`,
          fix: 'give it to one server',
          rule: 'NGX-DUP-NAME',
        });
      }
      this.names.add(name);
    }
  }

  private model(): Frontend {
    const { props } = this;
    const own = this.routes.server(props.serverNames ?? [], {});
    return {
      id: this.id,
      construct: this.node.path,
      ...(props.image ?? NginxImage.official('1.28.0'))._model,
      uid: 101,
      gid: 101,
      gate: (props.gate ?? Gate.container())._isContainer,
      listeners: (props.listeners ?? [Listener.http(8080, { address: '127.0.0.1' })]).map(
        (listener) => listener._model,
      ),
      ...settings(props),
      labels: { ...props.labels },
      hardening: { readOnlyRoot: true, noNewPrivileges: true, capabilities: [] },
      servers: [own, ...this.servers.map((server) => server._server())],
      directives: [...this.directives],
    };
  }
}

function settings(props: NginxFrontendProps) {
  return {
    workerProcesses: props.workerProcesses ?? nginxWorkers(props.cpus),
    workerConnections: props.workerConnections ?? 1024,
    keepaliveTimeoutMs: (props.keepaliveTimeout ?? Duration.seconds(65)).toMilliseconds(),
    resolver: '127.0.0.11',
    shutdownTimeoutSeconds: (props.workerShutdownTimeout ?? Duration.seconds(30)).toSeconds(),
    clientMaxBodySizeBytes: (props.clientMaxBodySize ?? Size.mebibytes(1)).toBytes(),
    ...(props.charset === undefined ? {} : { charset: props.charset }),
    ...(props.cpus === undefined ? {} : { cpus: props.cpus }),
    ...(props.memory === undefined ? {} : { memoryBytes: props.memory.toBytes() }),
  };
}

function planFrom(id: string, topology: Topology): ResourcePlan {
  const frontend = topology.frontends.find((candidate) => candidate.id === id);
  if (frontend === undefined) throw new Error(`the topology lost its frontend ${id}`);
  return frontendPlan(frontend, topology, frontendFiles(frontend, topology));
}
