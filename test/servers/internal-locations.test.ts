import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ErrorPage,
  GunicornApp,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  Policy,
  Review,
  StaticMount,
  StaticSource,
  UwsgiApp,
} from 'cdktf-wsgi';
import type { IBackend } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { routesOf } from '../../lib/cli/routes';
import { StackTopology } from '../../lib/constructs/stack/stack-topology';
import { onDebian12 } from '../helpers/examples';
import { blockOf, confOf, withFrontend } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { asking, withServers } from '../helpers/stack-of-servers';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

/** Lets a file out for who is known. */
const LETTING_OUT = `
def app(environ, start_response):
    if environ.get("HTTP_COOKIE") != "who=me":
        start_response("403 Forbidden", [("Content-Length", "0")])
        return []
    headers = [("X-Accel-Redirect", "/protected/" + environ["PATH_INFO"].rsplit("/", 1)[1]), ("Content-Type", "text/special")]
    start_response("200 OK", headers)
    return []
`;

const protectedFiles = (site: TerraformStack): StaticMount =>
  new StaticMount(site, 'files', { path: '/protected/', source: StaticSource.hostPath('/srv/files') });

test('an internal location says so first, and cdktf-wsgi show does too', () => {
  const build: Build = (web, site) => web.addStatic(protectedFiles(site), { internalOnly: true });
  expect(blockOf(confOf(build), 'location /protected/ {')[0]).toBe('internal;');
  const stack = siteStack((site) => {
    build(new NginxFrontend(site, 'web'), site);
  });
  const routes = routesOf(StackTopology.of(stack).topology());
  expect(routes).toEqual([['web, every name', '/protected/', 'files of files, for nginx alone']]);
});

const BACKENDS: Readonly<Record<string, (site: TerraformStack) => IBackend>> = {
  uwsgi: (site) => new UwsgiApp(site, 'app', UWSGI),
  gunicorn: (site) => new GunicornApp(site, 'app', GUNICORN),
};

describeWith(['nginx', 'uwsgi', 'gunicorn'], 'files that an application lets out', () => {
  test.each(Object.entries(BACKENDS))('with %s: to those it knows, a part of one too', (_, backend) =>
    withDirectory(async (directory) => {
      for (const folder of ['code', 'files']) mkdirSync(join(directory, folder));
      for (const file of ['p.py', 'g.py']) writeFileSync(join(directory, 'code', file), LETTING_OUT);
      writeFileSync(join(directory, 'files', 'report.txt'), '0123456789');
      const stack = siteStack((site) => {
        const web = new NginxFrontend(site, 'web');
        web.addBackend('/', backend(site));
        web.addStatic(protectedFiles(site), { internalOnly: true });
      });
      expect(Review.of(stack).findings).toEqual([]);
      const files = { code: { app: join(directory, 'code') }, statics: { files: join(directory, 'files') } };
      await withServers(onDebian12(StackTopology.of(stack).topology()), files, async (bed) => {
        const asks = asking(bed, 'web', 8080);
        const headers = { Cookie: 'who=me' };
        expect((await asks({ path: '/protected/report.txt', headers })).status).toBe(404);
        expect((await asks({ path: '/get/report.txt' })).status).toBe(403);
        const whole = await asks({ path: '/get/report.txt', headers });
        expect([whole.status, whole.body.toString()]).toEqual([200, '0123456789']);
        expect(whole.headers['content-type']).toBe('text/special');
        const part = await asks({ path: '/get/report.txt', headers: { ...headers, Range: 'bytes=2-4' } });
        expect([part.status, part.body.toString()]).toEqual([206, '234']);
      });
    }),
  );
});

describeWith(['nginx'], 'an internal location', () => {
  test('is where an error page may be, out of the reach of clients', () =>
    withFrontend(
      (web) => {
        web.addPolicy(Policy.errorPages({ pages: [ErrorPage.path([404], '/errors/404')] }));
        web.addLocation(LocationMatch.exact('/errors/404'), LocationAction.respond(200, 'a page'), {
          internalOnly: true,
        });
      },
      async (asks) => {
        for (const path of ['/nowhere', '/errors/404']) {
          const answer = await asks({ path });
          expect([answer.status, answer.body.toString()]).toEqual([404, 'a page']);
        }
      },
    ));
});
