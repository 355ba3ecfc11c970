import { ConfigError } from '../../errors';
import { directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { PolicyLevel } from './attachable';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import { passFamily } from '../../topology/derive/pass-family';
import { PolicyKind } from './policy-kind';

/** A limit whose key is empty counts nothing (nginx), and with one of its own a block takes none from further out. */
function unlimited(uses: 'limit_req' | 'limit_conn'): (place: PolicyPlace) => Bound {
  const isRate = uses === 'limit_req';
  return ({ name }) => ({
    directives: [isRate ? directive(uses, `zone=${name}`) : directive(uses, name, '1')],
    declarations: [directive(`${uses}_zone`, '', `zone=${name}:32k`, ...(isRate ? ['rate=1r/s'] : []))],
  });
}

/** Of headers nothing need be said: a list that no longer holds is cut off where a policy stands for another (`cuttingOff`). */
function alone(...directives: readonly NginxDirective[]): () => Bound {
  return () => ({ directives });
}

function uncached({ protocols }: PolicyPlace): Bound {
  return { directives: protocols.map((protocol) => directive(`${passFamily(protocol)}_cache`, 'off')) };
}

/** With a page of its own, for a status that nobody answers, a block takes none from further out. */
const NO_PAGES = directive('error_page', '599', '/');

const BINDINGS: Readonly<Record<PolicyKind, (place: PolicyPlace) => Bound>> = {
  [PolicyKind.ACCESS_CONTROL]: alone(directive('allow', 'all')),
  [PolicyKind.ALLOW_METHODS]: alone(),
  [PolicyKind.BANDWIDTH]: alone(directive('limit_rate', '0')),
  // $remote_user would be whatever a client says, so that no application is told of it.
  [PolicyKind.BASIC_AUTH]: alone(directive('auth_basic', 'off')),
  [PolicyKind.CACHE]: uncached,
  [PolicyKind.CLIENT_CACHE]: alone(),
  [PolicyKind.COMPRESSION]: alone(directive('gzip', 'off')),
  [PolicyKind.CONNECTION_LIMIT]: unlimited('limit_conn'),
  [PolicyKind.CORS]: alone(),
  [PolicyKind.ERROR_PAGES]: alone(NO_PAGES),
  [PolicyKind.MAINTENANCE]: alone(),
  [PolicyKind.RATE_LIMIT]: unlimited('limit_req'),
  [PolicyKind.REQUEST_HEADERS]: alone(),
  [PolicyKind.REQUEST_ID]: alone(),
  [PolicyKind.RESPONSE_HEADERS]: alone(),
  [PolicyKind.SECURITY_HEADERS]: alone(),
};

/** What lets go of the policies of a kind further out. */
export function off(kind: PolicyKind): (place: PolicyPlace) => Bound {
  return (place) => {
    if (place.level === PolicyLevel.FRONTEND) throw nothingFurtherOut(kind);
    return { ...BINDINGS[kind](place), lifts: true };
  };
}

function nothingFurtherOut(kind: PolicyKind): ConfigError {
  return new ConfigError({
    what: `Policy.off('${kind}') at a frontend has nothing to let go of: no policy is further out`,
    fix: 'attach it to the server or the location that is to be without',
  });
}
