import { ConfigError } from '../../errors';
import { captureProblem } from '../../nginx/captures';
import { regexMistake, toldMistake } from '../../nginx/regex-syntax';

/**
 * A regular expression for nginx, as far as this can be told here: nginx refuses to start with a broken one.
 *
 * @param where The prop and the value it was found in.
 * @throws ConfigError for what no PCRE would compile, and for a group whose name nginx has taken.
 */
export function checkedRegex(where: string, pattern: string): string {
  const mistake = regexMistake(pattern);
  if (mistake !== undefined) throw new ConfigError(toldMistake(where, mistake));
  const taken = captureProblem(where, pattern);
  if (taken !== undefined) throw new ConfigError(taken);
  return pattern;
}
