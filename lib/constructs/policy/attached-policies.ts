import { ConfigError, shown } from '../../errors';
import type { NginxDirective } from '../../nginx/directive';
import type { Policy } from '../../topology/policy';
import type { BackendProtocol } from '../backend/backend';
import { checkProps } from '../checked/props';
import type { Directive } from '../frontend/directive';
import type { IPolicy, PolicyConfig, PolicyLevel } from './attachable';
import type { PolicyNames } from './policy-names';

/** The policies of one place, in the order in which they were attached. */
export class AttachedPolicies {
  private readonly all: IPolicy[] = [];

  /** @throws ConfigError for what is no policy, and for a second one of a kind of which one alone can hold. */
  public add(policy: IPolicy): void {
    checkPolicy(policy);
    if (policy.addsUp !== true && this.all.some(({ kind }) => kind === policy.kind)) {
      throw new ConfigError({
        what: `there is a policy of kind ${shown(policy.kind)} already, and of these only one can hold`,
        fix: 'put both into one policy, or attach one of them to a location, where it holds instead of the outer one',
      });
    }
    this.all.push(policy);
  }

  /** What they come to here; `names` are those of the whole frontend. */
  public bound(
    level: PolicyLevel,
    where: string,
    names: PolicyNames,
    protocols: () => BackendProtocol[],
  ): Policy[] {
    if (this.all.length === 0) return [];
    const here = { level, protocols: protocols(), nginxVersion: names.version };
    return this.all.map((policy) => {
      const place = { ...here, name: names.take(`${snake(policy.kind)}_${where}`) };
      return modelOf(policy, level, policy.bindPolicy(place));
    });
  }
}

function snake(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function checkPolicy(policy: unknown): void {
  const { kind, bindPolicy: bind } = (policy ?? {}) as Partial<IPolicy>;
  if (typeof bind === 'function' && typeof kind === 'string') return;
  throw new ConfigError({
    what: `${typeof policy === 'object' && policy !== null ? 'an object without kind and bindPolicy()' : shown(policy)} is no policy`,
    fix: 'give one of Policy, such as Policy.securityHeaders(), or an IPolicy of your own',
  });
}

function modelOf({ kind, addsUp }: IPolicy, level: PolicyLevel, config: PolicyConfig): Policy {
  checkProps('PolicyConfig', config);
  return {
    kind,
    adds: addsUp === true,
    level,
    directives: config.directives.map(nodeOf),
    declarations: (config.httpDirectives ?? []).map(nodeOf),
    scratchBytes: config.scratchSize?.toBytes() ?? 0,
  };
}

function nodeOf(directive: Directive): NginxDirective {
  return directive._in();
}
