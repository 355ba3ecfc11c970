import { ConfigError, shown } from '../../errors';
import { refuseTokens } from '../checked/tokens';

/**
 * A text that is one argument where blanks and commas part them.
 *
 * @param where The call and its argument, for the message.
 * @throws ConfigError for an empty one, and for one with a blank or a comma.
 */
export function word(where: string, text: string): string {
  refuseTokens({ [where]: text }, []);
  if (/^[^\s,]+$/.test(text)) return text;
  throw new ConfigError({
    what: `${where} ${shown(text)} is not one word`,
    fix: "give it without blanks and ','",
  });
}
