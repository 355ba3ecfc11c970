import { partsOf } from './argument';
import type { NginxDirective } from './directive';
import { roleOf } from './literal-dollar';
import { regexesOf } from './regex-places';
import { namedGroups } from './regex-syntax';
import { groupsOf } from './undeclared';

/** A variable that a directive makes, by its name without the dollar. */
export interface Declaration {
  readonly name: string;
  /** A named group of a regular expression makes it, so that a request says what it holds. */
  readonly captured: boolean;
}

/** The variables that one directive of http, or a row of a `map`, makes or sets. */
export function declarationsOf(node: NginxDirective, parent: string | undefined): Declaration[] {
  const captured = CAPTURES_NOTHING.has(node.name) ? [] : regexesOf(node, parent).flatMap(namesIn);
  return [
    ...targetsOf(node, parent).map((name) => ({ name, captured: false })),
    ...captured.map((name) => ({ name, captured: true })),
  ];
}

/** Directives with a regular expression whose groups are no variables (seen). */
const CAPTURES_NOTHING: ReadonlySet<string> = new Set(['fastcgi_split_path_info', 'valid_referers']);

function namesIn(pattern: string): string[] {
  const sure = namedGroups(pattern).map(({ name }) => name);
  return sure.length > 0 ? sure : groupsOf(pattern);
}

/** A `geo` with two variables makes the second one. */
function targetsOf(node: NginxDirective, parent: string | undefined): string[] {
  const last = node.args.length - 1;
  return node.args.flatMap((argument, index) => {
    if (roleOf(parent, node, index) !== 'name' || (node.name === 'geo' && index < last)) return [];
    return partsOf(argument).flatMap((part) => (typeof part === 'string' ? [] : [part.variable]));
  });
}
