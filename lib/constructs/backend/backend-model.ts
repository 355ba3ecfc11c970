import { ConfigError, named, shown } from '../../errors';
import type { Backend, Choice, Route } from '../../topology/frontend';
import type { BackendChoice, BackendConfig, BackendRoute, IBackend } from './backend';
import { checkedSource } from './choice-source';
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
    refuseTokens({ ...config, directives: undefined }, []);
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
  directives,
  choice,
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
    ...(directives === undefined ? {} : { directives: directives.map((each) => each._in('upstream')) }),
    apps: [...new Set(apps)],
    ...(choice === undefined ? {} : { choice: choiceModel(choice, protocol) }),
  };
}

/** Anybody may write one, so that all is looked at again which `Split` and `Choice` see to. */
function choiceModel({ source, routes }: BackendChoice, protocol: Backend['protocol']): Choice {
  checkedSource('choice.source', source);
  const shares = routes.filter(({ percent }) => percent !== undefined);
  const others = routes.filter(({ percent, value }) => percent === undefined && value === undefined);
  const isWhole = shares.reduce((sum, { percent = 0 }) => sum + Math.round(percent * 100), 0) === 10_000;
  const isTold = shares.length === 0 ? others.length === 1 : shares.length === routes.length && isWhole;
  if (!isTold) {
    throw new ConfigError({
      what: 'the routes of its choice do not say once where each request goes',
      fix: 'give all of them a percent, 100 together, or all but one of them a value',
    });
  }
  return { source, routes: routes.map((route, at) => routeModel(item('routes', at), route, protocol)) };
}

function routeModel(
  where: string,
  { backend, percent, value }: BackendRoute,
  protocol: Backend['protocol'],
): Route {
  const model = modelOfConfig(backend);
  if (model.protocol !== protocol || (percent !== undefined && model.choice !== undefined)) {
    throw new ConfigError({
      what:
        model.protocol === protocol
          ? `${where} has a share of the requests and is a choice itself: nginx splits among upstreams`
          : `${where} speaks ${model.protocol}, and the location passes with ${protocol}`,
      fix: 'give a backend of the same protocol, and let a Split be the outcome of a Choice instead',
      rule: 'XT-PROTO',
    });
  }
  return {
    backend: model,
    ...(percent === undefined ? {} : { percent }),
    ...(value === undefined ? {} : { value }),
  };
}
