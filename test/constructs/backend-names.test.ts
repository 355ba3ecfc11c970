import { ExternalBackend, GunicornApp } from 'cdktf-wsgi';
import type { IBackend } from 'cdktf-wsgi';
import { confOf, nginxSays, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';
import { GUNICORN } from '../helpers/stacks';

/** Servers that live elsewhere, each another one. */
const SERVERS: readonly [IBackend, string][] = [
  [ExternalBackend.http('h', 80), 'h.80'],
  [ExternalBackend.uwsgi('h', 80), 'h.uwsgi80'],
  [ExternalBackend.http('h.uwsgi80', 80), 'h.uwsgi80-80'],
  [ExternalBackend.http('h-80', 80), 'h-80.80'],
  [ExternalBackend.http('a::1', 80), 'a__1-.80'],
  [ExternalBackend.http('a__1', 80), 'a__1.80'],
  [ExternalBackend.http('::ffff:10.0.0.7', 80), '__ffff_10.0.0.7--80'],
  [ExternalBackend.http('10.0.0.7', 8080), '10.0.0.7-8080'],
  [ExternalBackend.httpSocket('/run/h.80'), 'run-h.80_'],
  [ExternalBackend.httpSocket('/run/h/80'), 'run-h-80_.'],
  [ExternalBackend.http('run-h', 80), 'run-h.80'],
  [ExternalBackend.httpSocket('/run/h/a'), 'run-h-a_.'],
  [ExternalBackend.uwsgiSocket('/run/h/a'), 'run-h-a_._uwsgi'],
  [ExternalBackend.uwsgiSocket('/run/h/a.'), 'run-h-a._uwsgi'],
  [ExternalBackend.httpSocket('/run/h/a.sock'), 'run-h-a.sock'],
  [ExternalBackend.uwsgiSocket('/run/h/a.sock'), 'run-h-a.sock_uwsgi'],
  [ExternalBackend.httpSocket('/run/h/a.sock-uwsgi'), 'run-h-a.sock_-uwsgi'],
];

/** Applications that look like them. */
const IDS = ['h-80', 'h-uwsgi80', 'a__1--80', 'run-h-80', 'run-h-80_', 'run-h-a', 'run-h-a_uwsgi'];

const all: Build = (web, site) => {
  IDS.forEach((id) => web.addBackend(`/${id}/`, new GunicornApp(site, id, GUNICORN)));
  SERVERS.forEach(([server], at) => web.addBackend(`/${String(at)}/`, server));
};

describe('servers that live elsewhere have a name each', () => {
  test.each(SERVERS)('%j is %s', (server, name) => {
    expect(server.bindBackend().name).toBe(name);
  });

  test('and are no finding beside each other and applications', () => {
    expect(reviewOf(all).findings).toEqual([]);
  });

  test('and an upstream each, which the passes name', () => {
    const conf = confOf((web, site) => {
      web.addBackend('/app/', new GunicornApp(site, 'x-80', GUNICORN));
      web.addBackend('/host/', ExternalBackend.http('x', 80));
    });
    expect(conf.match(/^ *(?:upstream|proxy_pass) .*(?=x)x.80/gm)?.map((line) => line.trim())).toEqual([
      'upstream x-80',
      'upstream x.80',
      'proxy_pass http://x-80',
      'proxy_pass http://x.80',
    ]);
  });

  describeWith(['nginx'], 'by a real nginx', () => {
    test('are all taken', async () => {
      const known: Build = (web, site) => {
        web.addBackend('/app/', new GunicornApp(site, 'a__2--80', GUNICORN));
        [
          ExternalBackend.httpSocket('/run/h/a'),
          ExternalBackend.http('a::2', 80),
          ExternalBackend.uwsgi('::2', 80),
          ExternalBackend.uwsgi('10.0.0.7', 80),
          ExternalBackend.httpSocket('/run/h/80'),
          ExternalBackend.uwsgiSocket('/run/h/a.sock'),
        ].forEach((server, at) => web.addBackend(`/${String(at)}/`, server));
      };
      expect(await nginxSays(known)).toBe('');
    });
  });
});
