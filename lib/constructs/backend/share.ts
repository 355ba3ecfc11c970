import { ConfigError } from '../../errors';
import { checkBackend } from '../checked/backend';
import { refuseTokens } from '../checked/tokens';
import type { IBackend } from './backend';

/** How much of a `Split` one backend gets. */
export class Share {
  /**
   * @param percent 0 to 100, with two decimals at most (nginx).
   * @param backend Who gets them.
   * @throws ConfigError for another percentage, and for what is no backend.
   */
  public static of(percent: number, backend: IBackend): Share {
    refuseTokens({ 'Share.of: percent': percent }, []);
    checkBackend('Share.of', backend);
    if (
      !(percent >= 0 && percent <= 100) ||
      Math.round(percent * 100) !== Number((percent * 100).toFixed(6))
    ) {
      throw new ConfigError({
        what: `Share.of: ${String(percent)} is no percentage that nginx can split by`,
        fix: 'give a number from 0 to 100, with two decimals at most',
      });
    }
    return new Share(percent, backend);
  }

  private constructor(
    /** @internal */
    public readonly _percent: number,
    /** @internal */
    public readonly _backend: IBackend,
  ) {}
}
