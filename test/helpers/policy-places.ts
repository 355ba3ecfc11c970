import { BackendProtocol } from 'cdktf-wsgi';
import type { IBackend, IPolicy, NginxContext, NginxFrontend, PassToOptions } from 'cdktf-wsgi';
import { withEcho } from './echo';
import type { Headers } from './echo';
import { withFrontend } from './frontends';
import type { Build } from './frontends';
import type { Answer, Ask } from './nginx';

/** Where a policy can be attached, from the outside in. */
export const LEVELS = ['frontend', 'server', 'location', 'nested'] as const;

export type Level = (typeof LEVELS)[number];

/** One place of each level, each within the one before. */
export type Places = Readonly<Record<Level, NginxContext>>;

/** A path in the innermost place. */
export const DEEP = '/in/deep/page';

/** A path in the location around it. */
export const OUTER = '/in/page';

/** Policies, and what else there is, at their places. */
export type At = Readonly<Partial<Record<Level, IPolicy | readonly IPolicy[]>>>;

export type Asks = (path: string, what?: Partial<Ask>) => Promise<Answer>;

/** A server with two locations, the one in the other, that pass to a backend. */
export function placesOf(web: NginxFrontend, backend: IBackend, options: PassToOptions = {}): Places {
  const server = web.addServer({ serverNames: ['a.example'] });
  const location = server.addBackend('/in/', backend);
  return { frontend: web, server, location, nested: location.addBackend('/in/deep/', backend, options) };
}

export function attachAt(places: Places, at: At): void {
  for (const level of LEVELS) for (const policy of [at[level] ?? []].flat()) places[level].addPolicy(policy);
}

/** What else there is. */
export interface Surroundings {
  readonly more?: (places: Places) => void;
  /** Headers of the application's own answers, by the path of the request. */
  readonly answered?: (path: string) => Headers;
  readonly protocol?: BackendProtocol;
  /** How the innermost place passes on. */
  readonly options?: PassToOptions;
}

/** A real nginx with policies at their places, in front of something that says what it was told. */
export async function withPlaces(
  at: At,
  body: (asks: Asks) => Promise<void>,
  { more, answered, protocol = BackendProtocol.HTTP, options }: Surroundings = {},
): Promise<void> {
  const build =
    (backend: IBackend): Build =>
    (web) => {
      const places = placesOf(web, backend, options);
      attachAt(places, at);
      more?.(places);
    };
  const asking =
    (asks: (what: Ask) => Promise<Answer>): Asks =>
    (path, what = {}) =>
      asks({ path, ...what, headers: { Host: 'a.example', ...what.headers } });
  await withEcho(protocol, (backend) => withFrontend(build(backend), (asks) => body(asking(asks))), answered);
}
