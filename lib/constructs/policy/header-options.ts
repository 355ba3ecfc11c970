import { ConfigError, allOf, shown } from '../../errors';
import { directive } from '../../nginx/directive';
import { headerInstead } from '../../nginx/header-values';
import { item } from '../checked/values';

/**
 * Headers that are set, by name.
 *
 * @param why Why a header is not to be set, and what to do; undefined for one that may be.
 * @throws ConfigError that names the option, for each whose name or value would become another, or that is there twice.
 */
export function checkedSet(
  option: string,
  headers: Readonly<Record<string, string>>,
  why: (name: string) => readonly [string, string] | undefined,
): (readonly [string, string])[] {
  const all = Object.entries(headers);
  checkNames(
    all.map(([name]) => name),
    (at) => `${option}: ${shown(all[at]?.[0])}`,
    why,
  );
  allOf(all, ([name, value]) => {
    const instead = headerInstead(directive('add_header', name, value));
    if (value.trim() !== '' && instead === undefined) return;
    throw new ConfigError({
      what: `${option}: the value ${shown(value)} of ${name} is no value of a header`,
      fix: instead === undefined ? 'leave it out, or say that it is taken away' : `write ${instead}`,
    });
  });
  return all;
}

/** The same for names alone. */
export function checkedHeaders(
  option: string,
  names: readonly string[],
  why: (name: string) => readonly [string, string] | undefined,
): readonly string[] {
  checkNames(names, (at) => `${item(option, at)} ${shown(names[at])}`, why);
  return names;
}

function checkNames(
  names: readonly string[],
  where: (at: number) => string,
  why: (name: string) => readonly [string, string] | undefined,
): void {
  allOf(names, (name, at) => {
    if (!/^[A-Za-z0-9-]+$/.test(name)) {
      throw new ConfigError({
        what: `${where(at)} is not the name of a header`,
        fix: "use letters, digits and '-': nginx and WSGI servers leave out what has an underscore",
      });
    }
    const [what, fix] = why(name) ?? [];
    if (what !== undefined) throw new ConfigError({ what: `${where(at)} ${what}`, ...(fix && { fix }) });
    if (names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at) return;
    throw new ConfigError({
      what: `${where(at)} is there twice: names of headers have no capital letters of their own`,
      fix: 'leave one of them out',
    });
  });
}
