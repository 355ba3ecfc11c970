import { formatMistake } from './log-format';
import { peerMistake } from './networks';
import type { PythonValue } from './setting';
import type { SettingFacts } from './setting-facts';

/** A value that gunicorn would refuse, or take for another one. */
export interface ValueMistake {
  /** What is wrong with it; the value is shown before these words. */
  readonly what: string;
  /** What to give instead. */
  readonly allowed: string;
  readonly rule?: string;
}

/** What is wrong with a value of a kind of setting, going by gunicorn's validators (config.py). */
export function valueMistake(
  name: string,
  value: PythonValue,
  facts: SettingFacts,
  version: string,
): ValueMistake | undefined {
  if (name === 'access_log_format' && typeof value === 'string') return logFormatMistake(value);
  if (facts.kind === 'cidr-csv') return peersMistake(value, version);
  const allowed = refusedFor(value, facts);
  return allowed === undefined ? undefined : { what: 'is not a value that gunicorn takes', allowed };
}

function logFormatMistake(format: string): ValueMistake | undefined {
  const mistake = formatMistake(format);
  if (mistake === undefined) return undefined;
  return {
    what: `has ${mistake}, which is a traceback for every request`,
    allowed: "atoms as text, such as %(h)s, and '%%' for a percent sign",
    rule: 'GUN-ALF',
  };
}

function peersMistake(value: PythonValue, version: string): ValueMistake | undefined {
  const allowed = "'*', addresses or networks separated by commas, such as '10.0.0.0/8'";
  if (typeof value !== 'string') return { what: 'is not a value that gunicorn takes', allowed };
  for (const entry of value.split(',').map((part) => part.trim())) {
    const mistake = peerMistake(entry, version);
    if (mistake !== undefined) {
      const what = `is not a value that gunicorn takes: ${JSON.stringify(entry)} ${mistake}`;
      return { what, allowed, rule: 'GUN-FWD-FORMAT' };
    }
  }
  return undefined;
}

function refusedFor(value: PythonValue, facts: SettingFacts): string | undefined {
  const { values, range, kind } = facts;
  if (kind === 'enum-csv') return isListOf(value, values ?? []) ? undefined : listed(values);
  if (values !== undefined && kind !== 'class-or-string') {
    // proxy_protocol is a flag too, in every release.
    const isFlag = typeof value === 'boolean' && values.includes('off');
    return isFlag || (typeof value === 'string' && values.includes(value)) ? undefined : listed(values);
  }
  if (kind === 'int-range') {
    const [least = 0, most = Number.MAX_SAFE_INTEGER] = range ?? [];
    const isWithin = typeof value === 'number' && isCount(value) && value >= least && value <= most;
    return isWithin ? undefined : `a whole number from ${String(least)} to ${String(most)}`;
  }
  const known = KINDS[kind];
  return known === undefined || known.accepts(value) ? undefined : known.allowed;
}

function listed(values: readonly string[] = []): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}

function isListOf(value: PythonValue, values: readonly string[]): boolean {
  if (typeof value !== 'string') return false;
  const parts = value.split(',').map((part) => part.trim());
  return parts.every((part) => values.includes(part)) && new Set(parts).size === parts.length;
}

interface ValueKind {
  readonly accepts: (value: PythonValue) => boolean;
  readonly allowed: string;
}

const holds = (value: PythonValue, member: string): boolean =>
  value !== null && typeof value === 'object' && member in value;
const isText = (value: PythonValue): boolean => typeof value === 'string' || holds(value, 'before');
const isCount = (value: PythonValue): boolean =>
  (typeof value === 'number' && Number.isInteger(value) && value >= 0) || holds(value, 'octal');
const isTexts = (value: PythonValue): boolean =>
  isText(value) || (Array.isArray(value) && value.every(isText));

const KINDS: Readonly<Record<string, ValueKind>> = {
  bool: { accepts: (value) => typeof value === 'boolean' || value === null, allowed: 'true or false' },
  uint: { accepts: isCount, allowed: 'a whole number from 0' },
  dict: { accepts: (value) => holds(value, 'dict'), allowed: 'a map' },
  csv: { accepts: (value) => typeof value === 'string', allowed: 'names separated by commas' },
  'string?': { accepts: (value) => value === null || isText(value), allowed: 'text' },
  'string[]': { accepts: isTexts, allowed: 'text or a list of texts' },
  'file-or-glob[]': { accepts: isTexts, allowed: 'a list of files' },
  'class-or-string': { accepts: isText, allowed: 'the name of a class' },
  'existing-dir': { accepts: isText, allowed: 'a directory' },
  'statsd-address': {
    accepts: (value) => value === null || (typeof value === 'string' && /^(unix:\/\/.+|.+:\d+)$/.test(value)),
    allowed: "'host:port' or 'unix://path'",
  },
};
