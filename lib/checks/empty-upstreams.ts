import { shown } from '../errors';
import type { Problem } from '../errors';
import { isDataBlock } from '../nginx/data-block';
import { wordsOf } from '../nginx/words';
import type { Frontend } from '../topology/frontend';
import { usersDirectives } from './users-directives';

/** Upstreams in nginx's own words that have no server, or none that is more than a backup: nginx would not start. */
export function emptyUpstreamProblems(frontend: Frontend): Problem[] {
  return usersDirectives(frontend).flatMap(({ node, parent, construct }): Problem[] => {
    if (node.name !== 'upstream' || node.block === undefined || isDataBlock(parent)) return [];
    const servers = node.block.filter(({ name }) => name === 'server').map(wordsOf);
    if (servers.some((words) => !words.includes('backup'))) return [];
    const [name = ''] = wordsOf(node);
    return [
      {
        what: `the upstream ${shown(name)} has no servers${servers.length === 0 ? '' : ' but backups'}: nginx would not start`,
        fix: "give it one, such as Directive.of('server', ['10.0.0.7:80']), or use addUpstream",
        construct,
        rule: 'NGX-CTX',
      },
    ];
  });
}
