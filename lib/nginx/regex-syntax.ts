import type { Problem } from '../errors';

/** What PCRE would not compile, and where: characters are counted from 0. */
export interface RegexMistake {
  /** Why it is none, in words that follow `is not a regular expression: `. */
  readonly why: string;
  readonly position: number;
}

/**
 * What is wrong with a pattern whatever release of PCRE reads it: a parenthesis or a bracket without its other half, a quantifier with
 * nothing before it or with its numbers in the wrong order, a range in the wrong order, a reference to no group, a backslash at the
 * end, two groups of one name. Everything else is left to nginx, and so is a pattern with syntax that is not known here: no pattern that nginx takes is refused.
 *
 * Tried with the patterns of `test/nginx/regex-syntax.test.ts` on the real nginx, which has PCRE2 10.42.
 */
export function regexMistake(pattern: string): RegexMistake | undefined {
  const state = begun(pattern);
  const outcome = readAll(state);
  if (outcome === 'unknown') return undefined;
  return outcome ?? unclosed(state) ?? strayReference(state) ?? doubledName(state);
}

/** The groups of a pattern that have a name; none where its syntax is not known here. */
export function namedGroups(pattern: string): readonly NamedGroup[] {
  const state = begun(pattern);
  return readAll(state) === undefined ? state.names : [];
}

/** Where a group with a name begins. */
export interface NamedGroup {
  readonly name: string;
  readonly position: number;
}

function begun(pattern: string): State {
  return { pattern, at: 0, before: 'nothing', open: [], groups: 0, names: [], references: [] };
}

function readAll(state: State): Outcome {
  while (state.at < state.pattern.length) {
    const token = TOKENS.find(({ form }) => matchAt(form, state) !== undefined);
    const text = token === undefined ? undefined : matchAt(token.form, state);
    if (token === undefined || text === undefined) return 'unknown';
    const outcome = token.read(state, text);
    if (outcome !== undefined) return outcome;
    // A set has been read up to the bracket that ends it.
    state.at += text.length;
  }
  return undefined;
}

/**
 * A mistake as a finding tells it.
 *
 * @param where What the pattern is, with the pattern itself.
 */
export function toldMistake(where: string, { why, position }: RegexMistake): Problem {
  return {
    what: `${where} is not a regular expression: ${why}, at position ${String(position)}`,
    fix: 'close what is open, and escape what is meant literally',
    rule: 'NGX-REGEX-QUOTE',
  };
}

/** What stands before the place that is read, as far as a quantifier minds. */
type Before = 'nothing' | 'item' | 'quantifier';

interface State {
  readonly pattern: string;
  at: number;
  before: Before;
  /** Positions of the parentheses that are open. */
  readonly open: number[];
  groups: number;
  readonly names: NamedGroup[];
  readonly references: { readonly text: string; readonly position: number }[];
}

/** Nothing, a mistake, or that the rest cannot be told. */
type Outcome = RegexMistake | 'unknown' | undefined;

interface Token {
  /** How it looks, from the place that is read. */
  readonly form: RegExp;
  readonly read: (state: State, text: string) => Outcome;
}

function matchAt(form: RegExp, { pattern, at }: State): string | undefined {
  form.lastIndex = at;
  return form.exec(pattern)?.[0];
}

const becomes =
  (before: Before) =>
  (state: State): undefined => {
    state.before = before;
  };
const unchanged = (): undefined => undefined;
const unknown = (): 'unknown' => 'unknown';
const mistake =
  (why: string) =>
  ({ at }: State): RegexMistake => ({ why, position: at });

/** The tokens of a pattern; the first one that fits is the one that stands there. */
const TOKENS: readonly Token[] = [
  { form: /\\Q(?:\\E|$)|\\E/y, read: unchanged },
  { form: /\\Q[^]*?(?:\\E|$)/y, read: becomes('item') },
  { form: /\\$/y, read: mistake('it ends with a backslash') },
  {
    form: /\\[uULlF]/y,
    read: ({ at }, text) => ({ why: `PCRE has no ${text}`, position: at }),
  },
  { form: /\\[1-9](?!\d)/y, read: reference },
  { form: /\\(?:[xopPNgk]\{[^}]*\}|[gk]<[^>]*>|[gk]'[^']*'|c[^]|[^])/y, read: becomes('item') },
  { form: /\(\?#[^)]*\)/y, read: unchanged },
  { form: /\(\?#/y, read: mistake("the comment '(?#' is never closed") },
  // Spaces and comments of the extended syntax may hide anything.
  { form: /\(\?\^?[a-wyzA-Z]*x[a-zA-Z]*(?:-[a-zA-Z]*)?[:)]/y, read: unknown },
  { form: /\(\?C(?:\d*|([`'"^%#$])(?:(?!\1)[^]|\1\1)*\1|\{(?:[^}]|\}\})*\})\)/y, read: unchanged },
  { form: /\(\?(?:R|[+-]?\d+|&\w+|P[>=]\w+)\)/y, read: becomes('item') },
  { form: /\(\?\^?[a-zA-Z]*(?:-[a-zA-Z]*)?\)/y, read: becomes('item') },
  { form: /\(\*(?:[A-Z][A-Z0-9_]*(?:[:=][^)]*)?|:[^)]*)\)/y, read: becomes('item') },
  { form: /\(\?(?:P?<(?![=!*])[^>)]*>|'[^')]*')/y, read: capturing },
  {
    form: /\(\?(?:\^?[a-zA-Z]*(?:-[a-zA-Z]*)?:|[|>=!*]|<[=!*]|\((?![?*])[^()]*\)|(?=\(|$))|\(\*[a-z_]+:/y,
    read: opening,
  },
  {
    form: /\(\?(?=[\].{}\\?])/y,
    read: ({ pattern, at }) => ({ why: `there is no group '${pattern.slice(at, at + 3)}'`, position: at }),
  },
  { form: /\(\?/y, read: unknown },
  { form: /\(/y, read: capturing },
  { form: /\)/y, read: closing },
  { form: /\[/y, read: set },
  { form: /(?:[*+?]|\{\d+(?:,\d*)?\})[+?]?/y, read: quantifier },
  { form: /\|/y, read: becomes('nothing') },
  { form: /[^]/y, read: becomes('item') },
];

function opening(state: State): undefined {
  state.open.push(state.at);
  state.before = 'nothing';
}

function capturing(state: State, text: string): undefined {
  const [, name] = /[<'](\w+)/.exec(text) ?? [];
  if (name !== undefined) state.names.push({ name, position: state.at });
  state.groups++;
  opening(state);
}

function closing(state: State): Outcome {
  if (state.open.pop() === undefined) return { why: "a ')' closes nothing", position: state.at };
  state.before = 'item';
  return undefined;
}

function reference(state: State, text: string): undefined {
  state.references.push({ text, position: state.at });
  state.before = 'item';
}

function quantifier(state: State, text: string): Outcome {
  const position = state.at;
  if (state.before !== 'item') return { why: `there is nothing that '${text}' could repeat`, position };
  const [, least, most] = /^\{(\d+),(\d+)\}/.exec(text) ?? [];
  if (least !== undefined && Number(least) > Number(most)) {
    return { why: `the numbers of '${text}' are in the wrong order`, position };
  }
  state.before = 'quantifier';
  return undefined;
}

/** A member of a set: a named class, a quoted text, an escape, or a character. */
const MEMBER = /\[:\^?\w+:\]|\\Q[^]*?(?:\\E|$)|\\c[^]|\\[^]|[^\]\\]/y;

/** Reads a set up to its end, since nothing in it is a parenthesis. */
function set(state: State): Outcome {
  const position = state.at;
  const head = matchAt(/\[\^?\]?/y, state) ?? '';
  state.at += head.length;
  if (/^\\[EQ]/.test(state.pattern.slice(state.at))) return 'unknown';
  // A `]` that comes first is a member.
  const members = head.endsWith(']') ? [']', ...membersFrom(state)] : membersFrom(state);
  if (state.at >= state.pattern.length) return { why: "a '[' is never closed", position };
  const range = reversedRange(members);
  if (range !== undefined) return { why: `the range ${range} is in the wrong order`, position };
  state.before = 'item';
  return undefined;
}

/** The members of a set, up to the bracket that ends it. */
function membersFrom(state: State): string[] {
  const members: string[] = [];
  for (let member = matchAt(MEMBER, state); member !== undefined; member = matchAt(MEMBER, state)) {
    members.push(member);
    state.at += member.length;
  }
  return members;
}

/** A range of two plain letters or digits from the greater to the smaller one. */
function reversedRange(members: readonly string[]): string | undefined {
  for (let index = 0; index + 2 < members.length; index++) {
    if (members[index + 1] !== '-') continue;
    const [from = '', to = ''] = [members[index], members[index + 2]];
    if (/^\w$/.test(from) && /^\w$/.test(to) && from > to) return `${from}-${to}`;
    index += 2;
  }
  return undefined;
}

function unclosed({ open }: State): RegexMistake | undefined {
  const position = open.at(-1);
  return position === undefined ? undefined : { why: "a '(' is never closed", position };
}

function strayReference({ references, groups }: State): RegexMistake | undefined {
  const stray = references.find(({ text }) => Number(text.slice(1)) > groups);
  if (stray === undefined) return undefined;
  return { why: `${stray.text} refers to a group that is not there`, position: stray.position };
}

/** With `(?J)` two groups may have one name, and so may those of the branches of `(?|`. */
function doubledName({ names, pattern }: State): RegexMistake | undefined {
  if (/\(\?(?:\||\^?[a-zA-Z]*J)/.test(pattern)) return undefined;
  const doubled = names.find(({ name }, at) => names.slice(0, at).some((other) => other.name === name));
  if (doubled === undefined) return undefined;
  return { why: `two groups are called ${doubled.name}`, position: doubled.position };
}
