import type { Problem } from '../errors';
import { shown } from '../errors';
import { nearest } from '../nearest';
import { isAtLeast, newerNeeded } from '../server-version';
import { readDef } from './python-def';
import type { GunicornFile, GunicornHook, GunicornSetting } from './setting';
import type { SettingFacts } from './setting-facts';
import { REMOVED, SETTINGS, TABLE_VERSION } from './setting-table';
import { valueMistake } from './value-kinds';
import { valueReleaseProblem } from './value-releases';

/** Everything that gunicorn of this version would refuse or, worse, skip without a word. */
export function settingProblems(file: GunicornFile, version: string): Problem[] {
  return [
    ...file.settings.flatMap((row) => settingProblem(row, version) ?? []),
    ...file.hooks.flatMap((hook) => hookProblem(hook, version) ?? []),
    ...repeatProblems([...file.settings, ...file.hooks].map(({ name }) => name)),
  ];
}

/**
 * What is wrong with one assignment.
 *
 * @param row The assignment.
 * @param version Release of gunicorn that reads it.
 * @param label What the user calls the setting, such as the name of a prop.
 */
export function settingProblem(
  { name, value }: GunicornSetting,
  version: string,
  label: string = name,
): Problem | undefined {
  const facts = factsOf(name);
  if (facts === undefined) return unknownProblem(name, version);
  // A run mode that is off is what a server does anyway.
  if (facts.notInFile !== undefined && value !== false) {
    return {
      what: `${label} is not a setting of the config file: ${facts.notInFile}`,
      fix: 'remove it',
      rule: 'GUN-UNKNOWN',
    };
  }
  const early = releaseProblem(label, facts, version) ?? valueReleaseProblem(name, value, version, label);
  if (early !== undefined) return early;
  const mistake = valueMistake(name, value, facts, version);
  if (mistake === undefined) return undefined;
  return {
    what: `${label} ${shown(value)} ${mistake.what}`,
    fix: `give it ${mistake.allowed}`,
    rule: mistake.rule ?? 'GUN-UNKNOWN',
  };
}

function factsOf(name: string): SettingFacts | undefined {
  return Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
}

/** A release newer than the table may know more names than it; none of them are those that are gone. */
function unknownProblem(name: string, version: string): Problem | undefined {
  const gone = REMOVED.find((removed) => removed.name === name);
  if (gone !== undefined) {
    const fix =
      gone.replacement === null ? 'remove it: gunicorn skips it without a word' : `use ${gone.replacement}`;
    return {
      what: `gunicorn has no setting ${shown(name)} since ${gone.lastSeen}`,
      fix,
      rule: 'GUN-REMOVED',
    };
  }
  if (version !== TABLE_VERSION && isAtLeast(version, TABLE_VERSION)) return undefined;
  const meant = nearest(name, Object.keys(SETTINGS));
  const fix =
    meant === undefined ? "look it up in gunicorn's list of settings" : `did you mean ${shown(meant)}?`;
  return { what: `gunicorn has no setting ${shown(name)}`, fix, rule: 'GUN-UNKNOWN' };
}

function releaseProblem(label: string, facts: SettingFacts, version: string): Problem | undefined {
  if (isAtLeast(version, facts.since)) return undefined;
  const { what, fix } = newerNeeded('gunicorn', facts.since, version);
  return {
    what: `${label} ${what}`,
    fix: `${fix}, or remove it`,
    rule: 'GUN-VERSION',
  };
}

/**
 * What is wrong with one hook: a name that gunicorn does not call, another number of arguments, a release that has none.
 *
 * @param hook The hook, as Python text.
 * @param version Release of gunicorn that calls it.
 * @param label What the user calls it, such as the name of a prop.
 */
export function hookProblem(
  { name, text }: GunicornHook,
  version: string,
  label: string = `the hook ${name}`,
): Problem | undefined {
  const facts = factsOf(name);
  if (facts?.kind !== 'hook') return unknownProblem(name, version);
  const count = readDef(text)?.positional ?? 0;
  const allowed = facts.arity ?? [];
  if (!allowed.includes(count)) {
    return {
      what: `${label} takes ${String(count)} arguments, and gunicorn calls it with ${allowed.join(' or ')}`,
      fix: `give it ${allowed.join(' or ')}`,
      rule: 'GUN-HOOK-ARITY',
    };
  }
  return releaseProblem(label, facts, version);
}

function repeatProblems(names: readonly string[]): Problem[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => ({
    what: `${name} is given twice, and gunicorn takes the last one`,
    fix: 'give it once; where a prop sets it, use the prop',
    rule: 'GUN-UNKNOWN',
  }));
}
