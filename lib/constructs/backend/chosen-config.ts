import { ConfigError } from '../../errors';
import type { BackendConfig, BackendRoute } from './backend';
import { commonProtocol, longestTimeout } from './several';

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
  const protocol = commonProtocol(`the ${kind}`, first, others);
  return {
    name: `${kind}-${[...new Set(configs.map(({ name }) => name))].join('-')}`,
    protocol,
    members: configs.flatMap(({ members }) => members),
    ...longestTimeout(configs),
    choice: { source, routes: [...routes] },
  };
}
