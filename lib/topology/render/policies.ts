import { textOf } from '../../nginx/argument';
import type { NginxDirective } from '../../nginx/directive';
import { DIRECTIVES } from '../../nginx/directive-table';
import type { Frontend } from '../frontend';
import type { Policy } from '../policy';
import { policiesOf } from './frontend-parts';
import { isReplaced, unlessSaid } from './inherited';
import { cuttingOff } from './left-over';

/** The policies that hold in a block: its own, and those around it that none of its own stands for. */
export function holding(own: readonly Policy[], around: readonly Policy[]): Policy[] {
  const kinds = new Set(own.filter(({ adds }) => !adds).map(({ kind }) => kind));
  return [...around.filter(({ kind }) => !kinds.has(kind)), ...own];
}

/** What a location does not take from the location around it (module rewrite); that of a server comes before any location. */
const OWN_TO_A_LOCATION: ReadonlySet<string> = new Set(['break', 'if', 'return', 'rewrite', 'set']);

/** Lists of which the first line that fits decides, and of which a block has its own or none. */
const ACCESS: ReadonlySet<string> = new Set(['allow', 'deny']);

/** True for what comes before nginx has looked at anything else of a request. */
export function isRewriting({ name }: NginxDirective): boolean {
  return OWN_TO_A_LOCATION.has(name);
}

/** Directives of policies by where they stand in a block: what comes first decides first. */
export interface PolicyLines {
  /** Conditions, before an answer of ours. */
  readonly first: readonly NginxDirective[];
  readonly middle: readonly NginxDirective[];
  /** Lists of which the first line that fits decides: what was passed through stands before them. */
  readonly last: readonly NginxDirective[];
}

/**
 * What policies write in a block: what its own ones say and, of those around it that hold here too, what nginx would drop. For a
 * directive that the block has itself it takes nothing from further out, and conditions it takes from no other location.
 *
 * @param own Policies attached to the block.
 * @param around Those that hold around it.
 * @param ours What else the library writes in the block.
 * @param users What was passed through for it, which stands where it says the same.
 */
export function policyLines(
  own: readonly Policy[],
  around: readonly Policy[],
  ours: readonly NginxDirective[],
  users: readonly NginxDirective[],
): PolicyLines {
  const others = [...own.flatMap(({ directives }) => directives), ...ours, ...users];
  const names = others.map(({ name }) => listOf(name));
  const cut = cuttingOff(own, around, new Set(names));
  const present = new Set([...names, ...cut.map(({ name }) => name)]);
  const still = new Set(holding(own, around));
  const again = around
    .filter((policy) => still.has(policy))
    .map((policy) => ({ ...policy, directives: policy.directives.filter(isDropped(policy, present)) }));
  const said = merged([...own, ...again.reverse()]).filter((each) => !isOverridden(each, users));
  const access = said.filter(({ name }) => ACCESS.has(name));
  const empty = cut.filter(({ name }) => !said.some((each) => each.name === name));
  return {
    first: unlessSaid(said.filter(isRewriting), users),
    middle: unlessSaid([...said.filter((each) => !isRewriting(each) && !isLast(each)), ...empty], users),
    last: [...accessLines(access), ...said.filter((each) => isLast(each) && !ACCESS.has(each.name))],
  };
}

/** Conditions that stand in a location for the policies that hold in it: what answers by itself there comes before them. */
export function conditionsIn(
  inside: readonly Policy[],
  users: readonly NginxDirective[],
): readonly NginxDirective[] {
  const conditions = inside.flatMap(({ locationDirectives }) => locationDirectives);
  const answering = conditions.filter(answers);
  return unlessSaid([...answering, ...conditions.filter((each) => !answers(each))], users);
}

/** What is answered comes before what is refused: a browser that asks first uses a method that may be used by nobody else. */
function answers({ block }: NginxDirective): boolean {
  return block?.some(({ name, args }) => name === 'return' && /^[123]/.test(textOf(args[0] ?? ''))) === true;
}

/** What the policies of a frontend need at http level. */
export function policyDeclarations(frontend: Frontend): NginxDirective[] {
  const declared = policiesOf(frontend).flatMap(({ declarations }) => declarations);
  const first = new Map(declared.map((each) => [JSON.stringify(each), each]));
  return [...first.values()];
}

function isLast(each: NginxDirective): boolean {
  return ACCESS.has(each.name) || each.name === 'error_page' || hangsOnOthers(each);
}

/** How long an answer may be kept is said by a variable where nothing has said it before. */
function hangsOnOthers({ name, args }: NginxDirective): boolean {
  return name === 'add_header' && args[0] === 'Cache-Control' && typeof args[1] === 'object';
}

/** `allow` and `deny` are one list to nginx. */
function listOf(name: string): string {
  return name === 'deny' ? 'allow' : name;
}

function isDropped({ level }: Policy, present: ReadonlySet<string>): (each: NginxDirective) => boolean {
  return (each) =>
    isReplaced(each.name) || ACCESS.has(each.name)
      ? present.has(listOf(each.name))
      : level === 'location' && isRewriting(each);
}

/** From the inside out: what is further in stands for what says the same further out, unless that adds up. */
function merged(policies: readonly Policy[]): NginxDirective[] {
  return policies.reduce<NginxDirective[]>((inner, { adds, directives }) => {
    const equal = new Set(inner.map((each) => JSON.stringify(each)));
    const more = directives.filter((each) => ACCESS.has(each.name) || !equal.has(JSON.stringify(each)));
    return [
      ...inner,
      ...(adds
        ? more
        : unlessSaid(
            more,
            inner.filter(({ name }) => !ACCESS.has(name)),
          )),
    ];
  }, []);
}

/** What a block has once is what was passed through for it. */
function isOverridden({ name }: NginxDirective, users: readonly NginxDirective[]): boolean {
  return DIRECTIVES.get(name)?.once === true && !isReplaced(name) && users.some((each) => each.name === name);
}

/** Several lists keep out whom any of them names, and let in whom any of them names. */
function accessLines(lines: readonly NginxDirective[]): NginxDirective[] {
  const isForAll = ({ args }: NginxDirective): boolean => args[0] === 'all';
  const ends = lines.filter(isForAll);
  if (ends.length < 2 && ends[0] === lines.at(-1)) return [...lines];
  const named = lines.filter((each) => !isForAll(each));
  return [
    ...named.filter(({ name }) => name === 'deny'),
    ...named.filter(({ name }) => name === 'allow'),
    ...[ends.find(({ name }) => name === 'deny') ?? ends[0]].flatMap((end) => end ?? []),
  ];
}
