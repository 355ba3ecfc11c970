import type { TableFile } from '../table-file';
import { gunicornCoverage } from './gunicorn';
import { uwsgiCoverage } from './uwsgi';

const HEAD = `# What became of every setting and option

Generated from \`lib/topology/gunicorn-decisions.ts\` and \`lib/topology/uwsgi-decisions.ts\` by \`npm run generate\`: the same decisions that
refuse a line with a reason at synthesis.

- **prop**: a prop of \`GunicornApp\` or \`UwsgiApp\`, with a type and a unit of its own.
- **settled**: the construct writes it, or does the same by other means, from what else it knows; passing it through is refused, and the message says which prop to use.
- **refused**: it cannot work, or not safely, in a container; the message says what to do instead.
- **pass-through**: \`settings\` or \`options\`, checked against the table of the server.
`;

/** `docs/coverage.md`. */
export function coveragePage(): TableFile {
  return { path: 'docs/coverage.md', text: [HEAD, gunicornCoverage(), uwsgiCoverage()].join('\n') };
}
