import { ConfigError, shown } from '../../errors';
import { checkBackend } from '../checked/backend';
import { refuseTokens } from '../checked/tokens';
import type { IBackend } from './backend';

/** Words that mean something else to a `map`; with a backslash they are values like others. */
const SPECIAL = /^(?:default|hostnames|include|volatile|[~\\].*)$/s;

/** A value of a `Choice`, and who gets the requests that have it. */
export class Case {
  /**
   * @param value The whole value; capital letters are not told from small ones (nginx).
   * @param backend Who gets the requests.
   * @throws ConfigError for an empty value, which `otherwise` is for, and for what is no backend.
   */
  public static of(value: string, backend: IBackend): Case {
    check('Case.of', value, backend);
    return new Case(SPECIAL.test(value) ? `\\${value}` : value, backend);
  }

  /**
   * @param pattern A regular expression as PCRE has it, such as `^v2\.`; cases of this kind are tried in their order, after whole values.
   * @param backend Who gets the requests.
   * @throws ConfigError for an empty pattern, which every value has, and for what is no backend.
   */
  public static regex(pattern: string, backend: IBackend): Case {
    check('Case.regex', pattern, backend);
    return new Case(`~${pattern}`, backend);
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
    /** @internal */
    public readonly _backend: IBackend,
  ) {}
}

function check(call: string, value: string, backend: IBackend): void {
  refuseTokens({ [call]: value }, []);
  checkBackend(call, backend);
  if (value !== '' && !/[\x00-\x1f\x7f]/.test(value)) return;
  throw new ConfigError({
    what: `${call}: ${shown(value)} is no value to tell requests by`,
    fix: value === '' ? 'use otherwise for requests that have none' : 'leave control characters out',
  });
}
