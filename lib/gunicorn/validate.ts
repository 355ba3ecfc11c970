import { isIP } from 'node:net';
import type { Problem } from '../errors';
import { shown } from '../errors';
import { nearest } from '../nearest';
import { isAtLeast } from '../server-version';
import type { GunicornFile, GunicornHook, GunicornSetting, PythonValue } from './setting';
import type { SettingFacts } from './setting-facts';
import { REMOVED, SETTINGS } from './setting-table';

/** Values that came, or went, with a release of their own. */
const VALUE_RELEASES: readonly {
  readonly name: string;
  readonly value: string;
  readonly since?: string;
  readonly until?: string;
}[] = [
  { name: 'worker_class', value: 'asgi', since: '24.0.0' },
  { name: 'worker_class', value: 'eventlet', until: '26.0.0' },
];

/** Everything that gunicorn of this version would refuse or, worse, skip without a word. */
export function settingProblems(file: GunicornFile, version: string): Problem[] {
  return [
    ...file.settings.flatMap((row) => ownProblem(row, version) ?? []),
    ...file.hooks.flatMap((hook) => hookProblem(hook, version) ?? []),
    ...repeatProblems([...file.settings, ...file.hooks].map(({ name }) => name)),
  ];
}

function ownProblem({ name, value }: GunicornSetting, version: string): Problem | undefined {
  const facts = factsOf(name);
  if (facts === undefined) return unknownProblem(name);
  // A run mode that is off is what a server does anyway.
  if (facts.notInFile !== undefined && value !== false) {
    return {
      what: `${name} is not a setting of the config file: ${facts.notInFile}`,
      fix: 'remove it',
      rule: 'GUN-UNKNOWN',
    };
  }
  return (
    releaseProblem(name, facts, version) ??
    valueReleaseProblem(name, value, version) ??
    valueProblem(name, value, facts)
  );
}

function factsOf(name: string): SettingFacts | undefined {
  return Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
}

function unknownProblem(name: string): Problem {
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
  const meant = nearest(name, Object.keys(SETTINGS));
  const fix =
    meant === undefined ? "look it up in gunicorn's list of settings" : `did you mean ${shown(meant)}?`;
  return { what: `gunicorn has no setting ${shown(name)}`, fix, rule: 'GUN-UNKNOWN' };
}

function releaseProblem(name: string, facts: SettingFacts, version: string): Problem | undefined {
  if (isAtLeast(version, facts.since)) return undefined;
  return {
    what: `${name} needs gunicorn ${facts.since}, and this application declares ${version}`,
    fix: `run gunicorn ${facts.since} or newer, or remove it`,
    rule: 'GUN-VERSION',
  };
}

function valueReleaseProblem(name: string, value: PythonValue, version: string): Problem | undefined {
  const row = VALUE_RELEASES.find((candidate) => candidate.name === name && candidate.value === value);
  if (row?.since !== undefined && !isAtLeast(version, row.since)) {
    return {
      what: `${name} ${shown(value)} needs gunicorn ${row.since}, and this application declares ${version}`,
      fix: `run gunicorn ${row.since} or newer`,
      rule: 'GUN-VERSION',
    };
  }
  if (row?.until !== undefined && isAtLeast(version, row.until)) {
    return {
      what: `${name} ${shown(value)} is gone since gunicorn ${row.until}`,
      fix: 'use gevent',
      rule: 'GUN-VERSION',
    };
  }
  return undefined;
}

function valueProblem(name: string, value: PythonValue, facts: SettingFacts): Problem | undefined {
  const open = facts.kind === 'class-or-string';
  const isChoice = typeof value === 'string' && facts.values?.includes(value) === true;
  if (facts.values !== undefined && !open && !isChoice) {
    return wrongValue(name, value, facts.values.map(shown).join(', '));
  }
  const kind = KINDS[facts.kind];
  return kind === undefined || kind.accepts(value) ? undefined : wrongValue(name, value, kind.allowed);
}

function wrongValue(name: string, value: PythonValue, allowed: string): Problem {
  return {
    what: `${name} ${shown(value)} is not a value that gunicorn takes`,
    fix: `give it ${allowed}`,
    rule: 'GUN-UNKNOWN',
  };
}

interface ValueKind {
  readonly accepts: (value: PythonValue) => boolean;
  readonly allowed: string;
}

const isMode = (value: PythonValue): boolean =>
  value !== null && typeof value === 'object' && 'octal' in value;
const isText = (value: PythonValue): boolean =>
  typeof value === 'string' || (value !== null && typeof value === 'object' && 'before' in value);
const isCount = (value: PythonValue): boolean =>
  (typeof value === 'number' && Number.isInteger(value) && value >= 0) || isMode(value);

/** What gunicorn's validators take, by kind (config.py); a network with host bits stops the start from 23.0. */
const KINDS: Readonly<Record<string, ValueKind>> = {
  bool: { accepts: (value) => typeof value === 'boolean', allowed: 'true or false' },
  uint: { accepts: isCount, allowed: 'a whole number from 0' },
  'string?': { accepts: (value) => value === null || isText(value), allowed: 'text' },
  'string[]': {
    accepts: (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
    allowed: 'text or a list of texts',
  },
  'cidr-csv': {
    accepts: isNetworkList,
    allowed: "'*', addresses or networks separated by commas, such as '10.0.0.0/8'",
  },
};

function isNetworkList(value: PythonValue): boolean {
  if (typeof value !== 'string') return false;
  return value === '*' || value.split(',').every((part) => isIP(part.trim().split('/')[0] ?? '') !== 0);
}

function hookProblem({ name, text }: GunicornHook, version: string): Problem | undefined {
  const facts = factsOf(name);
  if (facts?.kind !== 'hook') return unknownProblem(name);
  const parameters =
    /^def \w+\(([^)]*)\)/
      .exec(text)?.[1]
      ?.split(',')
      .filter((part) => part.trim() !== '') ?? [];
  const allowed = facts.arity ?? [];
  if (!allowed.includes(parameters.length)) {
    return {
      what: `the hook ${name} takes ${String(parameters.length)} arguments, and gunicorn calls it with ${allowed.join(' or ')}`,
      fix: `give it ${allowed.join(' or ')}`,
      rule: 'GUN-HOOK-ARITY',
    };
  }
  return releaseProblem(name, facts, version);
}

function repeatProblems(names: readonly string[]): Problem[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => ({
    what: `${name} is given twice, and gunicorn takes the last one`,
    fix: 'give it once; where a prop sets it, use the prop',
    rule: 'GUN-UNKNOWN',
  }));
}
