import { ConfigError } from '../../errors';
import type { BackendConfig, BackendRoute } from './backend';

/**
 * A choice among backends as one.
 *
 * @throws ConfigError for backends of two protocols: a location passes with one.
 */
export function chosenConfig(kind: string, source: string, routes: readonly BackendRoute[]): BackendConfig {
  const configs = routes.map(({ backend }) => backend);
  const [first, ...others] = configs;
  if (first === undefined)
    throw new ConfigError({ what: `the ${kind} has no backends`, fix: 'give it some' });
  const other = others.find(({ protocol }) => protocol !== first.protocol);
  if (other !== undefined) {
    throw new ConfigError({
      what: `the ${kind} mixes ${first.name}, which speaks ${first.protocol}, and ${other.name}, which speaks ${other.protocol}`,
      fix: 'set protocol on one of them, so that both speak the same',
      rule: 'XT-PROTO',
    });
  }
  return {
    name: `${kind}-${[...new Set(configs.map(({ name }) => name))].join('-')}`,
    protocol: first.protocol,
    members: configs.flatMap(({ members }) => members),
    ...longest(configs),
    choice: { source, routes: [...routes] },
  };
}

function longest(configs: readonly BackendConfig[]): Pick<BackendConfig, 'requestTimeout'> {
  const timeouts = configs.flatMap(({ requestTimeout }) => requestTimeout ?? []);
  const [most] = timeouts.sort((a, b) => b.toMilliseconds() - a.toMilliseconds());
  return most === undefined || timeouts.length < configs.length ? {} : { requestTimeout: most };
}
