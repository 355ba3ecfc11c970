import type { NginxDirective } from '../../nginx/directive';
import { zoneNamed } from '../../nginx/zones';

/** Directives with which a header, a parameter or a trailer is named first. */
const NAMED: readonly string[] = ['add_header', 'add_trailer', 'proxy_set_header', 'uwsgi_param'];

/** Directives of which a block that has one of its own takes none from the blocks around it (seen: security headers lost). */
const REPLACED: readonly string[] = [
  ...NAMED,
  ...['proxy_hide_header', 'uwsgi_hide_header'],
  ...['limit_req', 'limit_conn', 'error_page'],
];

/** Headers that may come several times, each saying something more. */
const LISTS: ReadonlySet<string> = new Set(
  ['Cache-Control', 'Content-Security-Policy', 'Link', 'Server-Timing', 'Set-Cookie', 'Vary'].map((name) =>
    name.toLowerCase(),
  ),
);

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
  const [first = ''] = args;
  if (NAMED.includes(name)) {
    const called = JSON.stringify(first).toLowerCase();
    return typeof first === 'string' && LISTS.has(first.toLowerCase()) ? whole(each) : `${name} ${called}`;
  }
  if (name === 'limit_req') {
    return `${name} ${args.map((arg) => zoneNamed(arg, 'zone=')).find((zone) => zone !== undefined) ?? ''}`;
  }
  return name === 'limit_conn' ? `${name} ${JSON.stringify(first)}` : whole(each);
}

function whole({ name, args, block }: NginxDirective): string {
  return JSON.stringify([name, args, block]);
}

function has(name: string, directives: readonly NginxDirective[]): boolean {
  return directives.some((each) => each.name === name);
}
