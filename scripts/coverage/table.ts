import type { Decision } from '../../lib/topology/decision';

/** One line of a server's configuration, and what the library does with it. */
export interface Decided {
  readonly name: string;
  /** What the second column says of it: the release that brought it, or its chapter. */
  readonly aside: string;
  readonly decision: Decision;
}

const LABELS: Readonly<Record<Decision['by'], string>> = {
  prop: 'with a prop',
  settled: 'settled by the construct',
  refused: 'refused',
  'pass-through': 'passed through',
};

/** How many there are of each decision, such as `99 with a prop, 7 settled by the construct`. */
export function counts(all: readonly Decided[]): string {
  return (['prop', 'settled', 'refused', 'pass-through'] as const)
    .map((by) => ({ by, count: all.filter(({ decision }) => decision.by === by).length }))
    .filter(({ count }) => count > 0)
    .map(({ by, count }) => `${String(count)} ${LABELS[by]}`)
    .join(', ');
}

/** A table with a row for each: the prop, or what to do instead, and why. */
export function decisionTable(
  kind: string,
  aside: string,
  passThrough: string,
  all: readonly Decided[],
): string[] {
  return [
    `| ${kind} | ${aside} | decision | what to give | why |`,
    '| --- | --- | --- | --- | --- |',
    ...all.map(
      ({ name, aside: second, decision }) =>
        `| ${[`\`${name}\``, second, decision.by, ...reason(decision, passThrough)].map(escaped).join(' | ')} |`,
    ),
  ];
}

function reason(decision: Decision, passThrough: string): [string, string] {
  switch (decision.by) {
    case 'prop':
      return [`\`${decision.prop}\``, ''];
    case 'pass-through':
      return [`\`${passThrough}\``, decision.why];
    default:
      return [
        decision.fix,
        decision.rule === undefined ? decision.why : `${decision.why} (${decision.rule})`,
      ];
  }
}

/** A bar would end the cell. */
function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
