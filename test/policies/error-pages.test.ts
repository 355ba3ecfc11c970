import {
  BackendProtocol,
  Directive,
  ErrorPage,
  ExternalBackend,
  LocationAction,
  LocationMatch,
  Policy,
  PolicyKind,
} from 'cdktf-wsgi';
import { blockOf, confOf, nginxWarns, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { DEEP, LEVELS, OUTER, attachAt, placesOf, withPlaces } from '../helpers/policy-places';
import type { At } from '../helpers/policy-places';
import { describeWith } from '../helpers/programs';

const anyone = ExternalBackend.http('10.0.0.7', 80);
const SOON = ErrorPage.text([502, 504], '<p>Back "soon" for $5</p>', 'text/html');
const page = (text: string, code = 404): ErrorPage => ErrorPage.text([code], text);

test('a page of text is a named location of the server, and one of a path is that path', () => {
  const text = confOf((web) => {
    const pages = [SOON, ErrorPage.path([404], '/errors/404.html'), page('gone', 403)];
    web.addBackend('/login', anyone).addPolicy(Policy.errorPages({ pages, intercept: true }));
  });
  expect(blockOf(text, 'location /login {').filter((line) => /error/.test(line))).toEqual([
    'proxy_intercept_errors on;',
    'error_page 502 504 @error_pages_login;',
    'error_page 404 /errors/404.html;',
    'error_page 403 @error_pages_login_3;',
  ]);
  expect(blockOf(text, 'location @error_pages_login {')).toEqual([
    'types {',
    '}',
    'default_type text/html;',
    `return 200 '<p>Back "soon" for \${literal_dollar}5</p>';`,
  ]);
  expect(blockOf(text, 'location @error_pages_login_3 {')).toContain('return 200 gone;');
});

test('a page may answer with another status', () => {
  const pages = [ErrorPage.text([502], 'soon', 'text/plain', { status: 503 })];
  const text = confOf((web) => {
    web.addBackend('/', anyone).addPolicy(Policy.errorPages({ pages }));
  });
  expect(text).toContain('error_page 502 =503 @error_pages_root;');
});

describe('what is refused at once', () => {
  test.each<[string, () => unknown, string]>([
    ['no page', () => Policy.errorPages({ pages: [] }), 'Policy.errorPages: pages is empty'],
    ['no status', () => ErrorPage.text([], 'x'), 'ErrorPage.text: there is no status'],
    [
      'a success',
      () => ErrorPage.text([502, 200], 'x'),
      'codes[1] 200 is no status that nginx has a page for',
    ],
    ['a client that has gone', () => ErrorPage.path([499], '/x'), 'codes[0] 499 is no status'],
    ['no media type', () => ErrorPage.text([404], 'x', 'html'), 'contentType "html" is not a media type'],
    ['no path', () => ErrorPage.path([404], 'errors/404.html'), '"errors/404.html" is no path'],
    ['another host', () => ErrorPage.path([404], '//evil.example/'), '"//evil.example/" is no path'],
    [
      'no status of an answer',
      () => ErrorPage.text([404], 'x', 'text/plain', { status: 1 }),
      'status 1 is no status of an answer',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describeWith(['nginx'], 'error pages of a real nginx', () => {
  const missing = (path: string): Record<string, string> => (path.includes('page') ? { Status: '404' } : {});
  const shown = (text: string): Policy => Policy.errorPages({ pages: [page(text)], intercept: true });

  test.each(LEVELS)('attached to the %s stand for what the application says', (level) =>
    withPlaces(
      { [level]: shown('not here') },
      async (asks) => {
        const answer = await asks(DEEP);
        expect([answer.status, answer.body.toString()]).toEqual([404, 'not here']);
        expect(answer.headers['content-type']).toBe('text/plain');
      },
      { answered: missing },
    ),
  );

  test.each(Object.values(BackendProtocol))(
    'the innermost page is shown, and others stay, over %s',
    (protocol) =>
      withPlaces(
        {
          frontend: Policy.errorPages({ pages: [page('outer'), page('refused', 403)], intercept: true }),
          nested: shown('inner'),
        },
        async (asks) => {
          expect((await asks(DEEP)).body.toString()).toBe('inner');
          expect((await asks(OUTER)).body.toString()).toBe('outer');
          const refused = await asks('/in/deep/secret');
          expect([refused.status, refused.body.toString()]).toEqual([403, 'refused']);
        },
        {
          protocol,
          answered: (path) => (path.endsWith('secret') ? { Status: '403' } : missing(path)),
        },
      ),
  );

  test('without intercept the application has its say', () =>
    withPlaces(
      { server: Policy.errorPages({ pages: [page('not here')] }) },
      async (asks) => {
        expect((await asks(DEEP)).body.toString()).toContain('a.example');
        expect((await asks('/nowhere')).body.toString()).toBe('not here');
      },
      { answered: missing },
    ));

  test('have the headers that hold in the server', () =>
    withPlaces({ frontend: [Policy.securityHeaders(), shown('not here')] }, async (asks) => {
      expect((await asks('/nowhere')).headers).toHaveProperty('x-frame-options', 'SAMEORIGIN');
    }));

  test('are let go of by Policy.off, and give way to one that was passed through', () =>
    withPlaces(
      { server: shown('outer'), nested: Policy.off(PolicyKind.ERROR_PAGES) },
      async (asks) => {
        expect((await asks(DEEP)).body.toString()).not.toBe('outer');
        expect((await asks(OUTER)).body.toString()).toBe('own');
      },
      {
        answered: missing,
        more: ({ server, location }) => {
          server.addDirective(Directive.of('location', ['@own'], [Directive.of('return', ['200', 'own'])]));
          location.addDirective(Directive.of('error_page', ['404', '@own']));
        },
      },
    ));

  test('a page of a path is what that location answers', () =>
    withPlaces(
      { server: Policy.errorPages({ pages: [ErrorPage.path([404], '/errors/404')] }) },
      async (asks) => {
        const answer = await asks('/nowhere');
        expect([answer.status, answer.body.toString()]).toEqual([404, 'a page']);
      },
      {
        more: ({ server }) => {
          server.addLocation(LocationMatch.exact('/errors/404'), LocationAction.respond(200, 'a page'));
        },
      },
    ));

  test('of nobody who answers', () =>
    withPlaces(
      { server: Policy.errorPages({ pages: [SOON] }) },
      async (asks) => {
        const answer = await asks('/dead');
        expect([answer.status, answer.body.toString()]).toEqual([502, '<p>Back "soon" for $5</p>']);
        expect(answer.headers['content-type']).toBe('text/html');
      },
      {
        more: ({ server }) => {
          server.addBackend('/dead', ExternalBackend.httpSocket('/nowhere/dead.sock'));
        },
      },
    ));
});

describe('maintenance', () => {
  const builds =
    (at: At): Build =>
    (web) => {
      attachAt(placesOf(web, anyone), at);
    };

  test('is a condition in each location, and what it says in a place of its own', () => {
    const closed = Policy.maintenance({
      allow: ['192.0.2.0/24'],
      body: '<p>x</p>',
      contentType: 'text/html',
    });
    const text = confOf(builds({ server: closed }));
    expect(blockOf(text, 'geo $maintenance_a_example_closed {')).toEqual(['default 1;', '192.0.2.0/24 "";']);
    const inside = blockOf(text, 'location /in/ {');
    expect(inside.slice(0, 4)).toEqual([
      'if ($maintenance_a_example_closed) {',
      'error_page 503 @maintenance_a_example;',
      'return 503;',
      '}',
    ]);
    expect(blockOf(text, 'location @maintenance_a_example {')).toEqual([
      'types {',
      '}',
      'default_type text/html;',
      'add_header Retry-After 300 always;',
      'return 503 <p>x</p>;',
    ]);
    expect(reviewOf(builds({ server: closed })).findings).toEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    ['a host and a network', () => Policy.maintenance({ allow: ['10.0.0.5/8'] }), 'allow[0] "10.0.0.5/8"'],
    ['no media type', () => Policy.maintenance({ contentType: 'x' }), 'contentType "x" is not a media type'],
  ])('with %s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describeWith(['nginx'], 'maintenance of a real nginx', () => {
  test.each(LEVELS)('at the %s answers 503 there, and lets some through', (level) =>
    withPlaces({ [level]: Policy.maintenance({ allow: ['127.0.0.9'] }) }, async (asks) => {
      const answer = await asks(DEEP);
      expect([answer.status, answer.body.toString()]).toEqual([503, 'Down for maintenance.']);
      expect(answer.headers).toMatchObject({ 'retry-after': '300', 'content-type': 'text/plain' });
      expect((await asks(DEEP, { from: '127.0.0.9' })).status).toBe(200);
      expect((await asks(OUTER)).status).toBe(level === 'nested' ? 200 : 503);
      expect((await asks('/nowhere')).status).toBe(level === 'frontend' || level === 'server' ? 503 : 404);
    }),
  );

  test('is let go of further in, beside error pages and headers that hold', () =>
    withPlaces(
      {
        frontend: [
          Policy.maintenance(),
          Policy.securityHeaders(),
          Policy.errorPages({ pages: [page('x', 503)] }),
        ],
        nested: Policy.off(PolicyKind.MAINTENANCE),
      },
      async (asks) => {
        const answer = await asks(OUTER);
        expect([answer.status, answer.body.toString()]).toEqual([503, 'Down for maintenance.']);
        expect(answer.headers).toMatchObject({ 'retry-after': '300', 'x-frame-options': 'SAMEORIGIN' });
        expect((await asks(DEEP)).status).toBe(200);
      },
    ));

  test('is taken without a warning', async () => {
    const build: Build = (web) => {
      attachAt(placesOf(web, anyone), {
        frontend: [Policy.maintenance(), Policy.errorPages({ pages: [SOON] })],
      });
    };
    expect(await nginxWarns(build)).not.toMatch(/\[(?:warn|emerg)\]/);
  });
});
