import { ConfigError } from '../errors';
import type { Duration } from '../values/duration';

/**
 * A length of time in seconds, where nginx takes no smaller unit.
 *
 * @throws ConfigError that names the prop, for a fraction of a second.
 */
export function wholeSeconds(prop: string, value: Duration): number {
  const milliseconds = value.toMilliseconds();
  if (milliseconds % 1000 === 0) return milliseconds / 1000;
  throw new ConfigError({
    what: `${prop} of ${String(milliseconds)} ms is no whole number of seconds, and nginx takes nothing smaller there`,
    fix: `give Duration.seconds(${String(Math.ceil(milliseconds / 1000))})`,
    rule: 'NGX-UNITS',
  });
}
