import { ConfigError, shown } from '../../errors';

/**
 * nginx's variable for a header of the request.
 *
 * @throws ConfigError for what is no name of one.
 */
export function headerVariable(where: string, header: string): string {
  return `http_${word(where, 'header', header, /^[A-Za-z0-9-]+$/).replace(/-/g, '_')}`;
}

/**
 * The same for a cookie.
 *
 * @throws ConfigError for a name that no variable of nginx can have.
 */
export function cookieVariable(where: string, cookie: string): string {
  return `cookie_${word(where, 'cookie', cookie, /^\w+$/)}`;
}

/**
 * The same for an argument of the query.
 *
 * @throws ConfigError for a name that no variable of nginx can have.
 */
export function queryVariable(where: string, argument: string): string {
  return `arg_${word(where, 'query argument', argument, /^\w+$/)}`;
}

/** As nginx spells it within the name of a variable. */
function word(where: string, what: string, name: string, pattern: RegExp): string {
  if (pattern.test(name)) return name.toLowerCase();
  throw new ConfigError({
    what: `${where}: ${shown(name)} is not the name of a ${what} that nginx can look up`,
    fix: `use letters, digits and '${what === 'header' ? '-' : '_'}', or give an expression`,
  });
}
