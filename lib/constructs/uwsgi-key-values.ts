import { ConfigError, shown } from '../errors';
import { refuseTokens } from './text';

/**
 * What uWSGI reads as `key=value,key=value`.
 *
 * @throws ConfigError for a value with a comma, which would begin the next one, or a quote, which uWSGI takes away (both seen).
 */
export function keyValues(
  prop: string,
  pairs: Readonly<Record<string, string | number | undefined>>,
): string {
  return Object.entries(pairs)
    .flatMap(([key, value]) => {
      if (value === undefined) return [];
      refuseTokens({ [`${prop}: ${key}`]: value }, []);
      const text = String(value);
      if (text !== '' && !/[,"\\]/.test(text)) return [`${key}=${text}`];
      throw new ConfigError({
        what: `${prop}: ${key} ${shown(text)} is empty, or holds what ends it in uWSGI's list`,
        fix: "write it without ',', '\"' and '\\', a command in a script of the image",
      });
    })
    .join(',');
}
