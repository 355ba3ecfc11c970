import type { Problem } from '../errors';
import { shown } from '../errors';
import { nearest } from '../nearest';
import { isAtLeast, newerNeeded } from '../server-version';
import type { UwsgiOption } from './option';
import { placeholderName } from './option';
import type { OptionFacts } from './option-facts';
import { OPTIONS } from './option-table';

const BOOLEANS: ReadonlySet<string> = new Set(['true', 'false', 'on', 'off', 'yes', 'no', '1', '0']);

/** Everything that uWSGI of this version would refuse or, worse, take for something else. */
export function optionProblems(options: readonly UwsgiOption[], version: string): Problem[] {
  const declared = new Set(options.flatMap((line) => placeholderName(line) ?? []));
  const problems = options
    .filter((line) => !declared.has(line.name))
    .flatMap((line) => ownProblem(line, version) ?? []);
  return [...problems, ...repeatProblems(options)];
}

function ownProblem(line: UwsgiOption, version: string): Problem | undefined {
  const facts = Object.hasOwn(OPTIONS, line.name) ? OPTIONS[line.name] : undefined;
  if (facts === undefined) {
    const meant = nearest(line.name, Object.keys(OPTIONS));
    const fix =
      meant === undefined ? 'look it up in the list of options of uWSGI' : `did you mean ${shown(meant)}?`;
    return { what: `uWSGI has no option ${shown(line.name)}`, fix, rule: 'UWS-STRICT' };
  }
  return releaseProblem(line.name, facts, version) ?? valueProblem(line, facts);
}

function releaseProblem(name: string, facts: OptionFacts, version: string): Problem | undefined {
  const { since } = facts;
  if (since === undefined || isAtLeast(version, since)) return undefined;
  const { what, fix } = newerNeeded('uWSGI', since, version);
  return {
    what: `${name} ${what}`,
    fix: `${fix}, or remove it`,
    rule: 'UWS-STRICT',
  };
}

function valueProblem({ name, value }: UwsgiOption, facts: OptionFacts): Problem | undefined {
  if (typeof value !== 'string') return undefined;
  if (value === '' && facts.argument === 'required') {
    return { what: `${name} has no value`, fix: 'give it one', rule: 'UWS-STRICT' };
  }
  const kind = VALUE_KINDS[facts.kind];
  if (kind === undefined || kind.accepts(value)) return undefined;
  return {
    what: `${name} ${shown(value)} is not a value that uWSGI takes`,
    fix: `give it ${kind.allowed}`,
    rule: kind.rule,
  };
}

interface ValueKind {
  readonly accepts: (value: string) => boolean;
  readonly allowed: string;
  readonly rule: string;
}

const whole = (value: string): boolean => /^\d+$/.test(value);

/** Kinds whose parser turns anything unexpected into something else without a word (`abc` is 0, `disabled` is true). */
const VALUE_KINDS: Readonly<Record<string, ValueKind>> = {
  bool: { accepts: (value) => BOOLEANS.has(value), allowed: "'true' or 'false'", rule: 'UWS-BOOL' },
  uint: { accepts: whole, allowed: 'a whole number without a unit', rule: 'UWS-INT' },
  uint64: { accepts: whole, allowed: 'a whole number without a unit', rule: 'UWS-INT' },
  megabytes: { accepts: whole, allowed: 'a whole number of megabytes', rule: 'UWS-INT' },
  uint16: {
    accepts: (value) => whole(value) && Number(value) <= 65_535,
    allowed: 'a whole number up to 65535',
    rule: 'UWS-BUFFER-MAX',
  },
  'octal-3-digits': {
    accepts: (value) => /^[0-7]{3}$/.test(value),
    allowed: 'exactly three octal digits',
    rule: 'UWS-CHMOD',
  },
};

function repeatProblems(options: readonly UwsgiOption[]): Problem[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of options) {
    if (seen.has(name) && Object.hasOwn(OPTIONS, name) && OPTIONS[name]?.repeatable !== true) {
      repeated.add(name);
    }
    seen.add(name);
  }
  return [...repeated].map((name) => ({
    what: `${name} is given twice, and uWSGI takes the last one`,
    fix: 'give it once; where a prop sets it, use the prop',
    rule: 'UWS-STRICT',
  }));
}
