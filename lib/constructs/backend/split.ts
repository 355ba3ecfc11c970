import { ConfigError } from '../../errors';
import { refuseTokens } from '../checked/tokens';
import type { BackendConfig, IBackend } from './backend';
import { chosenConfig } from './chosen-config';
import { checkedSource } from './choice-source';
import type { Share } from './share';

/** Several backends of which each gets a share of the requests (`split_clients`): a canary beside what is stable. */
export class Split implements IBackend {
  /**
   * @param key What decides, in nginx's notation: `$request_id` for each request anew, `$remote_addr` or a cookie for the same
   * backend as long as that stays the same, which it does for most when the shares change.
   * @param shares Who gets how much, 100 percent together.
   * @throws ConfigError for a key without a variable, and for shares that are not 100 percent together.
   */
  public static by(key: string, shares: Share[]): Split {
    refuseTokens({ 'Split.by: key': key }, []);
    checkedSource('Split.by', key);
    const sum = shares.reduce((total, { _percent }) => total + Math.round(_percent * 100), 0);
    if (sum !== 10_000) {
      throw new ConfigError({
        what: `Split.by: the shares are ${String(sum / 100)} percent together`,
        fix: 'let them be 100, such as [Share.of(95, stable), Share.of(5, canary)]',
      });
    }
    return new Split(key, [...shares]);
  }

  private constructor(
    private readonly key: string,
    private readonly shares: readonly Share[],
  ) {}

  /** Describes the split to its frontend. */
  public bindBackend(): BackendConfig {
    const routes = this.shares.map(({ _percent: percent, _backend }) => ({
      backend: _backend.bindBackend(),
      percent,
    }));
    return chosenConfig('split', this.key, routes);
  }

  /**
   * The backends themselves.
   *
   * @internal
   */
  public get _backends(): IBackend[] {
    return this.shares.map(({ _backend }) => _backend);
  }
}
