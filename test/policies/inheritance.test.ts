import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BasicAuthUser,
  Directive,
  Duration,
  Policy,
  PolicyKind,
  Rate,
  Size,
  StaticMount,
  StaticSource,
} from 'cdktf-wsgi';
import type { IPolicy, NginxContext, NginxFrontend } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { withFrontend } from '../helpers/frontends';
import { withDirectory } from '../helpers/nginx';
import type { Answer, Ask } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

type Asks = (what: Ask) => Promise<Answer>;

/** A policy, and whether it is seen to hold for a path. */
interface Row {
  readonly policy: IPolicy;
  readonly holds: (asks: Asks) => Promise<boolean>;
}

const PATH = '/in/deep/page.txt';
const POLICIES: Readonly<Record<string, Row>> = {
  rateLimit: {
    policy: Policy.rateLimit({ rate: Rate.perMinute(1) }),
    holds: async (asks) => {
      await asks({ path: PATH });
      return (await asks({ path: PATH })).status === 429;
    },
  },
  accessControl: {
    policy: Policy.accessControl({ deny: ['127.0.0.1'] }),
    holds: async (asks) => (await asks({ path: PATH, from: '127.0.0.1' })).status === 403,
  },
  allowMethods: {
    policy: Policy.allowMethods({ methods: ['GET'] }),
    holds: async (asks) => {
      const { status, headers } = await asks({ path: PATH, method: 'DELETE' });
      return status === 405 && headers['allow'] === 'GET, HEAD';
    },
  },
  basicAuth: {
    policy: Policy.basicAuth({ realm: 'staff', users: [BasicAuthUser.password('alice', 'wonderland')] }),
    holds: async (asks) => {
      const headers = { Authorization: `Basic ${Buffer.from('alice:wonderland').toString('base64')}` };
      return (
        (await asks({ path: PATH })).status === 401 && (await asks({ path: PATH, headers })).status === 200
      );
    },
  },
  bandwidth: {
    policy: Policy.bandwidth({ rate: Size.bytes(1500) }),
    holds: async (asks) => {
      const start = Date.now();
      const { status } = await asks({ path: PATH });
      return status === 200 && Date.now() - start > 200;
    },
  },
  clientCache: {
    policy: Policy.clientCache({ byType: { 'text/*': Duration.minutes(1) } }),
    holds: async (asks) => (await asks({ path: PATH })).headers['cache-control'] === 'max-age=60',
  },
  cors: {
    policy: Policy.cors({ origins: ['https://a.example'] }),
    holds: async (asks) => {
      const headers = { Origin: 'https://a.example', 'Access-Control-Request-Method': 'PUT' };
      const { status, headers: answered } = await asks({ path: PATH, method: 'OPTIONS', headers });
      return status === 204 && answered['access-control-allow-origin'] === 'https://a.example';
    },
  },
  compression: {
    policy: Policy.compression(),
    holds: async (asks) => {
      const { headers } = await asks({ path: PATH, headers: { 'Accept-Encoding': 'gzip' } });
      return headers['content-encoding'] === 'gzip';
    },
  },
  responseHeaders: {
    policy: Policy.responseHeaders({ set: { 'X-Robots-Tag': 'noindex' } }),
    holds: async (asks) => (await asks({ path: PATH })).headers['x-robots-tag'] === 'noindex',
  },
  securityHeaders: {
    policy: Policy.securityHeaders(),
    holds: async (asks) => (await asks({ path: PATH })).headers['x-frame-options'] === 'SAMEORIGIN',
  },
};

/** Where a policy is attached; the path asked for is two locations deep. */
const LEVELS = ['frontend', 'server', 'location', 'nested'] as const;
type Level = (typeof LEVELS)[number];

/** What else the innermost location has, of which nginx would let go of what is further out. */
const OVERRIDES: Readonly<Record<string, (inner: NginxContext) => void>> = {
  'nothing else': () => undefined,
  'a header of its own': (inner) => {
    inner.addDirective(Directive.of('add_header', ['X-Own', 'yes']));
  },
  'a limit of its own': (inner) => {
    inner.addDirective(Directive.of('limit_req', ['zone=own', 'burst=100', 'nodelay']));
  },
  'policies of other kinds': (inner) => {
    inner.addPolicy(other('X-Other'));
    inner.addPolicy({ ...other('X-Another'), kind: 'another' });
  },
};

function other(header: string): IPolicy {
  return {
    kind: 'other',
    bindPolicy: () => ({
      directives: [
        Directive.of('add_header', [header, 'yes']),
        Directive.of('error_page', ['404', '=404', '/nowhere']),
      ],
    }),
  };
}

describeWith(['nginx'], 'a policy holds wherever it is attached, whatever stands further in', () => {
  const rows = Object.keys(POLICIES).flatMap((kind) =>
    LEVELS.flatMap((level) => Object.keys(OVERRIDES).map((override) => [kind, level, override] as const)),
  );

  test.each(rows)('%s at the %s, with %s', async (kind, level, override) => {
    expect(await holds(kind, level, OVERRIDES[override])).toBe(true);
  });
});

describeWith(['nginx'], 'a policy is let go of by Policy.off in the innermost location', () => {
  const kinds = Object.values(PolicyKind).filter((kind) => kind in POLICIES);
  const rows = kinds.flatMap((kind) =>
    LEVELS.filter((level) => level !== 'nested').map((level) => [kind, level] as const),
  );

  test.each(rows)('%s at the %s', async (kind, level) => {
    const lets = (inner: NginxContext): void => {
      inner.addPolicy(Policy.off(kind));
    };
    expect(await holds(kind, level, lets)).toBe(false);
  });

  test('and others that nginx would let go of with it hold on', async () => {
    const lets = (inner: NginxContext): void => {
      inner.addPolicy(Policy.off(PolicyKind.CACHE));
      inner.addPolicy(Policy.off(PolicyKind.RATE_LIMIT));
    };
    expect(await holds('securityHeaders', 'frontend', lets)).toBe(true);
  });
});

/** Whether a policy of one kind, attached at a level, holds in the innermost location. */
async function holds(
  kind: string,
  level: Level,
  override: ((inner: NginxContext) => void) | undefined,
): Promise<boolean> {
  const row = POLICIES[kind];
  if (row === undefined) throw new Error(`there is no ${kind}`);
  return withDirectory(async (directory) => {
    for (const folder of ['in', 'deep']) {
      mkdirSync(join(directory, folder, 'deep'), { recursive: true });
      writeFileSync(join(directory, folder, 'page.txt'), 'x'.repeat(2000));
    }
    const build = (web: NginxFrontend, site: TerraformStack): void => {
      nested(web, site, level, row.policy, override);
    };
    const statics = { outer: join(directory, 'in'), inner: join(directory, 'deep') };
    const answers: boolean[] = [];
    await withFrontend(
      build,
      async (asks) => {
        const asksThere: Asks = (what) => asks({ ...what, headers: { Host: 'a.example', ...what.headers } });
        // Whoever is not meant gets the page, or is asked for a password.
        expect([200, 401]).toContain((await asksThere({ path: PATH, from: '127.0.0.9' })).status);
        answers.push(await row.holds(asksThere));
      },
      statics,
    );
    return answers[0] === true;
  });
}

function nested(
  web: NginxFrontend,
  site: TerraformStack,
  level: Level,
  policy: IPolicy,
  override: ((inner: NginxContext) => void) | undefined,
): void {
  const mount = (id: string, path: string): StaticMount =>
    new StaticMount(site, id, { path, source: StaticSource.hostPath(`/srv/${id}`) });
  web.addDirective(Directive.of('limit_req_zone', ['$uri', 'zone=own:1m', 'rate=500r/s']));
  const server = web.addServer({ serverNames: ['a.example'] });
  const outer = server.addStatic(mount('outer', '/in/'));
  const inner = outer.addStatic(mount('inner', '/in/deep/'));
  override?.(inner);
  ({ frontend: web, server, location: outer, nested: inner })[level].addPolicy(policy);
}
