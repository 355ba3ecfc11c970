import type { Construct, Container } from '../../docker/cdktf';
import { createResources } from '../../docker/resource-set';
import { ConfigError, located, shown } from '../../errors';
import type { NginxDirective } from '../../nginx/directive';
import { levelOf } from '../../nginx/level';
import { declaredVariables } from '../../nginx/undeclared';
import { ZONE_KINDS, declaredZone } from '../../nginx/zones';
import type { Level } from '../../nginx/level';
import { onHost } from '../../topology/plan/host-plan';
import { publishedUrls } from '../../topology/derive/published-urls';
import type { Frontend } from '../../topology/frontend';
import { frontendPlan } from '../../topology/plan/frontend-plan';
import type { FrontendFiles } from '../../topology/plan/frontend-plan';
import type { ResourcePlan } from '../../topology/plan/stack-plan';
import type { Topology } from '../../topology/topology';
import { checkProps } from '../checked/props';
import type { Directive } from './directive';
import { writableFiles } from '../stack/findings';
import { freeId } from '../checked/free-id';
import { frontendModel } from './frontend-model';
import type { FrontendSettings } from './frontend-model';
import { NginxContext } from './nginx-context';
import type { NginxFrontendProps } from './nginx-frontend-props';
import { NginxServer } from './nginx-server';
import { resourcesOf } from '../container/provider-resources';
import type { ProviderResources } from '../container/provider-resources';
import type { NginxServerProps } from './nginx-server';
import { addOutputs } from '../container/outputs';
import { PolicyNames } from '../policy/policy-names';
import { PolicyLevel } from '../policy/attachable';
import { StackTopology } from '../stack/stack-topology';
import { TakenNames } from './taken-names';
import { refuseTokens } from '../checked/tokens';
import type { BackendProtocol } from '../backend/backend';
import { Upstream } from '../backend/upstream';
import type { UpstreamProps } from '../backend/upstream';

/** An nginx, its gate and its configuration, in front of any number of backends. */
export class NginxFrontend extends NginxContext {
  /** nginx, its gate and its helpers; `resources` has them by name. */
  public readonly containers: Container[];
  private readonly id: string;
  private readonly servers: NginxServer[] = [];
  private readonly directives: Record<Level, NginxDirective[]> = {
    http: [],
    server: [],
    events: [],
    main: [],
  };
  private readonly names = new TakenNames();
  private readonly upstreams = new Map<string, Upstream>();
  private readonly settings: FrontendSettings;
  private readonly props: NginxFrontendProps;

  /**
   * @param scope The stack, or a construct in it.
   * @param id Name of the frontend within its scope.
   * @param props What it listens on, and how.
   * @throws ConfigError for a value that nginx or Docker cannot take.
   */
  public constructor(scope: Construct, id: string, props: NginxFrontendProps = {}) {
    super(scope, freeId(scope, id));
    this.props = props;
    const declared = StackTopology.of(this);
    this.id = declared.idOf(this);
    this.settings = ConfigError.at(this.node.path, () => {
      checkProps('NginxFrontendProps', props);
      refuseTokens(props, ['networks', 'provider']);
      this.names.take(
        props.serverNames ?? [],
        "leave serverNames out: the frontend's own server then answers to every name",
      );
      return frontendModel(this.id, this.node.path, props, declared.host());
    });
    declared.addFrontend(() => this.model());
    const plan = (): ResourcePlan =>
      declared.planOf(this.id, (topology) => planFrom(this.id, topology, writableFiles));
    const planned = planFrom(this.id, declared.topology(), notYet);
    try {
      const { containers } = createResources(this, planned, props.provider, plan);
      this.containers = [...containers];
    } catch (error) {
      throw located(error, this.node.path);
    }
    const services = this.containers.filter((_, at) => planned.containers[at]?.life === 'service');
    addOutputs(this, this.id, { urls: () => this.urls, containers: services });
  }

  /** Every provider resource of it, by name. */
  public get resources(): ProviderResources {
    return resourcesOf(this, this.id);
  }

  /** Where the world reaches it: an address and a port of the host, or a server name and a port. */
  public get urls(): string[] {
    return publishedUrls(
      this.settings.listeners,
      this.model().servers.flatMap(({ serverNames }) => serverNames),
    );
  }

  /**
   * Adds a directive to the http block, checked and shown last. One that nginx does not take there goes where it does: into the
   * frontend's own server, such as `rewrite`; into the events block, such as `multi_accept`; or to the top of the file, such as
   * `worker_rlimit_nofile`.
   *
   * @param directive Any that may stand there; it replaces one of the library's that no prop says.
   * @throws ConfigError for a dollar that begins no variable where nginx expands them.
   */
  public addDirective(directive: Directive): void {
    const node = ConfigError.at(this.node.path, () => directive._in());
    this.directives[levelOf(node.name)].push(node);
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
      checkProps('UpstreamProps', props);
      refuseTokens({ upstreamName, ...props }, []);
      const key = upstreamName.toLowerCase();
      if (this.upstreams.has(key)) {
        throw new ConfigError({
          what: `upstream ${shown(upstreamName)} is there twice`,
          fix: 'give one of them another name',
          rule: 'NGX-DUP',
        });
      }
      const upstream = Upstream._create(upstreamName, props, this);
      this.upstreams.set(key, upstream);
      StackTopology.of(this).changed();
      return upstream;
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
      checkProps('NginxServerProps', props);
      refuseTokens(props, []);
      if (props.serverNames.length === 0) {
        throw new ConfigError({
          what: 'a server needs at least one name',
          fix: "give serverNames, such as ['docs.example.com']",
        });
      }
      this.names.take(
        props.serverNames,
        'add to the frontend itself what is meant for every other name, and give it no serverNames',
      );
      const server = NginxServer._create(this, `server-${props.serverNames[0] ?? ''}`, props);
      this.servers.push(server);
      StackTopology.of(this).changed();
      return server;
    });
  }

  /** @internal */
  public override _protocols(): BackendProtocol[] {
    return [...super._protocols(), ...this.servers.flatMap((server) => server._protocols())];
  }

  private model(): Frontend {
    const names = new PolicyNames(this.settings.version, () => namesIn(this.directives.http));
    const policies = this._policies(PolicyLevel.FRONTEND, 'all', names);
    const own = {
      construct: this.node.path,
      serverNames: this.props.serverNames ?? [],
      locations: this._locations(names, ''),
      policies: [],
      directives: [...this.directives.server],
    };
    return {
      ...this.settings,
      servers: [own, ...this.servers.map((server) => server._model(names))],
      policies,
      upstreams: this.outermostUpstreams(),
      directives: [...this.directives.http],
      eventsDirectives: [...this.directives.events],
      mainDirectives: [...this.directives.main],
    };
  }

  /** Names of the upstreams that are members of no other one. */
  private outermostUpstreams(): string[] {
    const all = [...this.upstreams.values()];
    return all
      .filter((one) => !all.some((other) => other !== one && other._reaches(one)))
      .map((one) => one._standIn().name);
  }
}

/** Names of the variables and zones that directives declare. */
function namesIn(directives: readonly NginxDirective[]): string[] {
  const zones = directives.flatMap((each) => ZONE_KINDS.flatMap((kind) => declaredZone(each, kind) ?? []));
  return [...declaredVariables(directives), ...zones];
}

/** The files of a frontend that has no locations yet: which resources there are does not depend on them. */
function notYet(): FrontendFiles {
  return { nginxConf: '', gateConf: '', files: [], hash: '' };
}

function planFrom(
  id: string,
  topology: Topology,
  files: (frontend: Frontend, topology: Topology) => FrontendFiles,
): ResourcePlan {
  const frontend = topology.frontends.find((candidate) => candidate.id === id);
  if (frontend === undefined) throw new Error(`the topology lost its frontend ${id}`);
  return onHost(frontendPlan(frontend, topology, files(frontend, topology)), topology.host);
}
