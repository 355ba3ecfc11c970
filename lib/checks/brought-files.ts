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
    const problem =
      node.name === 'include'
        ? includeProblem(file, frontend)
        : node.name === 'load_module'
          ? moduleProblem(file)
          : undefined;
    return problem === undefined ? [] : [{ ...problem, construct }];
  });
}

function includeProblem(file: string, { image }: Frontend): Problem | undefined {
  if (isOurs(file)) {
    return {
      what: `include ${shown(file)}: nginx would look for it in ${directoryOf(file)}, where there is only what the library writes`,
      fix: 'add what it holds with addDirective; a file that the image brings has its whole path, such as /etc/nginx/mime.types',
      rule: 'NGX-CTX',
    };
  }
  if (typeof image.name !== 'string' || !OFFICIAL.test(image.name) || isOfOfficial(file)) return undefined;
  return {
    what: `include ${shown(file)}: the image ${image.name} has no such file, and nothing of the host is in the container`,
    fix: 'add what it holds with addDirective, or use NginxImage.of(name, { version }) with an image that has the file',
    rule: 'NGX-CTX',
  };
}

function moduleProblem(file: string): Problem {
  return {
    what: `load_module ${shown(file)}: the library would not know the directives of the module`,
    fix: `use NginxImage.of(name, { version, modules: [${shown(file)}] }), with an image that has the file`,
    rule: 'NGX-MODULE',
  };
}

/** nginx's own image on Docker's hub, in any of its editions. */
const OFFICIAL = /^(?:(?:docker\.io\/)?library\/)?nginx:[\w.-]+$/;

/** What that has for an `include`; the patterns are for its default server, which is the only file there. */
const OFFICIAL_FILES: ReadonlySet<string> = new Set(
  ['mime.types', 'fastcgi_params', 'scgi_params', 'uwsgi_params', 'conf.d/default.conf', 'conf.d/*.conf'].map(
    (name) => `/etc/nginx/${name}`,
  ),
);

/** Static mounts and directories of the host that hold sockets are beside the image's own files. */
function isOfOfficial(file: string): boolean {
  return (
    OFFICIAL_FILES.has(posix.normalize(file)) ||
    isBelow(file, PATHS.statics) ||
    isBelow(file, PATHS.hostSockets)
  );
}

/** nginx looks for a relative one beside the file that it reads (seen). */
function isOurs(file: string): boolean {
  const whole = posix.resolve(PATHS.nginxConfig, file);
  return isBelow(whole, PATHS.nginxConfig) || isBelow(whole, PATHS.scratch);
}

function directoryOf(file: string): string {
  return posix.dirname(posix.resolve(PATHS.nginxConfig, file));
}
