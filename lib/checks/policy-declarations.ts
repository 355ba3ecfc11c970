import type { Problem } from '../errors';
import { partsOf } from '../nginx/argument';
import type { NginxDirective } from '../nginx/directive';
import { ZONE_KINDS, declaredZone } from '../nginx/zones';
import type { Frontend } from '../topology/frontend';
import { policyDeclarations } from '../topology/render/policies';

/** Directives of which the last argument is the variable that they make, and of which nginx lets a later one win (seen). */
const MAKERS: ReadonlySet<string> = new Set(['geo', 'map', 'split_clients']);

/** What policies declare under one name and not in the same words. */
export function clashing(frontend: Frontend): Problem[] {
  const declared = new Map<string, number>();
  for (const node of policyDeclarations(frontend))
    for (const name of namesOf(node)) declared.set(name, (declared.get(name) ?? 0) + 1);
  return [...declared].flatMap(([name, times]) => (times < 2 ? [] : [clash(name, frontend.construct)]));
}

function namesOf(node: NginxDirective): string[] {
  const zones = ZONE_KINDS.filter(({ declares }) => declares === node.name).flatMap((kind) => {
    const zone = declaredZone(node, kind);
    return zone === undefined ? [] : [`zone ${zone}`];
  });
  const made = MAKERS.has(node.name) ? partsOf(node.args.at(-1) ?? '') : [];
  return [
    ...zones,
    ...made.flatMap((part) => (typeof part === 'string' ? [] : [`$${part.variable.toLowerCase()}`])),
  ];
}

function clash(name: string, construct: string): Problem {
  return {
    what: `two policies declare ${name}, and not the same: one of the two would hold for both`,
    fix: 'make it of PolicyPlace.name, which is another one at each place',
    rule: 'NGX-DUP',
    construct,
  };
}
