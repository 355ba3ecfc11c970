import type { Construct, Container } from '../docker/cdktf';
import { createResources } from '../docker/resource-set';
import { ConfigError, shown } from '../errors';
import type { NginxDirective } from '../nginx/directive';
import { onHost } from '../topology/plan/host-plan';
import { publishedUrls } from '../topology/derive/published-urls';
import type { Frontend } from '../topology/frontend';
import { frontendPlan } from '../topology/plan/frontend-plan';
import type { ResourcePlan } from '../topology/plan/stack-plan';
import type { Topology } from '../topology/topology';
import type { Directive } from './directive';
import { writableFiles } from './findings';
import { frontendModel } from './frontend-model';
import { NginxContext } from './nginx-context';
import type { NginxFrontendProps } from './nginx-frontend-props';
import { NginxServer } from './nginx-server';
import type { NginxServerProps } from './nginx-server';
import { addOutputs } from './outputs';
import { StackTopology } from './stack-topology';
import { refuseTokens } from './text';
import { Upstream } from './upstream';
import type { UpstreamProps } from './upstream';

/** An nginx, its gate and its configuration, in front of any number of backends. */
export class NginxFrontend extends NginxContext {
  /** nginx, its gate and its helpers. */
  public readonly containers: Container[];
  private readonly id: string;
  private readonly servers: NginxServer[] = [];
  private readonly directives: NginxDirective[] = [];
  private readonly names = new Set<string>();
  private readonly upstreams = new Set<string>();
  private readonly settings: Omit<Frontend, 'servers' | 'directives'>;
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
    this.settings = ConfigError.at(this.node.path, () => {
      refuseTokens(props, ['networks', 'provider']);
      this.takeNames(props.serverNames ?? []);
      return frontendModel(this.id, this.node.path, props, declared.host());
    });
    declared.addFrontend(() => this.model());
    const plan = (): ResourcePlan => declared.planOf(this.id, (topology) => planFrom(this.id, topology));
    this.containers = [...createResources(this, plan(), props.provider, plan).containers];
    addOutputs(this, this.id, { urls: () => this.urls, containers: this.containers.filter(isService) });
  }

  /** Where the world reaches it: an address and a port of the host, or a server name and a port. */
  public get urls(): string[] {
    return publishedUrls(
      this.settings.listeners,
      this.model().servers.flatMap(({ serverNames }) => serverNames),
    );
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
      refuseTokens({ upstreamName, ...props }, []);
      if (this.upstreams.has(upstreamName)) {
        throw new ConfigError({
          what: `upstream ${shown(upstreamName)} is there twice`,
          fix: 'give one of them another name',
          rule: 'NGX-DUP',
        });
      }
      this.upstreams.add(upstreamName);
      return Upstream._create(upstreamName, props, this);
    });
  }

  /**
   * Adds another server: names of its own on the same listeners.
   *
   * @param props Its names, and what differs from the frontend.
   * @throws ConfigError for no name, or one that another server of this frontend has.
   */
  public addServer(props: NginxServerProps): NginxServer {
    return ConfigError.at(this.node.path, () => {
      refuseTokens(props, []);
      if (props.serverNames.length === 0) {
        throw new ConfigError({
          what: 'a server needs at least one name',
          fix: "give serverNames, such as ['docs.example.com']",
        });
      }
      this.takeNames(props.serverNames);
      const server = NginxServer._create(this, `server-${props.serverNames[0] ?? ''}`, props);
      this.servers.push(server);
      StackTopology.of(this).changed();
      return server;
    });
  }

  private takeNames(names: readonly string[]): void {
    for (const name of names) {
      checkServerName(name);
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
    const own = {
      construct: this.node.path,
      serverNames: this.props.serverNames ?? [],
      locations: this._locations(),
      directives: [],
    };
    return {
      ...this.settings,
      servers: [own, ...this.servers.map((server) => server._model())],
      directives: [...this.directives],
    };
  }
}

function checkServerName(name: string): void {
  if (name.startsWith('~') || /^(\*\.|\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(\.\*)?$/.test(name)) return;
  throw new ConfigError({
    what: `server name ${shown(name)} would never match`,
    fix: "give a host name without scheme, port and path, such as 'shop.example.com' or '*.example.com'",
    rule: 'NGX-SERVER-NAME',
  });
}

/** Containers that go on running; helpers have ended when somebody looks. */
function isService(container: Container): boolean {
  return /-(?:nginx|gate)$/.test(container.node.id);
}

function planFrom(id: string, topology: Topology): ResourcePlan {
  const frontend = topology.frontends.find((candidate) => candidate.id === id);
  if (frontend === undefined) throw new Error(`the topology lost its frontend ${id}`);
  return onHost(frontendPlan(frontend, topology, writableFiles(frontend, topology)), topology.host);
}
