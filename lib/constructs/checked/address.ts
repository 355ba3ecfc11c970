import { isIP } from 'node:net';
import { ConfigError, shown } from '../../errors';
import { LONGEST_SOCKET_PATH, socketPathExcess } from '../../topology/derive/paths';
import { refuseTokens } from './tokens';

/**
 * A host as it stands before `:port`: an IPv6 address in brackets.
 *
 * @throws ConfigError that names the call, for what is neither a name nor an address.
 */
export function checkedHost(call: string, host: string): string {
  const name = checkedName(`${call}: host`, host);
  return isIP(name) === 6 ? `[${name}]` : name;
}

/**
 * The name of a host, or its address.
 *
 * @throws ConfigError that names the prop, for what is neither.
 */
export function checkedName(prop: string, host: string): string {
  refuseTokens({ [prop]: host }, []);
  if (isIP(host) === 0 && !isHostName(host)) {
    throw new ConfigError({
      what: `${prop} ${shown(host)} is neither the name of a host nor an address`,
      fix: host.includes(':')
        ? "give it without a scheme, such as 'metrics' or '10.0.0.7': the port is given beside it, as port"
        : "give one such as 'metrics', 'api.example.com' or '10.0.0.7'",
    });
  }
  return host;
}

/** A label, as Docker's names of containers have it too: with underscores. */
const LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/** Longest name that DNS takes. */
const LONGEST_NAME = 253;

/** A name whose last label is a number is taken for an address, and this one is none. */
function isHostName(host: string): boolean {
  const labels = host.split('.');
  return (
    host.length <= LONGEST_NAME &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

/**
 * An absolute path that a Unix socket can have, in characters that nothing reads as anything else.
 *
 * @throws ConfigError that names the call or the prop.
 */
export function checkedSocketPath(call: string, path: string): string {
  refuseTokens({ [call]: path }, []);
  const isPath = /^(?:\/[A-Za-z0-9._-]+)+$/.test(path) && !path.split('/').includes('..');
  if (!isPath || socketPathExcess(path) > 0) {
    throw new ConfigError({
      what: `${call} ${shown(path)} cannot be the path of a Unix socket`,
      fix: `give an absolute path of letters, digits, '.', '_' and '-', of at most ${String(LONGEST_SOCKET_PATH)} characters`,
      rule: 'XT-SOCK-CHARS',
    });
  }
  return path;
}
