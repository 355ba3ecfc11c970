import { ConfigError, named, shown } from '../../errors';
import type { NginxDirective } from '../../nginx/directive';
import type { Policy } from '../../topology/policy';
import type { BackendProtocol } from '../backend/backend';
import { checkProps } from '../checked/props';
import type { Directive } from '../frontend/directive';
import type { IPolicy, PolicyConfig, PolicyLevel, PolicyPlace } from './attachable';
import type { PolicyNames } from './policy-names';

/** A policy with what it said of itself when it was attached. */
interface Attached {
  readonly policy: IPolicy;
  readonly kind: string;
  readonly adds: boolean;
}

/** The policies of one place, in the order in which they were attached. */
export class AttachedPolicies {
  private readonly all: Attached[] = [];

  /** @throws ConfigError for what is no policy, and for a second one of a kind of which one alone can hold. */
  public add(policy: IPolicy): void {
    checkPolicy(policy);
    const { kind, addsUp } = policy;
    const adds = addsUp === true;
    if (!adds && this.all.some((other) => other.kind === kind && !other.adds)) {
      throw new ConfigError({
        what: `there is a policy of kind ${shown(kind)} already, and of these only one can hold`,
        fix: 'put both into one policy, or attach one of them to a location, where it holds instead of the outer one',
      });
    }
    this.all.push({ policy, kind, adds });
  }

  /**
   * What they come to here.
   *
   * @param where Words for the place.
   * @param names Those of the whole frontend.
   * @param protocols What is passed with here, read only where there is a policy.
   */
  public bound(
    level: PolicyLevel,
    where: string,
    names: PolicyNames,
    protocols: () => BackendProtocol[],
  ): Policy[] {
    if (this.all.length === 0) return [];
    const here = { level, protocols: protocols(), nginxVersion: names.version };
    return this.all.map(({ policy, kind, adds }) =>
      named(`policy ${kind}`, () => {
        const config = bind(policy, { ...here, name: names.take(`${snake(kind)}_${where}`) });
        return { kind, adds, level, ...modelOf(config) };
      }),
    );
  }
}

function snake(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function checkPolicy(policy: unknown): void {
  const { kind, bindPolicy: method } = (policy ?? {}) as Partial<IPolicy>;
  if (typeof method !== 'function' || typeof kind !== 'string') {
    throw new ConfigError({
      what: `${typeof policy === 'object' && policy !== null ? 'an object without kind and bindPolicy()' : shown(policy)} is no policy`,
      fix: 'give one of Policy, such as Policy.securityHeaders(), or an IPolicy of your own',
    });
  }
  if (/^[a-z][A-Za-z0-9]*$/.test(kind)) return;
  throw new ConfigError({
    what: `${shown(kind)} is no kind of policy`,
    fix: "use letters and digits that begin with a small letter, such as 'maintenance'",
  });
}

/** Anybody may write one, and what it throws is told as what it is. */
function bind(policy: IPolicy, place: PolicyPlace): PolicyConfig {
  try {
    return policy.bindPolicy(place);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError({
      what: `bindPolicy() failed: ${error instanceof Error ? error.message : String(error)}`,
      fix: 'mend it: it is called whenever the configuration is rendered',
    });
  }
}

function modelOf(config: PolicyConfig): Omit<Policy, 'kind' | 'adds' | 'level'> {
  checkProps('PolicyConfig', config);
  return {
    lifts: config.lifts === true,
    directives: config.directives.map(nodeOf),
    locationDirectives: (config.locationDirectives ?? []).map(nodeOf),
    serverDirectives: (config.serverDirectives ?? []).map(nodeOf),
    declarations: (config.httpDirectives ?? []).map(nodeOf),
    files: (config.files ?? []).map(({ _model }) => _model),
    scratchBytes: config.scratchSize?.toBytes() ?? 0,
  };
}

function nodeOf(directive: Directive): NginxDirective {
  return directive._in();
}
