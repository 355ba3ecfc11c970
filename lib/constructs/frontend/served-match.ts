import { ConfigError, shown } from '../../errors';
import type { LocationMatch } from '../../topology/frontend';

/**
 * Refuses a match under which nginx cannot serve a directory: what stands behind the match is put behind the directory, so
 * that both have to end in a slash, and a regex or an exact path leaves nothing to put there.
 *
 * @throws ConfigError with what nginx would do instead.
 */
export function refuseUnservable({ kind, path }: LocationMatch): void {
  const at = `LocationAction.serve at LocationMatch.${kind}(${shown(path)})`;
  if (kind === 'exact') {
    throw new ConfigError({
      what: `${at}: an exact location catches one path, and a static mount is a directory`,
      fix: "use LocationMatch.prefixOnly with a path that ends in '/', such as '/static/'",
      rule: 'NGX-CTX',
    });
  }
  if (kind === 'regex' || kind === 'regexIgnoreCase') {
    throw new ConfigError({
      what: `${at}: nginx would look for every URL at one path`,
      fix: "use LocationMatch.prefix with a path that ends in '/', such as '/static/'",
      rule: 'NGX-ALIAS-REGEX',
    });
  }
  if (path.endsWith('/')) return;
  throw new ConfigError({
    what: `${at}: without the last '/', files beside the mount could be read (${path}../secret)`,
    fix: `write ${shown(`${path}/`)}`,
    rule: 'NGX-ALIAS-SLASH',
  });
}
