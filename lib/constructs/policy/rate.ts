import { ConfigError } from '../../errors';
import { refuseTokens } from '../checked/tokens';
import { wholeNumber } from '../checked/values';

/** How many requests a limit lets through; nginx counts by the millisecond: 10 a second is one every 100 ms. */
export class Rate {
  /**
   * Requests per second.
   *
   * @param requests A whole number from 1.
   * @throws ConfigError for anything else.
   */
  public static perSecond(requests: number): Rate {
    return new Rate(`${counted('Rate.perSecond', requests)}r/s`);
  }

  /**
   * Requests per minute.
   *
   * @param requests A whole number from 1.
   * @throws ConfigError for anything else.
   */
  public static perMinute(requests: number): Rate {
    return new Rate(`${counted('Rate.perMinute', requests)}r/m`);
  }

  /** @internal */
  public readonly _text: string;

  private constructor(text: string) {
    this._text = text;
  }
}

/** nginx counts thousandths, in 32 bits. */
const MOST = 2_000_000;

function counted(call: string, requests: number): string {
  refuseTokens({ [call]: requests }, []);
  if (wholeNumber(call, requests) <= MOST) return String(requests);
  throw new ConfigError({
    what: `${call} ${String(requests)} is more than nginx counts`,
    fix: `give ${String(MOST)} at most, or leave the limit out`,
  });
}
