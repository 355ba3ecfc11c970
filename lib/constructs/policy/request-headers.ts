import { ConfigError, together } from '../../errors';
import { requestHeader } from '../../topology/render/nginx-pass';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import { checkedHeaders, checkedSet } from './header-options';

/** What the headers of requests become before an application gets them. */
export interface RequestHeadersOptions {
  /**
   * Headers that applications get, by name, whatever the client said. Values are sent literally, dollars included: a variable of
   * nginx's is passed with `addDirective` on the location.
   *
   * @default - none
   */
  readonly set?: Record<string, string>;
  /**
   * Headers of the client's that applications do not get.
   *
   * @default - none
   */
  readonly remove?: string[];
}

/** Headers of requests, checked. */
export function requestHeaders({
  set = {},
  remove = [],
}: RequestHeadersOptions): (place: PolicyPlace) => Bound {
  const [given, removed] = together(
    () => checkedSet('set', set, whyNot),
    () => checkedHeaders('remove', remove, whyNot),
  );
  const headers = [...given, ...removed.map((name) => [name, ''] as const)];
  checkOnce(headers.map(([name]) => name));
  return ({ protocols }) => {
    if (protocols.length === 0) throw nobodyToTell();
    return {
      directives: protocols.flatMap((protocol) =>
        headers.map(([name, value]) => requestHeader(protocol, name, value)),
      ),
    };
  };
}

/** By these an application knows who asks for what; a wrong one is a hole, and nginx says them all. */
const FACTS =
  /^(?:host|forwarded|x-real-ip|x-scheme|x-url-scheme|front-end-https|x-forwarded-(?:by|for|host|port|prefix|proto|protocol|scheme|server|ssl))$/i;

/** They are about one connection, or about how the body comes. */
const HOPS =
  /^(?:connection|content-length|expect|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i;

/** Why a header is none of a policy's, and what to do. */
export function whyNot(name: string): readonly [string, string] | undefined {
  if (FACTS.test(name)) {
    return [
      'tells applications the address of the client, the scheme or the host, which nginx says itself so that nobody can forge it',
      "leave it out; where another one is meant for one backend, give it with headers of PassToOptions: addBackend('/', app, { headers: … })",
    ];
  }
  if (HOPS.test(name)) return ['is between nginx and its neighbours, and not a message', 'leave it out'];
  if (/^proxy$/i.test(name))
    return ['is never passed on: programs take it for the address of a proxy (httpoxy)', 'leave it out'];
  return /^content-type$/i.test(name)
    ? ['is the type of the body that the client sends, and WSGI has it beside the headers', 'leave it out']
    : undefined;
}

function checkOnce(names: readonly string[]): void {
  if (names.length === 0) {
    throw new ConfigError({
      what: 'it changes nothing: there is neither set nor remove',
      fix: "give one, such as set: { 'X-Environment': 'staging' }",
    });
  }
  const lower = names.map((name) => name.toLowerCase());
  const twice = names.find((_, at) => lower.indexOf(lower[at] ?? '') !== at);
  if (twice === undefined) return;
  throw new ConfigError({
    what: `${twice} is both set and removed`,
    fix: "leave it out of remove: what is set stands instead of the client's",
  });
}

function nobodyToTell(): ConfigError {
  return new ConfigError({
    what: 'Policy.requestHeaders has nobody to tell: no location here passes to a backend',
    fix: 'attach it where requests are passed on, such as to what addBackend returns',
  });
}
