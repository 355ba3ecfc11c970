import { ExternalBackend } from 'cdktf-wsgi';
import type { IBackend } from 'cdktf-wsgi';
import { nginxSays, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';

/** Servers that live elsewhere, each another one. */
const SERVERS: readonly [IBackend, string][] = [
  [ExternalBackend.http('h', 80), 'h-80'],
  [ExternalBackend.uwsgi('h', 80), 'h-uwsgi80'],
  [ExternalBackend.http('h-uwsgi80', 80), 'h-uwsgi80-80'],
  [ExternalBackend.http('a::1', 80), 'a__1--80'],
  [ExternalBackend.http('a__1', 80), 'a__1-80'],
  [ExternalBackend.http('10.0.0.7', 8080), '10.0.0.7-8080'],
  [ExternalBackend.httpSocket('/run/h/80'), 'run-h-80_'],
  [ExternalBackend.http('run-h', 80), 'run-h-80'],
  [ExternalBackend.httpSocket('/run/h/a.sock'), 'run-h-a.sock'],
  [ExternalBackend.uwsgiSocket('/run/h/a.sock'), 'run-h-a.sock_uwsgi'],
  [ExternalBackend.httpSocket('/run/h/a.sock-uwsgi'), 'run-h-a.sock_-uwsgi'],
];

const all: Build = (web) => {
  SERVERS.forEach(([server], at) => web.addBackend(`/${String(at)}/`, server));
};

describe('servers that live elsewhere have a name each', () => {
  test.each(SERVERS)('%j is %s', (server, name) => {
    expect(server.bindBackend().name).toBe(name);
  });

  test('and are no finding beside each other', () => {
    expect(reviewOf(all).findings).toEqual([]);
  });

  describeWith(['nginx'], 'by a real nginx', () => {
    test('are all taken', async () => {
      const known: Build = (web) => {
        [
          ExternalBackend.http('::2', 80),
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
