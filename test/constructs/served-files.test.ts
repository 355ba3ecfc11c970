import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import type { StaticMountProps } from 'cdktf-wsgi';
import {
  Duration,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  StaticMount,
  StaticSource,
} from 'cdktf-wsgi';
import { blockOf, confOf, withFrontend } from '../helpers/frontends';
import { withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { siteStack } from '../helpers/stacks';

const mount = (site: TerraformStack): StaticMount =>
  new StaticMount(site, 's', { path: '/s/', source: StaticSource.hostPath('/srv/www') });

describe('LocationAction.serve', () => {
  test('serves a mount below any prefix that ends in a slash', () => {
    const text = confOf((web, site) => {
      const files = mount(site);
      web.addLocation(LocationMatch.prefixOnly('/assets/'), LocationAction.serve(files));
      web.addLocation(LocationMatch.prefix('/'), LocationAction.serve(files));
    });
    expect(blockOf(text, 'location ^~ /assets/ {')[0]).toBe('alias /srv/static/s/;');
    expect(blockOf(text, 'location / {')[0]).toBe('root /srv/static/s;');
  });

  test.each<[LocationMatch, string]>([
    [
      LocationMatch.prefix('/static'),
      'LocationAction.serve at LocationMatch.prefix("/static"): without the last \'/\', files beside the mount could be read (/static../secret)\n  write "/static/"\n  construct: site/web\n  rule: NGX-ALIAS-SLASH',
    ],
    [LocationMatch.prefixOnly('/static'), 'rule: NGX-ALIAS-SLASH'],
    [
      LocationMatch.exact('/static/'),
      'an exact location catches one path, and a static mount is a directory',
    ],
    [LocationMatch.regex('\\.css$'), 'nginx would look for every URL at one path'],
    [LocationMatch.regexIgnoreCase('^/static/'), 'rule: NGX-ALIAS-REGEX'],
  ])('fails at a match under which nginx cannot serve a directory: %j', (match, message) => {
    siteStack((site) => {
      const web = new NginxFrontend(site, 'web');
      expect(() => web.addLocation(match, LocationAction.serve(mount(site)))).toThrow(message);
    });
  });
});

test.each<[Partial<StaticMountProps>, string[]]>([
  [{}, []],
  [{ immutable: true }, ['expires 31536000s;', 'add_header Cache-Control immutable;']],
  [
    { immutable: true, expires: Duration.hours(1) },
    ['expires 3600s;', 'add_header Cache-Control immutable;'],
  ],
])('files that never change are kept for a year, unless another time is given: %j', (props, lines) => {
  const text = confOf((web, site) => {
    const source = StaticSource.hostPath('/srv/www');
    web.addStatic(new StaticMount(site, 's', { path: '/s/', source, ...props }));
  });
  const said = blockOf(text, 'location /s/ {').filter((line) => /^(?:expires|add_header) /.test(line));
  expect(said).toEqual(lines);
});

describeWith(['nginx'], 'a real nginx', () => {
  test('serves what is in the mount, nothing beside it, and no dotfile', async () => {
    await withDirectory(async (directory) => {
      for (const folder of ['public', 'public.old']) mkdirSync(join(directory, folder));
      writeFileSync(join(directory, 'public/a.txt'), 'a');
      writeFileSync(join(directory, 'public/.env'), 'secret');
      writeFileSync(join(directory, 'secret'), 'secret');
      await withFrontend(
        (web, site) => web.addLocation(LocationMatch.prefix('/x/'), LocationAction.serve(mount(site))),
        async (asks) => {
          const statuses = ['/x/a.txt', '/x../secret', '/x.old', '/x/.env'].map(async (path) => {
            return (await asks({ path })).status;
          });
          expect(await Promise.all(statuses)).toEqual([200, 404, 404, 404]);
        },
        { s: join(directory, 'public') },
      );
    });
  });
});
