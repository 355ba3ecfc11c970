import { ConfigError } from '../../errors';
import type { BackendConfig } from './backend';

/**
 * The protocol that several backends have in common.
 *
 * @param what What they are put together to, such as `upstream pool`.
 * @throws ConfigError for backends of two protocols: a location passes with one.
 */
export function commonProtocol(
  what: string,
  first: BackendConfig,
  others: readonly BackendConfig[],
): BackendConfig['protocol'] {
  const other = others.find(({ protocol }) => protocol !== first.protocol);
  if (other === undefined) return first.protocol;
  throw new ConfigError({
    what: `${what} mixes ${first.name}, which speaks ${first.protocol}, and ${other.name}, which speaks ${other.protocol}`,
    fix: 'set protocol on one of them, so that both speak the same',
    rule: 'XT-PROTO',
  });
}

/** The longest time that any of them takes for a request; none where one of them has no limit. */
export function longestTimeout(configs: readonly BackendConfig[]): Pick<BackendConfig, 'requestTimeout'> {
  const timeouts = configs.flatMap(({ requestTimeout }) => requestTimeout ?? []);
  const [most] = timeouts.sort((a, b) => b.toMilliseconds() - a.toMilliseconds());
  return most === undefined || timeouts.length < configs.length ? {} : { requestTimeout: most };
}
