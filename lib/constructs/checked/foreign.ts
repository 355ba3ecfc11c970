import { Construct, TerraformStack } from '../../docker/cdktf';
import type { IConstruct } from '../../docker/cdktf';
import { ConfigError } from '../../errors';
import { item } from './values';
import type { Mount } from '../container/mount';

/**
 * Refuses what lives in another stack: sockets, volumes, images and networks do not reach there.
 *
 * @param owner The construct that was given it.
 * @param where The prop or the part that it was given for.
 * @param target What was given.
 * @param called Its name in the message.
 * @throws ConfigError that names both.
 */
export function refuseForeign(owner: IConstruct, where: string, target: unknown, called?: string): void {
  if (!Construct.isConstruct(target)) return;
  const theirs = TerraformStack.of(target);
  const ours = TerraformStack.of(owner);
  if (theirs === ours) return;
  throw new ConfigError({
    what: `${where}: ${called ?? target.node.path} lives in stack ${theirs.node.id}, and ${owner.node.path} in ${ours.node.id}: no socket, volume or network of the one is there in the other`,
    fix: isBackend(target)
      ? 'declare both in one stack, or pass to ExternalBackend.http(host, port)'
      : 'declare both in one stack',
    construct: owner.node.path,
  });
}

/** The same for each of the mounts that an application was given. */
export function refuseForeignMounts(owner: IConstruct, mounts: readonly Mount[] | undefined): void {
  mounts?.forEach(({ _target: target }, at) => {
    refuseForeign(owner, item('mounts', at), target);
  });
}

function isBackend(target: object): boolean {
  return 'bindBackend' in target;
}
