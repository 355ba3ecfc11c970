import { partsOf, textOf } from './argument';
import type { NginxArgument } from './argument';
import type { NginxDirective } from './directive';

/** A kind of shared memory zone: who declares it, by which parameter, and who names it. */
export interface ZoneKind {
  readonly declares: string;
  readonly parameter: string;
  readonly uses: string;
}

const limit = (uses: string): ZoneKind => ({ declares: `${uses}_zone`, parameter: 'zone=', uses });
const cache = (uses: string): ZoneKind => ({ declares: `${uses}_path`, parameter: 'keys_zone=', uses });

/** The zones that a directive names, and another one has to declare. */
export const ZONE_KINDS: readonly ZoneKind[] = [
  ...['limit_req', 'limit_conn'].map(limit),
  ...['proxy_cache', 'uwsgi_cache', 'fastcgi_cache', 'scgi_cache'].map(cache),
];

/** The zone that an argument names by a parameter, such as `one` of `zone=one:10m`. */
export function zoneNamed(argument: NginxArgument, parameter: string): string | undefined {
  if (typeof argument !== 'string' || !argument.startsWith(parameter)) return undefined;
  return argument.slice(parameter.length).split(':')[0];
}

/** The zone that a directive declares, if it is one that does. */
export function declaredZone({ args }: NginxDirective, { parameter }: ZoneKind): string | undefined {
  return args.map((each) => zoneNamed(each, parameter)).find((name) => name !== undefined);
}

/** The zone that a directive uses; undefined where it is chosen at run time, or none. */
export function usedZone({ args: [first, ...rest] }: NginxDirective, { uses }: ZoneKind): string | undefined {
  if (uses === 'limit_req')
    return [first ?? '', ...rest].map((each) => zoneNamed(each, 'zone=')).find((name) => name !== undefined);
  if (first === undefined || partsOf(first).some((part) => typeof part !== 'string')) return undefined;
  const name = textOf(first);
  return uses.endsWith('_cache') && name === 'off' ? undefined : name;
}
