import { ConfigError, shown } from '../../errors';
import { checkServerName } from './server-name';

/** The names that the servers of a frontend have. nginx ignores a second one with a warning, all that it stands for included (seen). */
export class TakenNames {
  /** What nginx compares, and the name that it came from. */
  private readonly taken = new Map<string, string>();

  /**
   * Takes the names of one server.
   *
   * @param everyName How to answer to every name there.
   * @throws ConfigError for one that no request has, and for one that is there already.
   */
  public take(names: readonly string[], everyName: string): void {
    for (const name of names) {
      checkServerName(name, everyName);
      const keys = keysOf(name);
      const other = keys.map((key) => this.taken.get(key)).find((found) => found !== undefined);
      if (other !== undefined) throw twice(name, other);
      for (const key of keys) this.taken.set(key, name);
    }
  }
}

/** nginx compares without regard to case, but for regular expressions; a dot in front is the name itself and all below it (seen). */
function keysOf(name: string): string[] {
  if (name.startsWith('~')) return [name];
  const key = name.toLowerCase();
  return key.startsWith('.') ? [key.slice(1), `*${key}`] : [key];
}

function twice(name: string, other: string): ConfigError {
  const [open, single] = name.startsWith('.') ? [name, other] : [other, name];
  if (open.startsWith('.') === single.startsWith('.')) {
    return new ConfigError({
      what: `server name ${shown(name)} is there twice`,
      fix: 'give it to one server',
      rule: 'NGX-DUP-NAME',
    });
  }
  const [itself, below] = [open.slice(1), `*${open}`];
  return new ConfigError({
    what: `server name ${shown(open)} is both ${shown(itself)} and ${shown(below)}, and ${shown(single)} is there as well`,
    fix: `write ${shown(single.startsWith('*') ? itself : below)} instead of ${shown(open)}`,
    rule: 'NGX-DUP-NAME',
  });
}
