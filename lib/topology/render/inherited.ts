import type { NginxDirective } from '../../nginx/directive';

/** Directives of which a block that has one of its own takes none from the blocks around it (seen: security headers lost). */
const REPLACED: readonly string[] = [
  ...['add_header', 'add_trailer', 'proxy_set_header', 'uwsgi_param'],
  ...['limit_req', 'limit_conn', 'error_page'],
];

/** True for a directive that a block has as a whole list of its own, or takes as a whole from around it. */
export function isReplaced(name: string): boolean {
  return REPLACED.includes(name);
}

/**
 * What a user added around a block, again, where a directive of ours in the block would keep it out. One of the user's own there does
 * too, which is nginx's way and said by the user.
 *
 * @param around What holds around the block: of the innermost of the user's that has any, as `within` tells.
 */
export function repeated(
  ours: readonly NginxDirective[],
  own: readonly NginxDirective[],
  around: readonly NginxDirective[],
): NginxDirective[] {
  return REPLACED.flatMap((name) =>
    has(name, own) || !has(name, ours) ? [] : around.filter((each) => each.name === name),
  );
}

/** What holds around the blocks in a block. */
export function within(own: readonly NginxDirective[], around: readonly NginxDirective[]): NginxDirective[] {
  return REPLACED.flatMap((name) => (has(name, own) ? own : around).filter((each) => each.name === name));
}

/** Those of which others do not say the same: a header or parameter is sent once, a request counted once in a zone. */
export function unlessSaid(
  directives: readonly NginxDirective[],
  others: readonly NginxDirective[],
): NginxDirective[] {
  const said = new Set(others.map(sameness));
  return directives.filter((each) => !said.has(sameness(each)));
}

function sameness(each: NginxDirective): string {
  const { name, args } = each;
  return isReplaced(name) ? `${name} ${JSON.stringify(args[0]).toLowerCase()}` : JSON.stringify(each);
}

function has(name: string, directives: readonly NginxDirective[]): boolean {
  return directives.some((each) => each.name === name);
}
