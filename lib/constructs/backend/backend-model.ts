import { ConfigError, named, shown } from '../../errors';
import type { Backend } from '../../topology/frontend';
import type { BackendConfig, IBackend } from './backend';
import { givenCount, item } from '../checked/values';
import { memberModel } from './member-model';
import { refuseTokens } from '../checked/tokens';

/** A backend as it stands now, in the topology's words. */
export function modelOfBackend(backend: IBackend): Backend {
  return modelOfConfig(backend.bindBackend());
}

/**
 * What a backend says of itself, in the topology's words: anybody may write one.
 *
 * @throws ConfigError that names the backend and the member of its config, for what is wrong whatever else the stack has.
 */
export function modelOfConfig(config: BackendConfig): Backend {
  if (!/^[A-Za-z0-9_.-]+$/.test(config.name)) {
    throw new ConfigError({
      what: `${shown(config.name)} cannot name an upstream`,
      fix: "use letters, digits, '_', '.' and '-'",
    });
  }
  return named(`backend ${shown(config.name)}`, () => {
    refuseTokens(config, []);
    return checkedModel(config);
  });
}

function checkedModel({
  name,
  protocol,
  members,
  requestTimeout,
  balance,
  keepalive,
}: BackendConfig): Backend {
  if (members.length === 0) throw new ConfigError({ what: 'it has no members', fix: 'give it at least one' });
  if (requestTimeout?.toMilliseconds() === 0) {
    throw new ConfigError({
      what: 'requestTimeout of 0 is no time: nginx would give up before the backend has answered',
      fix: 'give the longest time of a request, or leave it out where nothing ends one',
    });
  }
  const apps = members.flatMap((member) => (member.app === undefined ? [] : [member.app]));
  return {
    name,
    protocol,
    members: members.map((member, at) => memberModel(item('members', at), member, protocol)),
    ...(requestTimeout === undefined ? {} : { requestTimeoutMs: requestTimeout.toMilliseconds() }),
    ...(balance === undefined ? {} : { balance: balance._model }),
    ...givenCount('keepalive', keepalive),
    apps: [...new Set(apps)],
  };
}
