import type { NginxDirective } from '../../nginx/directive';

/** Directives of which a block that has one of its own takes none from the blocks around it (seen: security headers lost). */
const REPLACED = ['add_header', 'proxy_set_header', 'uwsgi_param'] as const;

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

/** Ours without what the repeated ones say: a header or parameter is sent once. */
export function unlessRepeated(
  ours: readonly NginxDirective[],
  again: readonly NginxDirective[],
): NginxDirective[] {
  const said = new Set(again.map(keyOf));
  return ours.filter((each) => !REPLACED.some((name) => name === each.name) || !said.has(keyOf(each)));
}

function keyOf({ name, args }: NginxDirective): string {
  return `${name} ${JSON.stringify(args[0]).toLowerCase()}`;
}

function has(name: string, directives: readonly NginxDirective[]): boolean {
  return directives.some((each) => each.name === name);
}
