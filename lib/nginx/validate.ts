import type { Problem } from '../errors';
import { shown } from '../errors';
import { nearest } from '../nearest';
import { compareVersions, isAtLeast } from '../server-version';
import type { NginxDirective } from './directive';
import type { DirectiveFacts, DirectiveUse } from './directive-facts';
import { DIRECTIVES, OBSOLETE, REMOVED, TABLE_VERSION } from './directive-table';
import { isDataBlock } from './literal-dollar';
import { valueProblem } from './value-kinds';

/**
 * Everything that nginx of this version would refuse in a tree that stands in this context: names, contexts,
 * argument counts, releases, simple values. Contexts are the table's: `main`, `http`, `server`, `location`,
 * `upstream`, `if-in-location`, `stream/server`, …
 */
export function directiveProblems(
  tree: readonly NginxDirective[],
  context: string,
  version: string,
): Problem[] {
  return tree.flatMap((node) => [
    ...ownProblems(node, context, version),
    ...childProblems(node, context, version),
  ]);
}

function childProblems(node: NginxDirective, context: string, version: string): Problem[] {
  if (node.block === undefined || isDataBlock(node.name)) return [];
  return directiveProblems(node.block, innerContext(node.name, context), version);
}

function innerContext(name: string, context: string): string {
  if (name === 'if') return context === 'server' ? 'if-in-server' : 'if-in-location';
  const family = context.split('/')[0] ?? context;
  return family === 'stream' || family === 'mail' ? `${family}/${name}` : name;
}

function ownProblems(node: NginxDirective, context: string, version: string): Problem[] {
  const facts = Object.hasOwn(DIRECTIVES, node.name) ? DIRECTIVES[node.name] : undefined;
  if (facts === undefined) return [unknownProblem(node.name)];
  const tooNew = releaseProblem(node.name, facts, version);
  if (tooNew !== undefined) return [tooNew];
  const here = facts.uses.filter((use) => use.contexts.includes(context) || use.contexts.includes('any'));
  if (here.length === 0) return [contextProblem(node.name, facts, context)];
  const fitting = here.filter((use) => allowsCount(use, node.args.length));
  if (fitting.length === 0) return [countProblem(node, here)];
  return [blockProblem(node, fitting), valueProblem(node, fitting)].filter(
    (problem) => problem !== undefined,
  );
}

function unknownProblem(name: string): Problem {
  const gone = REMOVED.find((removed) => removed.name === name);
  if (gone !== undefined) {
    const fix = gone.replacement === undefined ? 'remove it' : `use the ${gone.replacement}`;
    return { what: `nginx has no directive ${shown(name)} since ${gone.lastSeen}`, fix, rule: 'NGX-CTX' };
  }
  const meant = nearest(name, Object.keys(DIRECTIVES));
  const fix =
    meant === undefined
      ? 'look it up in the index of directives of nginx.org'
      : `did you mean ${shown(meant)}?`;
  return { what: `nginx has no directive ${shown(name)}`, fix, rule: 'NGX-CTX' };
}

function releaseProblem(name: string, facts: DirectiveFacts, version: string): Problem | undefined {
  if (facts.since !== undefined && !isAtLeast(version, facts.since)) {
    return {
      what: `${name} needs nginx ${facts.since}, and this frontend runs ${version}`,
      fix: `run nginx ${facts.since} or newer, or remove it`,
      rule: 'NGX-CTX',
    };
  }
  if (
    OBSOLETE.includes(name) &&
    compareVersions(version, TABLE_VERSION) <= 0 &&
    isAtLeast(version, '1.25.1')
  ) {
    return { what: `${name} does nothing since nginx 1.25.1`, fix: 'remove it', rule: 'NGX-CTX' };
  }
  return undefined;
}

function contextProblem(name: string, facts: DirectiveFacts, context: string): Problem {
  const allowed = [...new Set(facts.uses.flatMap((use) => use.contexts))];
  return {
    what: `${name} may not stand in ${shown(context)}`,
    fix: `put it into ${allowed.map(shown).join(', ')}`,
    rule: 'NGX-CTX',
  };
}

function allowsCount(use: DirectiveUse, count: number): boolean {
  return use.args?.includes(count) ?? count >= (use.minArgs ?? 0);
}

function countProblem(node: NginxDirective, uses: readonly DirectiveUse[]): Problem {
  const allowed = uses
    .map((use) => use.args?.join(' or ') ?? `${String(use.minArgs ?? 0)} or more`)
    .join(', or ');
  return {
    what: `${node.name} has ${String(node.args.length)} arguments`,
    fix: `give it ${allowed}`,
    rule: 'NGX-CTX',
  };
}

function blockProblem(node: NginxDirective, uses: readonly DirectiveUse[]): Problem | undefined {
  const isBlock = node.block !== undefined;
  if (uses.some((use) => (use.block ?? false) === isBlock)) return undefined;
  return isBlock
    ? { what: `${node.name} takes no block`, fix: 'write its arguments on one line', rule: 'NGX-CTX' }
    : { what: `${node.name} is a block and has none`, fix: 'give its directives', rule: 'NGX-CTX' };
}
