import { shown } from '../errors';
import type { Problem } from '../errors';
import { nearest } from '../nearest';
import { isAtLeast } from '../server-version';
import { hasVariable, textOf } from './argument';
import { contextInWords, contextWithin } from './contexts';
import type { NginxDirective } from './directive';
import { isDataBlock } from './data-block';
import { rowProblems } from './data-rows';
import type { DirectiveFacts, DirectiveUse } from './directive-facts';
import { DIRECTIVES } from './directive-table';
import { roleOf } from './literal-dollar';
import { isFormerDirective, retirementOf } from './retired';
import { grammarProblem } from './own-grammar';
import { allowedInstead } from './value-check';
import { wordsOf } from './words';

/** What the directives are checked against. */
export interface CheckOptions {
  /** Where they stand: one of `CONTEXTS`, such as `main`, `http` or `location`. */
  readonly context: string;
  /** Release of the nginx that will read them, such as `1.22.1`. */
  readonly version: string;
  /** Modules that this nginx has, by the names of the directive table. Default: all of them. */
  readonly modules?: readonly string[];
  /** Directives of modules that the table does not know; they are accepted anywhere, unchecked. */
  readonly extraDirectives?: readonly string[];
  /** Path of the construct they were rendered from, where no node says another one. */
  readonly construct?: string;
}

/**
 * Everything that nginx would refuse about names, places, argument counts and simple values, all at once; the
 * caller throws. What is wrong between
 * directives is not looked at: see `repeats`.
 */
export function checkDirectives(directives: readonly NginxDirective[], options: CheckOptions): Problem[] {
  return directives.flatMap((node) => {
    const construct = node.construct ?? options.construct;
    const from = construct === undefined ? {} : { construct };
    const where = node.line === undefined ? '' : `nginx.conf line ${String(node.line)}: `;
    const located = checkDirective(node, options).map((problem) => {
      return { rule: 'NGX-CTX', ...problem, what: where + problem.what, ...from };
    });
    return [...located, ...checkBlock(node, { ...options, ...from })];
  });
}

function checkBlock(node: NginxDirective, options: CheckOptions): Problem[] {
  const context = contextWithin(options.context, node.name);
  if (node.block === undefined || context === undefined) return [];
  return checkDirectives(node.block, { ...options, context });
}

function checkDirective(node: NginxDirective, options: CheckOptions): Problem[] {
  if (options.extraDirectives?.includes(node.name) === true) return [];
  const retirement = retirementOf(node.name, options.version);
  if (retirement !== undefined) return [retirement];
  const facts = DIRECTIVES.get(node.name);
  if (facts === undefined) return isFormerDirective(node.name) ? [] : [unknownName(node.name)];
  const problem = availability(node.name, facts, options);
  if (problem !== undefined) return [problem];
  const uses = facts.uses.filter(
    ({ contexts }) => contexts.includes(options.context) || contexts.includes('any'),
  );
  if (uses.length === 0) return [wrongPlace(node.name, facts, options.context)];
  return checkShape(node, uses, options.context);
}

function unknownName(name: string): Problem {
  const known = nearest(name, DIRECTIVES.keys());
  const fix =
    known === undefined ? 'see https://nginx.org/en/docs/dirindex.html' : `did you mean '${known}'?`;
  return { what: `nginx has no directive ${shown(name)}`, fix };
}

function availability(name: string, facts: DirectiveFacts, options: CheckOptions): Problem | undefined {
  if (facts.since !== undefined && !isAtLeast(options.version, facts.since)) {
    return {
      what: `'${name}' came with nginx ${facts.since}, and this one is declared as ${options.version}`,
      fix: 'remove it, or use an image with a newer nginx and declare its version',
    };
  }
  const modules = facts.uses.map(({ module }) => module);
  if (options.modules === undefined || modules.some((module) => options.modules?.includes(module)))
    return undefined;
  return {
    what: `'${name}' is of the module ${modules.join(' or ')}, which this nginx lacks`,
    fix: 'remove it, or use an image that has the module',
    rule: 'NGX-MODULE',
  };
}

function wrongPlace(name: string, facts: DirectiveFacts, context: string): Problem {
  const allowed = [...new Set(facts.uses.flatMap(({ contexts }) => contexts))].map(contextInWords);
  return {
    what: `'${name}' cannot stand in ${contextInWords(context)}`,
    fix: `move it: it belongs in ${allowed.join(', ')}`,
  };
}

function checkShape(node: NginxDirective, uses: readonly DirectiveUse[], context: string): Problem[] {
  const isBlock = node.block !== undefined;
  const shaped = uses.filter((use) => (use.block === true) === isBlock);
  if (shaped.length === 0) {
    return isBlock
      ? [{ what: `'${node.name}' takes no block`, fix: 'write it without children' }]
      : [{ what: `'${node.name}' is a block`, fix: 'give it its children, even if there are none' }];
  }
  const counted = shaped.filter((use) => takesCount(use, node.args.length));
  if (counted.length === 0) return [wrongCount(node, shaped)];
  const own = grammarProblem(node, context);
  if (own !== undefined) return [own];
  return [...checkArguments(node, counted), ...(isDataBlock(node.name) ? rowProblems(node) : [])];
}

function takesCount(use: DirectiveUse, count: number): boolean {
  return use.args === undefined ? count >= (use.minArgs ?? 0) : use.args.includes(count);
}

function wrongCount(node: NginxDirective, uses: readonly DirectiveUse[]): Problem {
  const allowed = uses.map(({ args, minArgs }) => args?.join(' or ') ?? `${String(minArgs ?? 0)} or more`);
  const count = node.args.length;
  return {
    what: `'${node.name}' has ${count === 1 ? '1 argument' : `${String(count)} arguments`}, and takes ${allowed.join(' or ')}`,
    fix: wayToCount(
      node,
      uses.flatMap(({ args, minArgs }) => args ?? [minArgs ?? 0]),
    ),
  };
}

/** The change that makes the number of arguments right. */
function wayToCount(node: NginxDirective, allowed: readonly number[]): string {
  const words = wordsOf(node);
  const least = Math.min(...allowed.filter((count) => count > words.length));
  const manual = `see https://nginx.org/r/${node.name}`;
  if (Number.isFinite(least)) {
    const split = words.find((word) => /\S\s+\S/.test(word));
    if (split !== undefined) return `split ${shown(split)}: each argument is an item of its own in the list`;
    return `give it ${String(least - words.length)} more: ${manual}`;
  }
  const most = Math.max(...allowed);
  if (most === 0) return 'write it without arguments';
  return `leave out ${words.slice(most).map(shown).join(' and ')}: ${manual}`;
}

function checkArguments(node: NginxDirective, uses: readonly DirectiveUse[]): Problem[] {
  const misplaced = node.args.findIndex((argument, index) => isMisplaced(node, argument, index));
  if (misplaced >= 0) return [misplacedVariable(node, misplaced)];
  if (node.args.some(hasVariable)) return [];
  const values = node.args.map(textOf);
  const allowed = uses.map((use) => allowedInstead(use, values));
  if (allowed.includes(undefined)) return [];
  return [
    {
      what: `'${node.name}' does not take ${shown(values.join(' '))}`,
      fix: `write ${[...new Set(allowed)].join(', or ')}`,
      rule: 'NGX-UNITS',
    },
  ];
}

/** A variable where nginx expands none, or no variable where the directive declares one. */
function isMisplaced(node: NginxDirective, argument: NginxDirective['args'][number], index: number): boolean {
  const role = roleOf(undefined, node, index);
  return role === 'name' ? !isVariableAlone(argument) : role === 'literal' && hasVariable(argument);
}

function isVariableAlone(argument: NginxDirective['args'][number]): boolean {
  return typeof argument !== 'string' && argument.length === 1 && hasVariable(argument);
}

function misplacedVariable(node: NginxDirective, index: number): Problem {
  const position = `argument ${String(index + 1)} of '${node.name}'`;
  return roleOf(undefined, node, index) === 'name'
    ? {
        what: `${position} is ${shown(node.args[index])}, not the variable it declares`,
        fix: "write it as '$name'",
      }
    : { what: `nginx does not expand variables in ${position}`, fix: 'write the value itself' };
}
