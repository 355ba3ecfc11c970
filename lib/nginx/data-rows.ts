import { shown } from '../errors';
import type { Problem } from '../errors';
import type { NginxDirective } from './directive';
import { isNetwork, isRange } from './networks';
import { wordsOf } from './words';

/** What nginx would refuse about the rows of a block of data. Each form was tried on nginx 1.22.1. */
export function rowProblems({ name, block: rows = [] }: NginxDirective): Problem[] {
  if (name === 'map') return mapProblems(rows);
  if (name === 'geo') return geoProblems(rows);
  return name === 'split_clients' ? splitProblems(rows) : [];
}

const MAP_WORDS: ReadonlySet<string> = new Set(['hostnames', 'volatile']);

function mapProblems(rows: readonly NginxDirective[]): Problem[] {
  const counts = rows.filter(({ name }) => !MAP_WORDS.has(name) && name !== 'include');
  const seen = new Set<string>();
  const again = counts.filter(({ name }) => {
    const key = keyOf(name);
    const isThere = seen.has(key);
    seen.add(key);
    return isThere && !name.startsWith('~');
  });
  return [
    ...uneven('map', counts),
    ...again.map(({ name }) => ({
      what: `'map' has two rows for ${shown(name)}: keys are compared without regard to case`,
      fix: `leave one of them out, or write its key as a regular expression, such as ${shown(`~^${name}$`)}`,
      rule: 'NGX-MAP-KEY',
    })),
  ];
}

/** As nginx compares it: a backslash in front only says that the word is a key. */
function keyOf(name: string): string {
  return name === 'default' ? '' : name.toLowerCase().replace(/^\\/, '');
}

/** Rows that are a key and a value and nothing else. */
function uneven(block: string, rows: readonly NginxDirective[]): Problem[] {
  return rows
    .filter(({ args }) => args.length !== 1)
    .map((row) => ({
      what: `a row of '${block}' is ${shown([row.name, ...wordsOf(row)].join(' '))}`,
      fix: 'write a key and one value, such as Directive.of(key, [value])',
    }));
}

/** What stands for a key of a `geo` and is none. */
const GEO_WORDS: ReadonlySet<string> = new Set(['default', 'include', 'proxy_recursive', 'ranges']);

function geoProblems(rows: readonly NginxDirective[]): Problem[] {
  const byRange = rows.some(({ name }) => name === 'ranges');
  const keyed = rows.filter(
    ({ name }) => name !== 'include' && name !== 'proxy_recursive' && name !== 'ranges',
  );
  const keys = keyed.filter(({ name }) => !GEO_WORDS.has(name)).map((row) => networkOf(row, byRange));
  const wrong = keys.filter(({ text, isOne }) => !isOne(text));
  return [
    ...uneven('geo', keyed),
    ...wrong.map(({ text, isOne }) => ({
      what: `a row of 'geo' is for ${shown(text)}, which is no ${isOne === isRange ? 'range' : 'network'}`,
      fix:
        isOne === isRange
          ? "write two addresses, the smaller one first, such as '10.0.0.0-10.0.0.255'"
          : "write an address or a network, such as '10.0.0.0/8'; ranges want the row 'ranges' before them",
      rule: 'NGX-UNITS',
    })),
  ];
}

/** `delete` and `proxy` have the network as their value; that of a proxy is one even among ranges. */
function networkOf(row: NginxDirective, byRange: boolean) {
  const [first = ''] = wordsOf(row);
  const text = row.name === 'delete' || row.name === 'proxy' ? first : row.name;
  return { text, isOne: byRange && row.name !== 'proxy' ? isRange : isNetwork };
}

function splitProblems(rows: readonly NginxDirective[]): Problem[] {
  const shares = rows.map(({ name }) => name);
  const wrong = shares.filter((share) => share !== '*' && !isShare(share));
  const sum = shares.filter(isShare).reduce((all, share) => all + hundredths(share), 0);
  return [
    ...wrong.map((share) => ({
      what: `a row of 'split_clients' is for ${shown(share)}`,
      fix: "write a share with at most two decimals, such as '0.5%', or '*' for the rest",
      rule: 'NGX-UNITS',
    })),
    ...(sum > 10_000
      ? [
          {
            what: `the rows of 'split_clients' are for ${String(sum / 100)}% of the requests`,
            fix: "give shares of 100% together at most, and '*' for the rest",
            rule: 'NGX-UNITS',
          },
        ]
      : []),
  ];
}

function isShare(text: string): boolean {
  return /^\d+(?:\.\d{1,2})?%$/.test(text) && hundredths(text) > 0;
}

function hundredths(share: string): number {
  return Math.round(Number(share.slice(0, -1)) * 100);
}
