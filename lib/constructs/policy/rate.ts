import { refuseTokens } from '../checked/tokens';
import { MOST_REQUESTS, counted } from './counted';

/** How many requests a limit lets through; nginx counts by the millisecond: 10 a second is one every 100 ms. */
export class Rate {
  /**
   * Requests per second.
   *
   * @param requests A whole number from 1.
   * @throws ConfigError for anything else.
   */
  public static perSecond(requests: number): Rate {
    return new Rate(`${text('Rate.perSecond', requests)}r/s`);
  }

  /**
   * Requests per minute.
   *
   * @param requests A whole number from 1.
   * @throws ConfigError for anything else.
   */
  public static perMinute(requests: number): Rate {
    return new Rate(`${text('Rate.perMinute', requests)}r/m`);
  }

  /** @internal */
  public readonly _text: string;

  private constructor(text: string) {
    this._text = text;
  }
}

function text(call: string, requests: number): string {
  refuseTokens({ [call]: requests }, []);
  return String(counted(call, requests, MOST_REQUESTS));
}
