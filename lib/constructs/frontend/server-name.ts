import { domainToASCII } from 'node:url';
import { ConfigError, shown } from '../../errors';
import { checkedRegex } from '../checked/regex';

/** Labels with `_` too: no registry has them, and nginx and clients in a network take them. */
const NAME = /^(?:\*\.|\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*(?:\.\*)?$/;

/**
 * Refuses a name of a server that no request has, or that nginx does not take.
 *
 * @param everyName How to answer to every name there.
 * @throws ConfigError that says how to write it.
 */
export function checkServerName(name: string, everyName: string): void {
  if (name === '_') {
    throw new ConfigError({
      what: `server name "_" is a name like any other, not every name: all else would be refused with 444`,
      fix: everyName,
      rule: 'NGX-SERVER-NAME',
    });
  }
  if (name.startsWith('~')) {
    checkedRegex(`server name ${shown(name)}`, name.slice(1));
    return;
  }
  if (!NAME.test(name)) {
    throw new ConfigError({
      what: `server name ${shown(name)} would never match`,
      fix: inAscii(name) ?? PLAIN,
      rule: 'NGX-SERVER-NAME',
    });
  }
  if (/^\*?\./.test(name) && name.endsWith('.*')) {
    throw new ConfigError({
      what: `server name ${shown(name)} is open at both ends, which nginx does not take`,
      fix: `leave one of them out, or give a regular expression, which begins with '~'`,
      rule: 'NGX-SERVER-NAME',
    });
  }
}

const PLAIN = "give a host name without scheme, port and path, such as 'shop.example.com' or '*.example.com'";

/** Clients ask for other letters than ASCII's in punycode alone. */
function inAscii(name: string): string | undefined {
  if (!/[^\0-\x7f]/.test(name)) return undefined;
  const [, open = '', rest = ''] = /^(\*\.|\.)?(.*)$/su.exec(name) ?? [];
  const ascii = `${open}${domainToASCII(rest)}`;
  return NAME.test(ascii) ? `give it in punycode, as clients ask for it: ${shown(ascii)}` : undefined;
}
