import { checkOptions } from '../checked/options';
import type { IConstruct } from '../../docker/cdktf';
import { ConfigError, named, shown } from '../../errors';
import type { Duration } from '../../values/duration';
import type { BackendConfig, BackendMember, IBackend } from './backend';
import { modelOfConfig } from './backend-model';
import { ExternalBackend } from './external-backend';
import { givenCount, wholeSeconds } from '../checked/values';
import { checkBackend } from '../checked/backend';
import type { Balance } from './balance';
import type { Directive } from '../frontend/directive';
import { Choice } from './choice';
import { commonProtocol, longestTimeout } from './several';
import { Split } from './split';
import { refuseForeign } from '../checked/foreign';
import { StackTopology } from '../stack/stack-topology';

/** How an upstream balances. */
export interface UpstreamProps {
  /**
   * How nginx chooses among the members.
   *
   * @default - one after the other, weights counted (nginx)
   */
  readonly balance?: Balance;
  /**
   * Idle connections that each nginx worker keeps to the members.
   *
   * @default - none before nginx 1.29.7, 32 from it (nginx)
   */
  readonly keepalive?: number;
  /**
   * Directives of its own, checked and shown after its members, such as `sticky` or `keepalive_timeout`.
   *
   * @default - none
   */
  readonly directives?: Directive[];
}

/** How one backend takes part in an upstream. */
export interface MemberOptions {
  /**
   * Share of the requests that each of its servers gets.
   *
   * @default 1 (nginx)
   */
  readonly weight?: number;
  /**
   * Whether it is used only when all others are down.
   *
   * @default false (nginx)
   */
  readonly backup?: boolean;
  /**
   * Failures within `failTimeout` that mark a server down; 0 never does.
   *
   * @default - 0 for applications of this library, 1 for others (nginx)
   */
  readonly maxFails?: number;
  /**
   * Time in which failures are counted, and for which a server stays down.
   *
   * @default Duration.seconds(10) (nginx)
   */
  readonly failTimeout?: Duration;
}

/** Several backends behind one name, balanced by nginx; made by `NginxFrontend.addUpstream`. */
export class Upstream implements IBackend {
  /** @internal */
  public static _create(upstreamName: string, props: UpstreamProps, owner: IConstruct): Upstream {
    if (!/^[A-Za-z0-9_.-]+$/.test(upstreamName)) {
      throw new ConfigError({
        what: `upstream ${shown(upstreamName)} is not a name`,
        fix: "use letters, digits, '_', '.' and '-'",
      });
    }
    givenCount('keepalive', props.keepalive);
    return new Upstream(upstreamName, props, owner);
  }

  private readonly parts: { readonly backend: IBackend; readonly options: MemberOptions }[] = [];

  private constructor(
    private readonly upstreamName: string,
    private readonly props: UpstreamProps,
    private readonly owner: IConstruct,
  ) {}

  /**
   * Adds a backend's servers.
   *
   * @param backend Any but this upstream itself.
   * @param options How it takes part.
   * @throws ConfigError for a weight that is not a whole number from 1, a `failTimeout` that is no whole number of seconds, itself,
   *   a backend that is there already, or one of another stack.
   */
  public add(backend: IBackend, options: MemberOptions = {}): void {
    ConfigError.at(this.owner.node.path, () => {
      checkOptions(`upstream ${this.upstreamName}`, 'MemberOptions', options);
      this.check(backend, options);
    });
    this.parts.push({ backend, options });
    StackTopology.of(this.owner).changed();
  }

  /** Describes the upstream to its frontend. */
  public bindBackend(): BackendConfig {
    const configs = this.parts.map(({ backend, options }) => ({ config: checkedConfig(backend), options }));
    const [first] = configs;
    if (first === undefined) {
      throw new ConfigError({
        what: `upstream ${this.upstreamName} has no members`,
        fix: 'add one with pool.add(backend)',
      });
    }
    const others = configs.map(({ config }) => config);
    const protocol = commonProtocol(`upstream ${this.upstreamName}`, first.config, others);
    return { ...this.common(), protocol, members: configs.flatMap(membersOf) };
  }

  /**
   * Refuses to be used by a construct of another stack.
   *
   * @internal
   */
  public _refuseForeign(user: IConstruct, where: string): void {
    const called = `upstream ${this.upstreamName} of ${this.owner.node.path}`;
    refuseForeign(user, where, this.owner, called);
  }

  /**
   * True for this upstream and for every one in it.
   *
   * @internal
   */
  public _reaches(other: Upstream): boolean {
    if (other === this) return true;
    return this.parts.some(({ backend }) => backend instanceof Upstream && backend._reaches(other));
  }

  /**
   * Its name, and the applications that it was meant to pass to, where it cannot be bound as a whole.
   *
   * @internal
   */
  public _standIn(): { readonly name: string; readonly apps: string[] } {
    return { name: this.upstreamName, apps: this.parts.flatMap(({ backend }) => appsOf(backend)) };
  }

  private check(backend: IBackend, options: MemberOptions): void {
    const where = `upstream ${this.upstreamName}`;
    named(where, () => {
      givenCount('weight', options.weight);
      givenCount('maxFails', options.maxFails, 0);
      if (options.failTimeout !== undefined) wholeSeconds('failTimeout', options.failTimeout);
    });
    checkBackend(where, backend);
    if (isChoice(backend)) {
      throw new ConfigError({
        what: `${where} has servers, and a ${backend instanceof Split ? 'Split' : 'Choice'} is no server: it sends requests to several backends`,
        fix: 'pass to it itself, and let the upstream be one of its backends',
      });
    }
    refuseForeignBackend(this.owner, where, backend);
    if (backend instanceof Upstream && backend._reaches(this)) {
      throw new ConfigError({
        what: `${where} would be a member of itself`,
        fix: 'add another backend',
      });
    }
    this.refuseTwice(where, backend);
  }

  /** nginx would count each line as a server of its own, with failures of its own. */
  private refuseTwice(where: string, backend: IBackend): void {
    if (!this.parts.some((part) => isSame(part.backend, backend))) return;
    throw new ConfigError({
      what: `${where} has ${shown(backend.bindBackend().name)} already`,
      fix: 'add it once; for a larger share of the requests give it a weight, such as { weight: 2 }',
      rule: 'NGX-DUP',
    });
  }

  private common(): Pick<BackendConfig, 'name' | 'balance' | 'keepalive' | 'directives' | 'requestTimeout'> {
    return {
      name: this.upstreamName,
      ...(this.props.balance === undefined ? {} : { balance: this.props.balance }),
      ...(this.props.keepalive === undefined ? {} : { keepalive: this.props.keepalive }),
      ...(this.props.directives === undefined ? {} : { directives: [...this.props.directives] }),
      ...longestTimeout(this.parts.map(({ backend }) => backend.bindBackend())),
    };
  }
}

/** One backend, or two ways to one server that lives elsewhere. */
function isSame(one: IBackend, other: IBackend): boolean {
  if (one === other) return true;
  if (!(one instanceof ExternalBackend && other instanceof ExternalBackend)) return false;
  return one.bindBackend().name === other.bindBackend().name;
}

/** What a member says of itself; its mistakes are told by its own name, and not by that of the upstream. */
function checkedConfig(backend: IBackend): BackendConfig {
  const config = backend.bindBackend();
  modelOfConfig(config);
  return config;
}

/**
 * Refuses a backend of another stack, an upstream of a frontend in one included.
 *
 * @throws ConfigError that names both.
 */
export function refuseForeignBackend(user: IConstruct, where: string, backend: unknown): void {
  if (backend instanceof Upstream) backend._refuseForeign(user, where);
  else if (isChoice(backend)) for (const one of backend._backends) refuseForeignBackend(user, where, one);
  else refuseForeign(user, where, backend);
}

function isChoice(backend: unknown): backend is Split | Choice {
  return backend instanceof Split || backend instanceof Choice;
}

/** The applications of a backend, as far as it can be bound: whoever binds it tells what is wrong. */
export function appsOf(backend: IBackend | undefined): string[] {
  if (backend instanceof Upstream) return backend._standIn().apps;
  if (isChoice(backend)) return backend._backends.flatMap(appsOf);
  try {
    return backend?.bindBackend().members.flatMap(({ app }) => app ?? []) ?? [];
  } catch {
    return [];
  }
}

function membersOf({
  config,
  options,
}: {
  readonly config: BackendConfig;
  readonly options: MemberOptions;
}): BackendMember[] {
  return config.members.map((member) => ({ ...member, ...options }));
}
