import { ConfigError, shown } from '../../errors';
import type { LocationMatch, PassOptions } from '../../topology/frontend';

/**
 * Refuses a match whose requests do not all begin with what is to be taken off.
 *
 * @throws ConfigError that says what the application could be mounted at.
 */
export function refuseUnmountable(match: LocationMatch, options: PassOptions): void {
  if (options.stripPrefix === true) refuseUnstrippable(match);
  if (options.scriptName !== undefined) refuseOutside(match, options.scriptName);
}

function refuseUnstrippable({ kind, path }: LocationMatch): void {
  if ((kind === 'prefix' || kind === 'prefixOnly') && /^(?:\/(?!\.{1,2}\/)[A-Za-z0-9._~-]+)+\/$/.test(path))
    return;
  throw new ConfigError({
    what: `stripPrefix: ${shown(path)} (${kind}) is no prefix that could be taken off`,
    fix: "give a path that begins and ends with '/', such as '/api/', in letters, digits and -._~, or say scriptName",
  });
}

function refuseOutside({ kind, path }: LocationMatch, scriptName: string): void {
  const isLiteral = kind !== 'regex' && kind !== 'regexIgnoreCase';
  if (isLiteral && path.startsWith(`${scriptName}/`)) return;
  throw new ConfigError({
    what: `scriptName ${shown(scriptName)} is not what every path of ${shown(path)} (${kind}) begins with`,
    fix: `give the location a path below ${shown(`${scriptName}/`)}`,
  });
}
