import { ConfigError, shown } from '../../errors';

/** Greatest id that an engine takes for a user or a group. */
const GREATEST = 2 ** 31 - 1;

/**
 * The number of a user or a group, root's too.
 *
 * @throws ConfigError that names the prop, for what is none.
 */
export function anyId(prop: string, id: number): number {
  return idFrom(0, prop, id);
}

/**
 * The number of an ordinary user or group. An nginx that starts as root gives its workers another user, and they lose the groups
 * by which they open sockets.
 *
 * @throws ConfigError that names the prop, for root and for what is none.
 */
export function checkedId(prop: string, id: number): number {
  return idFrom(1, prop, id);
}

function idFrom(least: number, prop: string, id: number): number {
  if (!Number.isInteger(id) || id < least || id > GREATEST) {
    throw new ConfigError({
      what: `${prop} ${shown(id)} is not the number of ${least === 0 ? 'a user' : 'an ordinary user'}`,
      fix: `give a whole number from ${String(least)} to ${String(GREATEST)}`,
    });
  }
  return id;
}
