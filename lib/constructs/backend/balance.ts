import { ConfigError, shown } from '../../errors';
import { expression as inNginxNotation, hasVariable } from '../../nginx/argument';
import type { Balance as BalanceModel } from '../../topology/frontend';

/** How nginx chooses among the members of an upstream. */
export class Balance {
  /** The member with the fewest connections, weights counted (`least_conn`). */
  public static leastConn(): Balance {
    return new Balance({ method: 'least_conn' });
  }

  /** The same member for the same client network (`ip_hash`). */
  public static ipHash(): Balance {
    return new Balance({ method: 'ip_hash' });
  }

  /**
   * The same member for the same key, in nginx's notation (`hash`).
   *
   * @param expression Such as `$request_uri`.
   * @param consistent Whether few keys move when a member comes or goes.
   * @throws ConfigError for a key without a variable, which would choose one member for everybody, and for a dollar that begins none.
   */
  public static hash(expression: string, consistent: boolean = true): Balance {
    if (!hasVariable(inNginxNotation(expression))) {
      throw new ConfigError({
        what: `Balance.hash(${shown(expression)}) has no variable: one member would get every request`,
        fix: "give a key such as '$request_uri'",
      });
    }
    return new Balance({ method: 'hash', key: expression, consistent });
  }

  /**
   * A random member, weights counted (`random`).
   *
   * @param two Whether the one with fewer connections of two random ones is taken.
   */
  public static random(two: boolean = false): Balance {
    return new Balance({ method: 'random', two });
  }

  /** @internal */
  public readonly _model: BalanceModel;

  private constructor(model: BalanceModel) {
    this._model = model;
  }
}
