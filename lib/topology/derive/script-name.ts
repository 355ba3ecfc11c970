import type { LocationMatch, PassOptions } from '../frontend';

/** What is taken off the path of requests that a location passes on, such as `/api`, and told as SCRIPT_NAME; nothing by default. */
export function scriptNameOf(match: LocationMatch, options: PassOptions): string | undefined {
  return options.scriptName ?? (options.stripPrefix === true ? match.path.slice(0, -1) : undefined);
}
