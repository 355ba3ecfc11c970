import type { Problem } from '../errors';
import type { Frontend } from '../topology/frontend';
import { scriptNameOf } from '../topology/derive/script-name';
import { locationsOf } from '../topology/render/frontend-parts';

/** A path that is sent as the client wrote it, without its prefix, is not the one that a `rewrite` has made. */
export function strippedRewrites(frontend: Frontend): Problem[] {
  return locationsOf(frontend).flatMap(({ action, match, directives, construct }): Problem[] => {
    const rewrites = directives.some(({ name }) => name === 'rewrite');
    if (!rewrites || action.kind !== 'pass') return [];
    const scriptName = scriptNameOf(match, action.options);
    if (scriptName === undefined) return [];
    return [
      {
        what: `rewrite in ${match.path} would be lost: the path goes to the application as the client wrote it, without ${scriptName}`,
        fix: 'leave the rewrite out, or leave stripPrefix and scriptName out and take the prefix off with the rewrite',
        construct,
      },
    ];
  });
}
