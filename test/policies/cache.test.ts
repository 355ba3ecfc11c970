import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, GunicornApp, NginxFrontend, Policy, Review, UwsgiApp, WorkerCount } from 'cdktf-wsgi';
import type { IBackend } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { StackTopology } from '../../lib/constructs/stack/stack-topology';
import { onDebian12 } from '../helpers/examples';
import { withDirectory } from '../helpers/nginx';
import type { Answer, Ask } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { asking, withServers } from '../helpers/stack-of-servers';
import type { Bed } from '../helpers/stack-of-servers';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

/** Counts its requests, so that an answer tells whether it is a new one. */
const APPLICATION = `
count = 0


def app(environ, start_response):
    global count
    count += 1
    path = environ['PATH_INFO']
    headers = [('Content-Type', 'text/plain')]
    if path == '/cookie':
        headers.append(('Set-Cookie', 'a=b'))
    if path == '/private':
        headers.append(('Cache-Control', 'private'))
    start_response('404 Not Found' if path == '/nothing' else '200 OK', headers)
    return [str(count).encode()]
`;

const BACKENDS: Readonly<Record<string, (site: TerraformStack) => IBackend>> = {
  uwsgi: (site) => new UwsgiApp(site, 'shop', { ...UWSGI, processes: 1, threads: 1 }),
  gunicorn: (site) => new GunicornApp(site, 'shop', { ...GUNICORN, workers: WorkerCount.of(1) }),
};

type Asks = (what: Partial<Ask>) => Promise<Answer>;

describeWith(['nginx', 'uwsgi', 'gunicorn'], 'a cache', () => {
  describe.each(Object.entries(BACKENDS))('in front of %s', (_, backend) => {
    const serving = (
      attach: (web: NginxFrontend, app: IBackend) => void,
      body: (asks: Asks, bed: Bed) => Promise<void>,
    ) =>
      withDirectory(async (code) => {
        for (const name of ['p.py', 'g.py']) writeFileSync(join(code, name), APPLICATION);
        const stack = siteStack((site) => {
          attach(new NginxFrontend(site, 'web'), backend(site));
        });
        expect(Review.of(stack).findings).toEqual([]);
        await withServers(
          onDebian12(StackTopology.of(stack).topology()),
          { code: { shop: code }, statics: {} },
          (bed) => body((what) => asking(bed, 'web', 8080)({ path: '/', ...what }), bed),
        );
      });

    test('serves the second request itself, and asks anew for who is logged in', () =>
      serving(
        (web, app) => {
          const policy = Policy.cache({ valid: Duration.minutes(5), bypassCookies: ['sessionid'] });
          web.addBackend('/', app).addPolicy(policy);
        },
        async (asks) => {
          expect(seen(await asks({}))).toBe('200 MISS');
          const second = await asks({});
          expect(seen(second)).toBe('200 HIT');
          const known = await asks({ headers: { Cookie: 'sessionid=1' } });
          expect(seen(known)).toBe('200 BYPASS');
          expect(known.body.toString()).not.toBe(second.body.toString());
          expect(seen(await asks({ headers: { Authorization: 'Basic eDp5' } }))).toBe('200 BYPASS');
          expect((await asks({})).body.toString()).toBe(second.body.toString());
        },
      ));

    test('serves what has expired while nobody answers', () =>
      serving(
        (web, app) => {
          web.addBackend('/', app).addPolicy(Policy.cache({ valid: Duration.seconds(1) }));
        },
        async (asks, bed) => {
          const first = await asks({});
          // Its workers too, which would outlive it for a while.
          process.kill(-(bed.servers.get('shop-0')?.process.pid ?? NaN), 'SIGKILL');
          await new Promise((resolve) => setTimeout(resolve, 2100));
          const second = await asks({});
          expect(seen(second)).toMatch(/^200 (?:STALE|UPDATING)$/);
          expect(second.body.toString()).toBe(first.body.toString());
          expect((await asks({ path: '/other' })).status).toBe(502);
        },
      ));

    test('keeps hosts, queries and methods apart, and nothing that is private', () =>
      serving(
        (web, app) => {
          web.addPolicy(
            Policy.cache({ valid: Duration.minutes(5), validByStatus: { '404': Duration.minutes(1) } }),
          );
          web.addBackend('/', app);
        },
        async (asks) => {
          expect(seen(await asks({}))).toBe('200 MISS');
          expect(seen(await asks({ headers: { Host: 'other.example' } }))).toBe('200 MISS');
          expect(seen(await asks({ path: '/?a=1' }))).toBe('200 MISS');
          expect(seen(await asks({ method: 'HEAD' }))).toBe('200 HIT');
          const posted = [
            await asks({ method: 'POST', body: 'x' }),
            await asks({ method: 'POST', body: 'x' }),
          ];
          expect(posted[0]?.body.toString()).not.toBe(posted[1]?.body.toString());
          for (const path of ['/cookie', '/private']) {
            expect(seen(await asks({ path }))).toBe('200 MISS');
            expect(seen(await asks({ path }))).toBe('200 MISS');
          }
          expect(seen(await asks({ path: '/nothing' }))).toBe('404 MISS');
          expect(seen(await asks({ path: '/nothing' }))).toBe('404 HIT');
        },
      ));
  });
});

function seen({ status, headers }: Answer): string {
  return `${String(status)} ${String(headers['x-cache-status'])}`;
}
