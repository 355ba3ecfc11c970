import { shown } from '../errors';
import type { Problem } from '../errors';
import { nearest } from '../nearest';
import { directive } from '../nginx/directive';
import type { NginxDirective } from '../nginx/directive';
import { KNOWN_VARIABLES } from '../nginx/known-variables';
import { modulesOf } from '../nginx/modules';
import { regexesOf } from '../nginx/regex-places';
import { regexMistake, toldMistake } from '../nginx/regex-syntax';
import { repeatsIn } from '../nginx/repeats';
import { declaredVariables, unknownVariables } from '../nginx/undeclared';
import { checkDirectives } from '../nginx/validate';
import { blocksOf } from '../nginx/walk';
import type { NginxBlock } from '../nginx/walk';
import { ZONE_KINDS, declaredZone, usedZone } from '../nginx/zones';
import type { Frontend } from '../topology/frontend';
import { nginxConfig } from '../topology/render/nginx-config';
import type { Topology } from '../topology/topology';
import { aliasProblems } from './alias-slashes';
import { broughtFileProblems } from './brought-files';
import { declaredVariableProblems } from './declared-variables';
import { emptyUpstreamProblems } from './empty-upstreams';
import { logFormatProblems } from './log-formats';
import { nginxWritableProblems } from './nginx-writable';
import { isRefused, refusedDirectives } from './refused-directives';
import { wayOutOfRepeat } from './directive-props';

/** What the nginx of a frontend would refuse to start with, each with the construct that it was rendered from. */
export function nginxProblems(frontend: Frontend, topology: Topology): Problem[] {
  const tree = nginxConfig(frontend, topology);
  // The start command says `daemon off`, as if it stood at the top.
  const blocks = blocksOf([directive('daemon', 'off'), ...tree]);
  return [
    ...refusedDirectives(frontend),
    ...misplaced(tree, frontend),
    ...blocks.flatMap(repeated),
    ...undeclaredVariables(tree, frontend, blocks),
    ...declaredVariableProblems(frontend, topology),
    ...logFormatProblems(frontend),
    ...emptyUpstreamProblems(frontend),
    ...broughtFileProblems(frontend),
    ...nginxWritableProblems(frontend),
    ...undeclaredZones(blocks),
    ...blocks.flatMap(brokenRegexes),
    ...blocks.flatMap(aliasProblems),
  ].map((problem) => ({ construct: frontend.construct, ...problem }));
}

function misplaced(tree: readonly NginxDirective[], frontend: Frontend): Problem[] {
  const { version, modules, extraDirectives } = frontend;
  const options = { context: 'main', version, modules: modulesOf(modules), extraDirectives };
  return checkDirectives(tree, options).map((problem) =>
    problem.rule === 'NGX-MODULE'
      ? {
          ...problem,
          fix: 'remove it, or use an image that has the module, with NginxImage.of: load its file with modules, or name the directive in directives where it is built in',
        }
      : problem,
  );
}

function repeated(block: NginxBlock): Problem[] {
  const repeats = repeatsIn(block).filter(({ name }) => !isRefused(name));
  return repeats.map(({ name, what }) => ({
    what: `${what}: nginx would not start`,
    fix: wayOutOfRepeat(name),
    ...from(block),
    rule: 'NGX-DUP',
  }));
}

/** Included files and modules of others may declare variables too: then nobody can tell. */
function undeclaredVariables(
  tree: readonly NginxDirective[],
  { modules, extraDirectives }: Frontend,
  blocks: readonly NginxBlock[],
): Problem[] {
  const includes = blocks.some(({ children }) => children.some(({ name }) => name === 'include'));
  if (includes || modules.length > 0 || extraDirectives.length > 0) return [];
  const declared = declaredVariables(tree);
  return blocks.filter(isOfHttp).flatMap((block) =>
    block.children.flatMap((node) =>
      unknownVariables(node, declared).map((name) => ({
        what: `nginx has no variable $${name}, which ${node.name} uses`,
        fix: `${meant(name, declared)}declare it with set or map, or write '\${literal_dollar}' for a dollar sign`,
        ...from(node.construct === undefined ? block : node),
        rule: 'NGX-LITERAL-DOLLAR',
      })),
    ),
  );
}

/** Blocks whose variables are those of http; rows of data are in such a block, or hold none. */
function isOfHttp({ context }: NginxBlock): boolean {
  return context === undefined || !/^(?:main|events|stream|mail)/.test(context);
}

function meant(name: string, declared: ReadonlySet<string>): string {
  const known = nearest(name, new Set([...declared, ...KNOWN_VARIABLES]).keys());
  return known === undefined ? '' : `did you mean $${known}? Otherwise `;
}

/** nginx refuses to start with a broken one; what only PCRE can tell is left to `nginx -t`. */
function brokenRegexes(block: NginxBlock): Problem[] {
  return block.children.flatMap((node) =>
    regexesOf(node, block.name).flatMap((pattern): Problem[] => {
      const mistake = regexMistake(pattern);
      if (mistake === undefined) return [];
      const where = block.name === 'map' ? `a row of ${block.name}: ` : `${node.name}: `;
      return [
        {
          ...toldMistake(`${where}${shown(pattern)}`, mistake),
          ...from(node.construct === undefined ? block : node),
        },
      ];
    }),
  );
}

function undeclaredZones(blocks: readonly NginxBlock[]): Problem[] {
  const all = blocks.flatMap(({ children }) => children);
  return ZONE_KINDS.flatMap((kind) => {
    const declared = all.flatMap((node) =>
      node.name === kind.declares ? (declaredZone(node, kind) ?? []) : [],
    );
    return blocks.flatMap((block) =>
      block.children.flatMap((node): Problem[] => {
        const zone = node.name === kind.uses ? usedZone(node, kind) : undefined;
        if (zone === undefined || declared.includes(zone)) return [];
        return [
          {
            what: `${kind.uses} names the zone ${zone}, which nothing declares: nginx would not start`,
            fix: `declare it in the frontend: Directive.of('${kind.declares}', [… '${kind.parameter}${zone}:10m' …])`,
            ...from(block),
            rule: 'NGX-LIMIT-ZONE',
          },
        ];
      }),
    );
  });
}

function from({ construct }: { readonly construct?: string | undefined }): { readonly construct?: string } {
  return construct === undefined ? {} : { construct };
}
