import type { Problem } from '../errors';
import { shown } from '../errors';
import type { NginxDirective } from './directive';
import type { DirectiveUse } from './directive-facts';

interface ValueKind {
  readonly pattern: RegExp;
  readonly allowed: string;
}

/** Kinds of a single value that nginx's parsers accept in one form only (ngx_parse.c; each refusal seen). */
const KINDS: Readonly<Record<string, ValueKind>> = {
  flag: { pattern: /^(on|off)$/i, allowed: "'on' or 'off'" },
  number: { pattern: /^\d+$/, allowed: 'a whole number' },
  size: {
    pattern: /^\d+[kKmM]?$/,
    allowed: "a whole number with 'k' or 'm' or nothing behind it, such as '16k'",
  },
  offset: {
    pattern: /^\d+[kKmMgG]?$/,
    allowed: "a whole number with 'k', 'm', 'g' or nothing behind it, such as '75m'",
  },
  'time-ms': { pattern: /^(\d+(ms|[smhdwMy])? *)+$/, allowed: "a time such as '30s', '500ms' or '1h 30m'" },
  'time-s': { pattern: /^(\d+[smhdwMy]? *)+$/, allowed: "a time such as '30s' or '1h 30m'" },
};

/** What is wrong with the value of a directive, where nginx knows a closed form for it and it holds no variable. */
export function valueProblem(node: NginxDirective, uses: readonly DirectiveUse[]): Problem | undefined {
  const [value] = node.args;
  if (node.args.length !== 1 || typeof value !== 'string') return undefined;
  if (uses.some((use) => accepts(use, value))) return undefined;
  return {
    what: `${node.name} ${shown(value)} is not a value that nginx takes`,
    fix: `give it ${[...new Set(uses.map(allowedBy))].join(', or ')}`,
    rule: 'NGX-UNITS',
  };
}

function accepts(use: DirectiveUse, value: string): boolean {
  if (use.kind === 'enum') return use.values?.includes(value) ?? true;
  const kind = KINDS[use.kind ?? ''];
  return kind?.pattern.test(value) ?? true;
}

function allowedBy(use: DirectiveUse): string {
  if (use.kind === 'enum') return (use.values ?? []).map(shown).join(', ');
  return KINDS[use.kind ?? '']?.allowed ?? 'another value';
}
