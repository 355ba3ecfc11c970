import { Construct, TerraformStack } from '../docker/cdktf';
import type { IConstruct } from '../docker/cdktf';
import { ConfigError } from '../errors';

/**
 * Refuses what lives in another stack: sockets, volumes, images and networks do not reach there.
 *
 * @throws ConfigError that names both.
 */
export function refuseForeign(owner: IConstruct, target: unknown): void {
  if (!Construct.isConstruct(target)) return;
  const theirs = TerraformStack.of(target);
  const ours = TerraformStack.of(owner);
  if (theirs === ours) return;
  throw new ConfigError({
    what: `${target.node.path} lives in stack ${theirs.node.id}, and ${owner.node.path} in ${ours.node.id}`,
    fix: isBackend(target)
      ? 'declare both in one stack, or pass to ExternalBackend.http(host, port)'
      : 'declare both in one stack',
    construct: owner.node.path,
  });
}

function isBackend(target: object): boolean {
  return 'bindBackend' in target;
}
