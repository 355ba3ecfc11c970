import { checkOptions } from '../checked/options';
import { Construct } from '../../docker/cdktf';
import { ConfigError, shown } from '../../errors';
import type { NginxDirective } from '../../nginx/directive';
import type { Action, Location, LocationMatch as LocationMatchModel } from '../../topology/frontend';
import type { Policy } from '../../topology/policy';
import { BackendProtocol } from '../backend/backend';
import type { IBackend } from '../backend/backend';
import type { Directive } from './directive';
import { refuseForeign } from '../checked/foreign';
import { LocationAction, RedirectStatus } from './location-action';
import { LocationMatch } from './location-match';
import type { PassToOptions } from './pass-to-options';
import { AttachedPolicies } from '../policy/attached-policies';
import type { PolicyNames } from '../policy/policy-names';
import { PolicyLevel } from '../policy/attachable';
import type { IPolicy } from '../policy/attachable';
import { refuseUnmountable } from './mounted-match';
import { refuseUnservable } from './served-match';
import { StackTopology } from '../stack/stack-topology';
import type { StaticMount } from './static-mount';
import { refuseTokens } from '../checked/tokens';
import { Upstream, appsOf, refuseForeignBackend } from '../backend/upstream';

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
  /**
   * Whether clients are answered 404 there, so that only nginx itself leads to it: an application that sends `X-Accel-Redirect` after it
   * has seen who asks, or an error page.
   *
   * @default false (nginx)
   */
  readonly internalOnly?: boolean;
}

/** Where locations are added: a frontend (for its own server), a server, or a location (nested in it). */
export abstract class NginxContext extends Construct {
  private readonly locations: NginxLocation[] = [];
  private readonly taken = new Set<string>();
  private readonly policies = new AttachedPolicies();

  /**
   * Passes a path and all below it to a backend.
   *
   * @param path URL prefix, such as `/` or `/api/`.
   * @param backend An application, an upstream or an external server.
   * @param options What is not as derived.
   * @throws ConfigError for a path that is taken, or a backend of another stack.
   */
  public addBackend(path: string, backend: IBackend, options: PassToOptions = {}): NginxLocation {
    return ConfigError.at(this.node.path, () => {
      checkOptions(`addBackend(${shown(path)})`, 'PassToOptions', options);
      return this.addLocation(LocationMatch.prefix(path), LocationAction.passTo(backend, options));
    });
  }

  /**
   * Serves static files at their mount's path.
   *
   * @param mount The files.
   * @param options What else stands there; `internalOnly` for files that the application lets out with `X-Accel-Redirect`.
   * @throws ConfigError for a path that is taken.
   */
  public addStatic(mount: StaticMount, options: LocationOptions = {}): NginxLocation {
    return ConfigError.at(this.node.path, () =>
      this.addLocation(LocationMatch.prefix(mount.path), LocationAction.serve(mount), options),
    );
  }

  /**
   * Adds any location.
   *
   * @param match Which requests it catches.
   * @param action What happens to them.
   * @param options What else stands in it.
   * @throws ConfigError for a match that is taken, that could never be reached from here, or under which files cannot be served.
   */
  public addLocation(
    match: LocationMatch,
    action: LocationAction,
    options: LocationOptions = {},
  ): NginxLocation {
    return ConfigError.at(this.node.path, () => {
      checkOptions('addLocation', 'LocationOptions', options);
      refuseTokens({ location: { ...match._model } }, []);
      refuseUnreachable(match._model, this._enclosing());
      if (action._mount !== undefined) refuseUnservable(match._model);
      if (action._options !== undefined) refuseUnmountable(match._model, action._options);
      this.refuseTaken(match._model);
      this.refuseForeignAction(`location ${match._model.path}`, action);
      const location = NginxLocation._create(this, match._model, action, options.internalOnly === true);
      for (const directive of options.directives ?? []) location.addDirective(directive);
      this.locations.push(location);
      StackTopology.of(this).changed();
      return location;
    });
  }

  /**
   * Redirects a path and all below it to one place.
   *
   * @param path URL prefix.
   * @param target URL or path; the query is kept, unless it has one of its own.
   * @param options Which redirect.
   * @throws ConfigError for a path that is taken. A redirect that comes back to itself is a finding.
   */
  public addRedirect(path: string, target: string, options: RedirectOptions = {}): NginxLocation {
    return ConfigError.at(this.node.path, () => {
      checkOptions(`addRedirect(${shown(path)})`, 'RedirectOptions', options);
      const action = LocationAction.redirect(target, options.status ?? RedirectStatus.TEMPORARY);
      return this.addLocation(LocationMatch.prefix(path), action);
    });
  }

  /**
   * Adds a directive to this context, checked against what nginx knows, and shown last.
   *
   * @param directive Any that may stand here.
   */
  public abstract addDirective(directive: Directive): void;

  /**
   * Attaches a policy: it holds here and in everything within. Of one kind the innermost holds, unless the kind adds up, as limits
   * do; each policy says which.
   *
   * @param policy One of `Policy`, or of your own.
   * @throws ConfigError for a second one of a kind of which one alone can hold.
   */
  public addPolicy(policy: IPolicy): void {
    ConfigError.at(this.node.path, () => {
      this.policies.add(policy);
    });
    StackTopology.of(this).changed();
  }

  /** @internal */
  public _locations(names: PolicyNames, where: string): Location[] {
    return this.locations.map((location) => location._model(names, where));
  }

  /**
   * What is passed with here and within.
   *
   * @internal
   */
  public _protocols(): BackendProtocol[] {
    return this.locations.flatMap((location) => location._protocols());
  }

  /** @internal */
  protected _policies(level: PolicyLevel, where: string, names: PolicyNames): Policy[] {
    return StackTopology.of(this).collect(
      this.node.path,
      () => this.policies.bound(level, where, names, () => [...new Set(this._protocols())]),
      [],
    );
  }

  /** @internal */
  protected _enclosing(): LocationMatchModel | undefined {
    return undefined;
  }

  private refuseForeignAction(where: string, { _backend: backend, _mount: mount }: LocationAction): void {
    refuseForeignBackend(this, where, backend);
    refuseForeign(this, where, mount);
  }

  private refuseTaken({ kind, path }: LocationMatchModel): void {
    const key = kind === 'prefixOnly' ? `prefix ${path}` : `${kind} ${path}`;
    if (this.taken.has(key)) {
      throw new ConfigError({
        what: `the location ${path} is there twice`,
        fix: 'give one of them another path: a path has one owner',
        rule: 'NGX-DUP',
      });
    }
    this.taken.add(key);
  }
}

/** A match, an action, and what is nested in it. */
export class NginxLocation extends NginxContext {
  /** @internal */
  public static _create(
    scope: Construct,
    match: LocationMatchModel,
    action: LocationAction,
    internal: boolean,
  ): NginxLocation {
    return new NginxLocation(scope, constructId(match), match, action, internal);
  }

  private readonly directives: NginxDirective[] = [];

  private constructor(
    scope: Construct,
    id: string,
    private readonly match: LocationMatchModel,
    private readonly action: LocationAction,
    private readonly internal: boolean,
  ) {
    super(scope, id);
  }

  public addDirective(directive: Directive): void {
    this.directives.push(ConfigError.at(this.node.path, () => directive._in()));
    StackTopology.of(this).changed();
  }

  /** @internal */
  public _model(names: PolicyNames, server: string): Location {
    const where = `${server}_${this.match.path === '/' ? 'root' : this.match.path}`;
    return {
      construct: this.node.path,
      match: this.match,
      ...(this.internal ? { internal: true } : {}),
      action: StackTopology.of(this).collect(
        this.node.path,
        () => this.action._read(),
        unreadable(this.action),
      ),
      policies: this._policies(PolicyLevel.LOCATION, where, names),
      directives: [...this.directives],
      locations: this._locations(names, server),
    };
  }

  /** @internal */
  public override _protocols(): BackendProtocol[] {
    return [...protocolOf(this.action), ...super._protocols()];
  }

  /** @internal */
  protected override _enclosing(): LocationMatchModel {
    return this.match;
  }
}

/** None where nothing is passed on, or where the backend cannot be read: that is told of the location itself. */
function protocolOf(action: LocationAction): BackendProtocol[] {
  try {
    const read = action._read();
    if (read.kind !== 'pass') return [];
    return [read.backend.protocol === 'uwsgi' ? BackendProtocol.UWSGI : BackendProtocol.HTTP];
  } catch {
    return [];
  }
}

/**
 * Stands for an action whose backend could not be read, and keeps its applications, which are reached as meant: the finding about
 * it stops the synthesis.
 */
function unreadable({ _backend: target }: LocationAction): Action {
  const known = target instanceof Upstream ? target._standIn() : { name: 'unreadable', apps: appsOf(target) };
  const backend = { ...known, protocol: 'http' as const, members: [] };
  return { kind: 'pass', backend, options: { uwsgiParams: {}, headers: {} } };
}

/** nginx's own rule: nothing inside an exact location, only regexes inside a regex, and a prefix only below the outer one. */
function refuseUnreachable(inner: LocationMatchModel, outer: LocationMatchModel | undefined): void {
  if (outer === undefined) return;
  refuseShadow(inner, outer);
  if (outer.kind !== 'exact' && (isRegex(inner) || (!isRegex(outer) && inner.path.startsWith(outer.path))))
    return;
  throw new ConfigError({
    what: `the location ${inner.path} cannot be reached inside ${outer.path} (${outer.kind})`,
    fix: wayOut(outer),
    rule: 'NGX-CTX',
  });
}

/** A prefix inside the same one catches all that the outer one does (seen). */
function refuseShadow(inner: LocationMatchModel, outer: LocationMatchModel): void {
  if (!isPrefix(inner) || !isPrefix(outer) || inner.path !== outer.path) return;
  throw new ConfigError({
    what: `the location ${inner.path} inside ${outer.path} takes every request: the outer one would answer none`,
    fix: `give it a path below ${outer.path}, or give the outer one its action and leave it out`,
    rule: 'NGX-CTX',
  });
}

function wayOut(outer: LocationMatchModel): string {
  if (outer.kind === 'exact') return 'add it to the server: an exact location catches one path';
  if (isRegex(outer)) return 'write it as LocationMatch.regex, or add it to the server';
  return `give it a path below ${outer.path}, or add it to the server`;
}

function isPrefix({ kind }: LocationMatchModel): boolean {
  return kind === 'prefix' || kind === 'prefixOnly';
}

function isRegex({ kind }: LocationMatchModel): boolean {
  return kind === 'regex' || kind === 'regexIgnoreCase';
}

/** A match as an id: `/` becomes `--`, and what an id cannot hold is spelled by its number. */
function constructId({ kind, path }: LocationMatchModel): string {
  const spelled = path.replace(/-/g, '-2d').replace(/\//g, '--');
  return kind === 'prefix' ? `location${spelled}` : `location-${kind}${spelled}`;
}
