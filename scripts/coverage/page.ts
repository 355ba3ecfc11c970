import type { TableFile } from '../table-file';
import { gunicornCoverage } from './gunicorn';
import { nginxCoverage } from './nginx';
import { uwsgiCoverage } from './uwsgi';

const HEAD = `# What became of every setting and option

Generated from \`gunicorn-decisions.ts\`, \`uwsgi-decisions.ts\` and \`nginx-decisions.ts\` in \`lib/topology\` by \`npm run generate\`: the same
decisions that refuse a line with a reason at synthesis.

- **prop**: a prop of a construct, with a type and a unit of its own; of nginx also a method or a policy.
- **settled**: the construct writes it, or does the same by other means, from what else it knows; passing it through is refused, and the message says which prop to use.
- **refused**: it cannot work, or not safely, in a container; the message says what to do instead.
- **pass-through**: \`settings\`, \`options\` or \`addDirective\`, checked against the table of the server.
`;

/** `docs/coverage.md`. */
export function coveragePage(): TableFile {
  return {
    path: 'docs/coverage.md',
    text: [HEAD, gunicornCoverage(), uwsgiCoverage(), nginxCoverage()].join('\n'),
  };
}
