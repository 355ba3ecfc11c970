/** Units of a time that nginx reads in seconds, from the greatest to the least. */
export const SECONDS = ['y', 'M', 'w', 'd', 'h', 'm', 's'] as const;

/** True for a time in these units. Source: `ngx_parse_time`. */
export function isTime(value: string, units: readonly string[]): boolean {
  const pattern = units.map((unit) => `(?:\\d{1,12}${unit} *)?`).join('');
  return new RegExp(`^(?=\\d)${pattern}(?:\\d{1,12} *)?$`).test(value);
}

const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['y', 31_536_000],
  ['M', 2_592_000],
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
]);

/** Seconds of such a time. */
export function secondsOf(time: string): number {
  return [...time.matchAll(/(\d+)([yMwdhms]?)/g)].reduce(
    (sum, [, amount, unit = '']) => sum + Number(amount) * (LENGTHS.get(unit) ?? 1),
    0,
  );
}
