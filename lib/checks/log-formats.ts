import { shown } from '../errors';
import type { Problem } from '../errors';
import { isDataBlock } from '../nginx/data-block';
import type { NginxDirective } from '../nginx/directive';
import { wordsOf } from '../nginx/words';
import type { Frontend } from '../topology/frontend';
import { JSON_FORMAT } from '../topology/render/access-log';
import { usersDirectives } from './users-directives';

/** nginx's own format, which nobody can declare again. */
const COMBINED = 'combined';

/** Formats of access logs that are there twice, or that are named and not there: nginx would not start. Names have a case (seen). */
export function logFormatProblems(frontend: Frontend): Problem[] {
  const written = usersDirectives(frontend).filter(({ parent }) => !isDataBlock(parent));
  const formats = written.flatMap(({ node }) => (node.name === 'log_format' ? [nameOf(node)] : []));
  const ours = frontend.accessLog.format === 'json' ? [JSON_FORMAT] : [];
  let declared = [COMBINED, ...ours];
  return written.flatMap(({ node, construct }): Problem[] => {
    if (node.name === 'access_log')
      return unknownFormat(node, [...formats, ...ours]).map((one) => ({ ...one, construct }));
    if (node.name !== 'log_format') return [];
    const isTwice = declared.includes(nameOf(node));
    declared = [...declared, nameOf(node)];
    return isTwice ? [{ ...twice(nameOf(node), ours), construct }] : [];
  });
}

function nameOf(node: NginxDirective): string {
  return wordsOf(node)[0] ?? '';
}

function twice(name: string, ours: readonly string[]): Problem {
  const whose =
    name === COMBINED ? ': nginx itself has it' : ours.includes(name) ? ': the library has it' : '';
  return {
    what: `log_format ${shown(name)} is there twice${whose}`,
    fix: 'give it another name',
    rule: 'NGX-DUP',
  };
}

function unknownFormat(node: NginxDirective, formats: readonly string[]): Problem[] {
  const [file = '', format] = wordsOf(node);
  if (format === undefined) return [];
  if (file === 'off') {
    const what = `access_log is off, and has ${shown(format)} as well`;
    return [{ what, fix: "leave it out: 'off' stands alone", rule: 'NGX-CTX' }];
  }
  if (format === COMBINED || formats.includes(format)) return [];
  return [
    {
      what: `access_log names the format ${shown(format)}, which nothing declares: nginx would not start`,
      fix: `declare it in the frontend, Directive.of('log_format', [name, …]), or write '${COMBINED}', which nginx has; what else it takes stands behind the format`,
      rule: 'NGX-CTX',
    },
  ];
}
