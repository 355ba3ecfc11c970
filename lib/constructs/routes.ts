import { Construct } from 'constructs';
import { TerraformStack } from '../docker/cdktf';
import { ConfigError } from '../errors';
import type { NginxDirective } from '../nginx/directive';
import type {
  Location,
  LocationMatch as LocationMatchModel,
  PassOptions,
  Server,
} from '../topology/frontend';
import type { Duration } from '../values/duration';
import type { IBackend } from './backend';
import type { Directive } from './directive';
import { LocationAction, RedirectStatus } from './location-action';
import { LocationMatch } from './location-match';
import { StackTopology } from './stack-topology';
import type { StaticMount } from './static-mount';

/** Options of a location that passes to a backend. */
export interface PassToOptions {
  /**
   * How long nginx waits for the next piece of an answer.
   *
   * @default - 5 s longer than the application's own limit; 60 s where there is none
   */
  readonly readTimeout?: Duration;
  /**
   * How long nginx waits while it sends a request.
   *
   * @default - 60 s (nginx)
   */
  readonly sendTimeout?: Duration;
  /**
   * Extra `uwsgi_param` lines; an empty value clears one of ours.
   *
   * @default - none
   */
  readonly uwsgiParams?: Record<string, string>;
  /**
   * Extra request headers for the application.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;
}

/** Options of a redirect. */
export interface RedirectOptions {
  /**
   * Which redirect.
   *
   * @default RedirectStatus.TEMPORARY
   */
  readonly status?: RedirectStatus;
}

/** Options of a location. */
export interface LocationOptions {
  /**
   * Directives of its own, checked and shown last.
   *
   * @default - none
   */
  readonly directives?: Directive[];
}

/** A match, an action, and what is nested in it. */
export class NginxLocation extends Construct {
  private readonly directives: NginxDirective[] = [];
  private readonly match: LocationMatchModel;
  private readonly action: LocationAction;
  private readonly options: PassToOptions;

  /** @internal */
  public constructor(
    scope: Construct,
    id: string,
    match: LocationMatchModel,
    action: LocationAction,
    options: PassToOptions,
  ) {
    super(scope, id);
    this.match = match;
    this.action = action;
    this.options = options;
  }

  /**
   * Adds a directive, checked and shown last.
   *
   * @param directive Any that may stand in a location.
   */
  public addDirective(directive: Directive): void {
    this.directives.push(directive._model);
    StackTopology.of(this).changed();
  }

  /** @internal */
  public _model(): Location {
    const action = ConfigError.at(this.node.path, () => this.action._read());
    return {
      construct: this.node.path,
      match: this.match,
      action: action.kind === 'pass' ? { ...action, options: passOptions(this.options) } : action,
      directives: [...this.directives],
      locations: [],
    };
  }
}

/** Adds locations to one server, refusing the same one twice. */
export class Routes {
  private readonly locations: NginxLocation[] = [];
  private readonly directives: NginxDirective[] = [];
  private readonly taken = new Set<string>();

  public constructor(private readonly owner: Construct) {}

  public add(
    match: LocationMatch,
    action: LocationAction,
    options: PassToOptions & LocationOptions = {},
  ): NginxLocation {
    return ConfigError.at(this.owner.node.path, () => {
      const { kind, path } = match._model;
      this.refuseTaken(kind, path);
      this.refuseForeign(action);
      const location = new NginxLocation(this.owner, constructId(kind, path), match._model, action, options);
      for (const directive of options.directives ?? []) location.addDirective(directive);
      this.locations.push(location);
      StackTopology.of(this.owner).changed();
      return location;
    });
  }

  public addBackend(path: string, backend: IBackend, options: PassToOptions): NginxLocation {
    return this.add(LocationMatch.prefix(path), LocationAction.passTo(backend), options);
  }

  public addStatic(mount: StaticMount): NginxLocation {
    return this.add(LocationMatch.prefix(mount.path), LocationAction.serve(mount));
  }

  public addRedirect(path: string, target: string, options: RedirectOptions): NginxLocation {
    const action = LocationAction.redirect(target, options.status ?? RedirectStatus.TEMPORARY);
    return this.add(LocationMatch.prefix(path), action);
  }

  public addDirective(directive: Directive): void {
    this.directives.push(directive._model);
    StackTopology.of(this.owner).changed();
  }

  public server(names: readonly string[], rest: Pick<Server, 'charset' | 'clientMaxBodySizeBytes'>): Server {
    const locations = this.locations.map((location) => location._model());
    return {
      construct: this.owner.node.path,
      serverNames: names,
      ...rest,
      locations,
      directives: [...this.directives],
    };
  }

  private refuseTaken(kind: string, path: string): void {
    const key = kind === 'prefixOnly' ? `prefix ${path}` : `${kind} ${path}`;
    if (this.taken.has(key)) {
      throw new ConfigError({
        what: `the location ${path} is there twice`,
        fix: 'give one of them another path: a path has one owner',
      });
    }
    this.taken.add(key);
  }

  /** Sockets and networks do not reach into another stack. */
  private refuseForeign({ _target: target }: LocationAction): void {
    if (target === undefined || !Construct.isConstruct(target)) return;
    const theirs = TerraformStack.of(target);
    const ours = TerraformStack.of(this.owner);
    if (theirs !== ours) {
      throw new ConfigError({
        what: `${target.node.path} lives in stack ${theirs.node.id}, and ${this.owner.node.path} in ${ours.node.id}`,
        fix: 'declare both in one stack, or pass to ExternalBackend.http(host, port)',
      });
    }
  }
}

/** A path as an id: `/` becomes `--`; what else it may hold is spelled by its number. */
function constructId(kind: string, path: string): string {
  const spelled = path.replace(/-/g, '-2d').replace(/\//g, '--');
  return kind === 'prefix' ? `location${spelled}` : `location-${kind}${spelled}`;
}

function passOptions(options: PassToOptions): PassOptions {
  return {
    ...(options.readTimeout === undefined ? {} : { readTimeoutMs: options.readTimeout.toMilliseconds() }),
    ...(options.sendTimeout === undefined ? {} : { sendTimeoutMs: options.sendTimeout.toMilliseconds() }),
    uwsgiParams: { ...options.uwsgiParams },
    headers: { ...options.headers },
  };
}
