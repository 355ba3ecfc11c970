import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Directive, Policy, Rate, RateLimitKey, Size, StaticMount, StaticSource } from 'cdktf-wsgi';
import type { NginxContext, NginxLocation } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { withFrontend } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { withDirectory } from '../helpers/nginx';
import type { Answer, Ask } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

type Asks = (what: Ask) => Promise<Answer>;

/** Files at `/`, which every policy below stands in front of. */
function files(context: NginxContext, site: TerraformStack): NginxLocation {
  return context.addStatic(
    new StaticMount(site, 'files', { path: '/', source: StaticSource.hostPath('/srv') }),
  );
}

async function serving(build: Build, body: (asks: Asks) => Promise<void>): Promise<void> {
  await withDirectory(async (directory) => {
    mkdirSync(join(directory, 'api'));
    for (const name of ['page', 'page.txt', 'page.png', 'api/page']) {
      writeFileSync(join(directory, name), 'x'.repeat(1000));
    }
    writeFileSync(join(directory, 'short.txt'), 'x');
    await withFrontend(build, body, { files: directory, inner: join(directory, 'api') });
  });
}

async function statusesOf(asks: Asks, times: number, what: Partial<Ask> = {}): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < times; at++) statuses.push((await asks({ path: '/page', ...what })).status);
  return statuses;
}

describeWith(['nginx'], 'what policies do to real requests', () => {
  describe('a rate limit', () => {
    test('lets the burst through and answers 429 to the one after', () =>
      serving(
        (web, site) => {
          files(web, site).addPolicy(Policy.rateLimit({ rate: Rate.perMinute(10), burst: 9, noDelay: true }));
        },
        async (asks) => {
          expect(await statusesOf(asks, 11)).toEqual([...Array<number>(10).fill(200), 429]);
        },
      ));

    test('counts each client for itself, and those who are exempt not at all', () =>
      serving(
        (web, site) => {
          files(web, site).addPolicy(Policy.rateLimit({ rate: Rate.perMinute(1), exempt: ['127.0.0.3'] }));
        },
        async (asks) => {
          expect(await statusesOf(asks, 2, { from: '127.0.0.1' })).toEqual([200, 429]);
          expect(await statusesOf(asks, 2, { from: '127.0.0.2' })).toEqual([200, 429]);
          expect(await statusesOf(asks, 4, { from: '127.0.0.3' })).toEqual([200, 200, 200, 200]);
        },
      ));

    test('counts by header, and not those without it', () =>
      serving(
        (web, site) => {
          files(web, site).addPolicy(
            Policy.rateLimit({ rate: Rate.perMinute(1), key: RateLimitKey.header('X-Api-Key') }),
          );
        },
        async (asks) => {
          expect(await statusesOf(asks, 2, { headers: { 'X-Api-Key': 'a' } })).toEqual([200, 429]);
          expect(await statusesOf(asks, 2, { headers: { 'X-Api-Key': 'b' } })).toEqual([200, 429]);
          expect(await statusesOf(asks, 2)).toEqual([200, 200]);
        },
      ));

    test('as a rehearsal refuses nobody', () =>
      serving(
        (web, site) => {
          files(web, site).addPolicy(Policy.rateLimit({ rate: Rate.perMinute(1), dryRun: true }));
        },
        async (asks) => {
          expect(await statusesOf(asks, 3)).toEqual([200, 200, 200]);
        },
      ));

    test('of the whole frontend holds in a location that has one of its own', () =>
      serving(
        (web, site) => {
          web.addPolicy(Policy.rateLimit({ rate: Rate.perMinute(1), burst: 1, noDelay: true }));
          files(web, site).addPolicy(
            Policy.rateLimit({ rate: Rate.perSecond(500), burst: 100, noDelay: true }),
          );
        },
        async (asks) => {
          expect(await statusesOf(asks, 3)).toEqual([200, 200, 429]);
        },
      ));

    test('holds beside a limit that was passed through', () =>
      serving(
        (web, site) => {
          web.addPolicy(Policy.rateLimit({ rate: Rate.perMinute(1) }));
          web.addDirective(Directive.of('limit_req_zone', ['$uri', 'zone=mine:1m', 'rate=500r/s']));
          files(web, site).addDirective(Directive.of('limit_req', ['zone=mine', 'burst=100', 'nodelay']));
        },
        async (asks) => {
          expect(await statusesOf(asks, 2)).toEqual([200, 429]);
        },
      ));
  });

  test('a connection limit refuses the request beside those under way', () =>
    serving(
      (web, site) => {
        const slow = files(web, site);
        slow.addPolicy(Policy.connectionLimit({ connections: 1 }));
        slow.addDirective(Directive.of('limit_rate', ['500']));
      },
      async (asks) => {
        const first = asks({ path: '/page' });
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect((await asks({ path: '/page' })).status).toBe(429);
        expect((await first).status).toBe(200);
        expect((await asks({ path: '/page', method: 'HEAD' })).status).toBe(200);
      },
    ));

  describe('what was passed through stands beside a policy', () => {
    const raw = (name: string, ...args: string[]): Directive => Directive.of(name, args);
    const from1 = { from: '127.0.0.1' };

    test('a list before that of the policy, though it says a line of it', () =>
      serving(
        (web, site) => {
          const location = files(web, site);
          location.addPolicy(Policy.accessControl({ allow: ['127.0.0.0/8'], deny: ['127.0.0.1'] }));
          location.addDirective(raw('deny', '127.0.0.1'));
        },
        async (asks) => {
          expect(await statusesOf(asks, 1, from1)).toEqual([403]);
          expect(await statusesOf(asks, 1, { from: '127.0.0.2' })).toEqual([200]);
        },
      ));

    test('a list further in, and the one of the frontend still holds', () =>
      serving(
        (web, site) => {
          web.addPolicy(Policy.accessControl({ allow: ['127.0.0.2'] }));
          files(web, site).addDirective(raw('deny', '192.0.2.1'));
        },
        async (asks) => {
          expect(await statusesOf(asks, 1, from1)).toEqual([403]);
          expect(await statusesOf(asks, 1, { from: '127.0.0.2' })).toEqual([200]);
        },
      ));

    test('a limit of the frontend, in a server with a policy', () =>
      serving(
        (web, site) => {
          web.addDirective(raw('limit_req_zone', '$uri', 'zone=mine:1m', 'rate=1r/m'));
          web.addDirective(raw('limit_req', 'zone=mine'));
          const server = web.addServer({ serverNames: ['a.example'] });
          server.addPolicy(Policy.rateLimit({ rate: Rate.perSecond(100), burst: 9, noDelay: true }));
          files(server, site);
        },
        async (asks) => {
          expect((await statusesOf(asks, 2, { headers: { Host: 'a.example' } }))[1]).toBe(429);
        },
      ));

    test('a setting of its own, which stands instead', () =>
      serving(
        (web, site) => {
          const location = files(web, site);
          location.addPolicy(Policy.rateLimit({ rate: Rate.perMinute(1) }));
          location.addDirective(raw('limit_req_status', '420'));
        },
        async (asks) => {
          expect(await statusesOf(asks, 2)).toEqual([200, 420]);
        },
      ));

    test('a header that says more, beside the one of the policy', () =>
      serving(
        (web, site) => {
          const location = files(web, site);
          location.addPolicy(Policy.cors({ origins: ['https://a.example'] }));
          location.addDirective(raw('add_header', 'Vary', 'Accept-Language'));
        },
        async (asks) => {
          expect((await asks({ path: '/page' })).headers['vary']).toBe('Origin, Accept-Language');
        },
      ));
  });

  test('two places whose paths differ by a capital letter have nothing in common', () =>
    serving(
      (web, site) => {
        for (const [path, origin] of [
          ['/API/', 'https://a.example'],
          ['/api/', 'https://b.example'],
        ] as const) {
          const mount = new StaticMount(site, `m${origin.slice(8, 9)}`, {
            path,
            source: StaticSource.hostPath('/srv'),
          });
          web.addStatic(mount).addPolicy(Policy.cors({ origins: [origin] }));
        }
      },
      async (asks) => {
        const headers = { Origin: 'https://b.example' };
        expect((await asks({ path: '/API/none', headers })).headers).not.toHaveProperty(
          'access-control-allow-origin',
        );
        expect((await asks({ path: '/api/none', headers })).headers).toHaveProperty(
          'access-control-allow-origin',
          'https://b.example',
        );
      },
    ));

  test('what a browser asks first is answered before a redirect', () =>
    serving(
      (web) => {
        web.addRedirect('/old', 'https://else.example/').addPolicy(Policy.cors({ origins: ['*'] }));
      },
      async (asks) => {
        const headers = { Origin: 'https://a.example', 'Access-Control-Request-Method': 'PUT' };
        expect((await asks({ path: '/old', method: 'OPTIONS', headers })).status).toBe(204);
        expect((await asks({ path: '/old', headers: { Origin: 'https://a.example' } })).status).toBe(302);
      },
    ));

  describe('an access list', () => {
    test('keeps other addresses out', () =>
      serving(
        (web, site) => {
          files(web, site).addPolicy(Policy.accessControl({ allow: ['127.0.0.0/30'], deny: ['127.0.0.2'] }));
        },
        async (asks) => {
          expect(await statusesOf(asks, 1, { from: '127.0.0.1' })).toEqual([200]);
          expect(await statusesOf(asks, 1, { from: '127.0.0.2' })).toEqual([403]);
          expect(await statusesOf(asks, 1, { from: '127.0.0.9' })).toEqual([403]);
        },
      ));

    test('of a location holds instead of the one around it', () =>
      serving(
        (web, site) => {
          web.addPolicy(Policy.accessControl({ allow: ['127.0.0.1'] }));
          files(web, site).addPolicy(Policy.accessControl({ deny: ['127.0.0.1'] }));
        },
        async (asks) => {
          expect(await statusesOf(asks, 1, { from: '127.0.0.1' })).toEqual([403]);
          expect(await statusesOf(asks, 1, { from: '127.0.0.2' })).toEqual([200]);
        },
      ));
  });

  describe('leave for other origins', () => {
    const allow = Policy.cors({ origins: ['https://a.example'], credentials: true });
    const preflight = { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } };

    test.each<[string, (web: NginxContext, site: TerraformStack) => void]>([
      [
        'at a location',
        (web, site) => {
          files(web, site).addPolicy(allow);
        },
      ],
      [
        'at the location around it',
        (web, site) => {
          const outer = files(web, site);
          outer.addPolicy(allow);
          outer.addStatic(
            new StaticMount(site, 'inner', { path: '/api/', source: StaticSource.hostPath('/srv/api') }),
          );
        },
      ],
    ])('%s: the origin that has it may read, another may not', (_, build) =>
      serving(build, async (asks) => {
        const from = async (origin: string, what: Partial<Ask> = {}): Promise<Answer> =>
          asks({ path: '/api/page', ...what, headers: { ...what.headers, Origin: origin } });
        const ours = await from('https://a.example');
        expect(ours.status).toBe(200);
        expect(ours.headers).toMatchObject({
          'access-control-allow-origin': 'https://a.example',
          'access-control-allow-credentials': 'true',
          vary: 'Origin',
        });
        expect(ours.headers).not.toHaveProperty('access-control-allow-methods');
        const theirs = await from('https://b.example');
        expect(theirs.status).toBe(200);
        expect(theirs.headers).not.toHaveProperty('access-control-allow-origin');
        const asked = await from('https://a.example', preflight);
        expect(asked.status).toBe(204);
        expect(asked.headers).toMatchObject({
          'access-control-allow-origin': 'https://a.example',
          'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
          'access-control-allow-headers': 'Authorization, Content-Type',
          'access-control-max-age': '600',
        });
      }),
    );
  });

  describe('compression', () => {
    const gzip = { path: '/page.txt', headers: { 'Accept-Encoding': 'gzip' } };

    test('of what is long enough and of a type for it, for clients that take it', () =>
      serving(
        (web, site) => {
          files(web, site).addPolicy(Policy.compression({ minLength: Size.bytes(500) }));
        },
        async (asks) => {
          expect((await asks(gzip)).headers).toMatchObject({
            'content-encoding': 'gzip',
            vary: 'Accept-Encoding',
          });
          expect((await asks({ path: '/page.txt' })).headers).not.toHaveProperty('content-encoding');
          expect((await asks({ ...gzip, path: '/page.png' })).headers).not.toHaveProperty('content-encoding');
          expect((await asks({ ...gzip, path: '/short.txt' })).headers).not.toHaveProperty(
            'content-encoding',
          );
        },
      ));
  });

  test('security headers come with refusals too', () =>
    serving(
      (web, site) => {
        web.addPolicy(Policy.securityHeaders());
        files(web, site);
      },
      async (asks) => {
        for (const path of ['/page', '/nothing']) {
          expect((await asks({ path })).headers).toMatchObject({
            'x-content-type-options': 'nosniff',
            'x-frame-options': 'SAMEORIGIN',
            'referrer-policy': 'strict-origin-when-cross-origin',
          });
        }
      },
    ));
});
