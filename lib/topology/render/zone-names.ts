import { createHash } from 'node:crypto';
import type { NginxArgument } from '../../nginx/argument';
import type { NginxDirective } from '../../nginx/directive';

/** A kind of shared memory zone: who declares it, by which parameter, and who names it. */
interface ZoneKind {
  readonly declares: string;
  readonly parameter: string;
  readonly uses: string;
  /** What a running nginx refuses to change of a zone that keeps its name and size. */
  readonly fixed: (args: readonly NginxArgument[]) => readonly NginxArgument[];
}

const limit = (uses: string): ZoneKind => ({
  declares: `${uses}_zone`,
  parameter: 'zone=',
  uses,
  fixed: ([key = '']) => [key],
});

const isLevels = (argument: NginxArgument): boolean =>
  typeof argument === 'string' && argument.startsWith('levels=');

const cache = (uses: string): ZoneKind => ({
  declares: `${uses}_path`,
  parameter: 'keys_zone=',
  uses,
  fixed: ([path = '', ...rest]) => [path, ...rest.filter(isLevels)],
});

const KINDS: readonly ZoneKind[] = [
  ...['limit_req', 'limit_conn'].map(limit),
  ...['proxy_cache', 'uwsgi_cache', 'fastcgi_cache', 'scgi_cache'].map(cache),
];

/**
 * The same tree with the hash of its definition in the name of each zone. nginx accepts another key of a rate limit or
 * another path of a cache in `nginx -t` and refuses it at the reload, as long as the zone keeps its name (seen on
 * 1.22.1); what else may change, such as a rate, keeps the name and so what the zone has counted.
 */
export function withZoneNames(tree: readonly NginxDirective[]): NginxDirective[] {
  return KINDS.reduce<NginxDirective[]>((renamed, kind) => withNamesOf(kind, renamed), [...tree]);
}

function withNamesOf(kind: ZoneKind, tree: NginxDirective[]): NginxDirective[] {
  const all = flat(tree);
  const chosenAtRunTime = all.some(({ name, args }) => name === kind.uses && typeof args[0] === 'object');
  const names = chosenAtRunTime ? new Map<string, string>() : declared(kind, all);
  return names.size === 0 ? tree : tree.map((node) => renamed(node, kind, names));
}

function declared(kind: ZoneKind, all: readonly NginxDirective[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { args } of all.filter(({ name }) => name === kind.declares)) {
    const zone = args.map((each) => zoneOf(each, kind)).find((name) => name !== undefined);
    if (zone !== undefined) names.set(zone, `${zone}_${hash(kind.fixed(args))}`);
  }
  return names;
}

function zoneOf(argument: NginxArgument, { parameter }: ZoneKind): string | undefined {
  if (typeof argument !== 'string' || !argument.startsWith(parameter)) return undefined;
  return argument.slice(parameter.length).split(':')[0];
}

function renamed(node: NginxDirective, kind: ZoneKind, names: ReadonlyMap<string, string>): NginxDirective {
  const inside = node.block && { block: node.block.map((child) => renamed(child, kind, names)) };
  if (node.name !== kind.declares && node.name !== kind.uses) return { ...node, ...inside };
  return { ...node, args: node.args.map((each) => renamedArgument(each, kind, names)), ...inside };
}

function renamedArgument(
  argument: NginxArgument,
  kind: ZoneKind,
  names: ReadonlyMap<string, string>,
): NginxArgument {
  if (typeof argument !== 'string') return argument;
  const whole = names.get(argument);
  if (whole !== undefined) return whole;
  const zone = zoneOf(argument, kind);
  const name = zone === undefined ? undefined : names.get(zone);
  return name === undefined
    ? argument
    : kind.parameter + name + argument.slice(kind.parameter.length + (zone ?? '').length);
}

function flat(tree: readonly NginxDirective[]): NginxDirective[] {
  return tree.flatMap((node) => [node, ...flat(node.block ?? [])]);
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}
