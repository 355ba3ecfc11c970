import type { Construct } from '../../docker/cdktf';
import { ConfigError, shown } from '../../errors';
import { refuseTokens } from './tokens';

/**
 * The id of a construct that is about to be made, if it can have it: what `constructs` says of one that it cannot have names neither
 * the place nor the change to make.
 *
 * @throws ConfigError for an empty id, one that is taken, and one that is not known at synthesis.
 */
export function freeId(scope: Construct, id: string): string {
  return ConfigError.at(scope.node.path, () => {
    refuseTokens({ id }, []);
    if (id === '') {
      throw new ConfigError({
        what: 'the id of a construct is empty',
        fix: "give it a name that says what it is, such as 'shop'",
      });
    }
    const there = scope.node.tryFindChild(id);
    if (there !== undefined) {
      throw new ConfigError({
        what: `the id ${shown(id)} is taken: there is ${there.node.path} already`,
        fix: 'give one of them another id',
      });
    }
    return id;
  });
}
