import { posix } from 'node:path';
import { shown } from '../errors';
import type { Problem } from '../errors';
import { wordsOf } from '../nginx/words';
import { PATHS, isBelow } from '../topology/derive/paths';
import type { Frontend } from '../topology/frontend';
import { usersDirectives } from './users-directives';

/** Files of configuration that are not there, and modules that the library has to know of. What an image brings may be included. */
export function broughtFileProblems(frontend: Frontend): Problem[] {
  return usersDirectives(frontend).flatMap(({ node, construct }): Problem[] => {
    const [file = ''] = wordsOf(node);
    if (node.name === 'include' && isOurs(file)) {
      return [
        {
          what: `include ${shown(file)}: nginx would look for it in ${directoryOf(file)}, where there is only what the library writes`,
          fix: 'add what it holds with addDirective; a file that the image brings has its whole path, such as /etc/nginx/mime.types',
          construct,
          rule: 'NGX-CTX',
        },
      ];
    }
    if (node.name !== 'load_module') return [];
    return [
      {
        what: `load_module ${shown(file)}: the library would not know the directives of the module`,
        fix: `use NginxImage.of(name, { version, modules: [${shown(file)}] }), with an image that has the file`,
        construct,
        rule: 'NGX-MODULE',
      },
    ];
  });
}

/** nginx looks for a relative one beside the file that it reads (seen). */
function isOurs(file: string): boolean {
  const whole = posix.resolve(PATHS.nginxConfig, file);
  return isBelow(whole, PATHS.nginxConfig) || isBelow(whole, PATHS.scratch);
}

function directoryOf(file: string): string {
  return posix.dirname(posix.resolve(PATHS.nginxConfig, file));
}
