import { shown } from '../errors';
import type { Problem } from '../errors';
import { conditionProblem } from './condition';
import type { NginxDirective } from './directive';
import { expiresInstead } from './expires';
import { headerInstead } from './header-values';
import { accessInstead, proxyInstead } from './networks';
import { errorPageInstead, returnInstead } from './status-codes';
import { wordsOf } from './words';

/** What a directive with a grammar of its own takes instead, in words; undefined when it takes what it has. */
type Grammar = (node: NginxDirective) => string | undefined;

const GRAMMARS: ReadonlyMap<string, Grammar> = new Map([
  ['add_header', headerInstead],
  ['add_trailer', headerInstead],
  ['allow', accessInstead],
  ['debug_connection', proxyInstead],
  ['deny', accessInstead],
  ['error_page', errorPageInstead],
  ['expires', expiresInstead],
  ['proxy_set_header', headerInstead],
  ['return', returnInstead],
  ['set_real_ip_from', proxyInstead],
  ['uwsgi_param', headerInstead],
]);

/** What nginx would refuse about a directive that has a grammar of its own; `return` of a stream takes any text. */
export function grammarProblem(node: NginxDirective, context: string): Problem | undefined {
  if (node.name === 'if') return conditionProblem(node.args);
  if (node.name === 'return' && context.startsWith('stream')) return undefined;
  const instead = GRAMMARS.get(node.name)?.(node);
  if (instead === undefined) return undefined;
  return {
    what: `'${node.name}' does not take ${shown(wordsOf(node).join(' '))}`,
    fix: `write ${instead}`,
    rule: 'NGX-UNITS',
  };
}
