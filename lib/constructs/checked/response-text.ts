import { ConfigError, shown } from '../../errors';

/**
 * What a fixed text is.
 *
 * @throws ConfigError for what is no media type.
 */
export function checkedMediaType(option: string, contentType: string): string {
  if (/^[\w.+-]+\/[\w.+-]+(?:; ?[\w.+-]+=[\w.+-]+)*$/.test(contentType)) return contentType;
  throw new ConfigError({
    what: `${option} ${shown(contentType)} is not a media type`,
    fix: "give one such as 'application/json'",
  });
}
