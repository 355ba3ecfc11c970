import { expression, hasVariable, variable } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { ConfigError, shown } from '../../errors';
import { cookieVariable, headerVariable } from '../checked/request-variables';
import { refuseTokens } from '../checked/tokens';

/** What a limit counts by. Requests for which it is empty are not counted (nginx). */
export class RateLimitKey {
  /** The address of the client: behind the gate its own, behind other proxies theirs unless nginx trusts them. */
  public static clientAddress(): RateLimitKey {
    return new RateLimitKey(variable('binary_remote_addr'));
  }

  /**
   * A header of the request, such as an API key.
   *
   * @param headerName Its name; clients without it are not limited.
   * @throws ConfigError for what is no name of a header.
   */
  public static header(headerName: string): RateLimitKey {
    return new RateLimitKey(variable(headerVariable('RateLimitKey.header', headerName)));
  }

  /**
   * A cookie.
   *
   * @param cookieName Its name; clients without it are not limited.
   * @throws ConfigError for a name that no variable of nginx can have.
   */
  public static cookie(cookieName: string): RateLimitKey {
    return new RateLimitKey(variable(cookieVariable('RateLimitKey.cookie', cookieName)));
  }

  /** All requests of the place together. */
  public static everybody(): RateLimitKey {
    return new RateLimitKey('all');
  }

  /**
   * Any text in nginx's own notation.
   *
   * @param text Such as `$binary_remote_addr$uri`.
   * @throws ConfigError for a text without a variable, and for a dollar that begins none.
   */
  public static expression(text: string): RateLimitKey {
    refuseTokens({ 'RateLimitKey.expression': text }, []);
    const argument = expression(text);
    if (!hasVariable(argument)) {
      throw new ConfigError({
        what: `RateLimitKey.expression(${shown(text)}) has no variable`,
        fix: "give one such as '$binary_remote_addr$uri', or RateLimitKey.everybody()",
      });
    }
    return new RateLimitKey(argument);
  }

  /** @internal */
  public readonly _argument: NginxArgument;

  private constructor(argument: NginxArgument) {
    this._argument = argument;
  }
}
