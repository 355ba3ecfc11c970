import type { NginxArgument } from '../../nginx/argument';
import type { NginxDirective } from '../../nginx/directive';
import { blocksOf } from '../../nginx/walk';
import { ZONE_KINDS, declaredZone, zoneNamed } from '../../nginx/zones';
import type { ZoneKind } from '../../nginx/zones';
import { shortHash } from '../short-hash';

/** What a running nginx refuses to change of a zone that keeps its name and size. */
function fixedPart(
  { parameter }: ZoneKind,
  [first = '', ...rest]: readonly NginxArgument[],
): NginxArgument[] {
  return parameter === 'zone=' ? [first] : [first, ...rest.filter(isLevels)];
}

function isLevels(argument: NginxArgument): boolean {
  return typeof argument === 'string' && argument.startsWith('levels=');
}

/**
 * The same tree with the hash of its definition in the name of each zone. nginx accepts another key of a rate limit or
 * another path of a cache in `nginx -t` and refuses it at the reload, as long as the zone keeps its name (seen on
 * 1.22.1); what else may change, such as a rate, keeps the name and so what the zone has counted.
 */
export function withZoneNames(tree: readonly NginxDirective[]): NginxDirective[] {
  const all = blocksOf(tree).flatMap(({ children }) => children);
  const names = new Set(all.map(({ name }) => name));
  return ZONE_KINDS.filter(({ declares }) => names.has(declares)).reduce<NginxDirective[]>(
    (renamed, kind) => withNamesOf(kind, renamed, all),
    [...tree],
  );
}

function withNamesOf(
  kind: ZoneKind,
  tree: NginxDirective[],
  all: readonly NginxDirective[],
): NginxDirective[] {
  const chosenAtRunTime = all.some(({ name, args }) => name === kind.uses && typeof args[0] === 'object');
  const names = chosenAtRunTime ? new Map<string, string>() : declared(kind, all);
  return names.size === 0 ? tree : tree.map((node) => renamed(node, kind, names));
}

function declared(kind: ZoneKind, all: readonly NginxDirective[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const node of all.filter(({ name }) => name === kind.declares)) {
    const zone = declaredZone(node, kind);
    if (zone !== undefined) names.set(zone, `${zone}_${hash(fixedPart(kind, node.args))}`);
  }
  return names;
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
  const zone = zoneNamed(argument, kind.parameter);
  const name = zone === undefined ? undefined : names.get(zone);
  return name === undefined
    ? argument
    : kind.parameter + name + argument.slice(kind.parameter.length + (zone ?? '').length);
}

function hash(value: unknown): string {
  return shortHash(JSON.stringify(value), 8);
}
