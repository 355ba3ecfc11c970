import {
  Directive,
  ExternalBackend,
  LocationAction,
  LocationMatch,
  Policy,
  StaticMount,
  StaticSource,
} from 'cdktf-wsgi';
import type { IPolicy } from 'cdktf-wsgi';
import { confOf, nginxWarns, reviewOf, withFrontend, blockOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import type { Headers } from '../helpers/echo';
import { DEEP, LEVELS, OUTER, placesOf, withPlaces } from '../helpers/policy-places';
import { describeWith } from '../helpers/programs';

const anyone = ExternalBackend.http('10.0.0.7', 80);
const READING = Policy.allowMethods({ methods: ['GET'] });
const WRITING = Policy.allowMethods({ methods: ['GET', 'POST'] });
const PREFLIGHT = {
  method: 'OPTIONS',
  headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'PUT' },
};

test('methods are told by a map, and those that may be used with a refusal alone', () => {
  const text = confOf((web) => {
    web.addBackend('/login', anyone).addPolicy(WRITING);
  });
  expect(blockOf(text, 'map $request_method $allow_methods_login_refused {')).toEqual([
    'default 1;',
    'GET "";',
    'HEAD "";',
    'POST "";',
  ]);
  expect(blockOf(text, 'map $allow_methods_login_refused $allow_methods_login_allow {')).toEqual([
    'default "";',
    '1 "GET, HEAD, POST";',
  ]);
});

test('a list of the frontend stands in each location, with the map of the one that holds there', () => {
  const text = confOf((web) => {
    const places = placesOf(web, anyone);
    places.frontend.addPolicy(READING);
    places.nested.addPolicy(WRITING);
  });
  expect(blockOf(text, 'location /in/ {')).toContain('if ($allow_methods_all_refused) {');
  const nested = blockOf(text, 'location /in/deep/ {');
  expect(nested.filter((line) => line.startsWith('if '))).toHaveLength(1);
  expect(nested.join('\n')).toMatch(
    /^if \(\$(?!allow_methods_all)(\w+)_refused\) \{\nreturn 405;\n\}\n[^]*\nadd_header Allow \$\1_allow always;$/,
  );
});

describe('what is refused at once', () => {
  test.each<[string, string[], string]>([
    ['no method', [], 'Policy.allowMethods: methods is empty: every request would be refused'],
    [
      'small letters',
      ['get'],
      'methods[0] "get" is no method: they are told by capital letters\n  give one such as \'GET\'',
    ],
    ['a blank', ['GET', 'PO ST'], 'methods[1] "PO ST" is no method'],
    [
      'what nginx refuses itself',
      ['TRACE'],
      'methods[0] "TRACE" is a method that nginx itself answers 405\n  leave it out',
    ],
  ])('%s', (_, methods, message) => {
    expect(() => Policy.allowMethods({ methods })).toThrow(message);
  });
});

describe('what was passed through and would not be held to it is a finding', () => {
  const root = Directive.of('root', ['/srv']);
  test.each<[string, Build, RegExp | undefined]>([
    [
      'a location in the server',
      (web) => {
        const { server } = placesOf(web, anyone);
        server.addPolicy(READING);
        server.addDirective(Directive.of('location', ['/x'], [Directive.of('return', ['200'])]));
      },
      /allowMethods stands in the locations of the library: it would not hold for the location that was passed through here[^]*construct: site\/web\/server-a.example/,
    ],
    [
      'a location in a location',
      (web) => {
        const { location } = placesOf(web, anyone);
        web.addPolicy(READING);
        location.addDirective(Directive.of('location', ['/in/x'], [Directive.of('return', ['200'])]));
      },
      /would not hold for the location[^]*construct: site\/web\/server-a.example\/location--in/,
    ],
    [
      'files of a server that no location catches',
      (web) => {
        const { server } = placesOf(web, anyone);
        server.addPolicy(READING);
        server.addDirective(root);
      },
      /would not hold for the root/,
    ],
    [
      'but not files of a server whose locations catch all',
      (web) => {
        const server = web.addServer({ serverNames: ['a.example'] });
        server.addBackend('/', anyone);
        server.addPolicy(READING);
        server.addDirective(root);
      },
      undefined,
    ],
    [
      'nor a server without such a policy',
      (web) => {
        const { server, location } = placesOf(web, anyone);
        location.addPolicy(READING);
        server.addDirective(root);
      },
      undefined,
    ],
  ])('%s', (_, build, message) => {
    const findings = reviewOf(build).findings.join('\n');
    if (message === undefined) expect(findings).toBe('');
    else expect(findings).toMatch(message);
  });
});

describeWith(['nginx'], 'methods and real requests', () => {
  test.each(LEVELS)('at the %s others are answered 405, and which may be used is said then alone', (level) =>
    withPlaces({ [level]: READING }, async (asks) => {
      for (const method of ['POST', 'DELETE', 'OPTIONS', 'PROPFIND', 'FOO_BAR']) {
        const { status, headers } = await asks(DEEP, { method });
        expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
      }
      for (const method of ['GET', 'HEAD']) {
        const { status, headers } = await asks(DEEP, { method });
        expect([status, headers['allow']]).toEqual([200, undefined]);
      }
    }),
  );

  test.each(['frontend', 'server', 'location'] as const)(
    'one further in holds instead of that of the %s',
    (level) =>
      withPlaces({ [level]: READING, nested: WRITING }, async (asks) => {
        expect((await asks(OUTER, { method: 'POST' })).status).toBe(405);
        expect((await asks(DEEP, { method: 'POST' })).status).toBe(200);
        const { status, headers } = await asks(DEEP, { method: 'PUT' });
        expect([status, headers['allow']]).toEqual([405, 'GET, HEAD, POST']);
      }),
  );

  const cors = Policy.cors({ origins: ['https://a.example'] });
  const pairs = LEVELS.flatMap((level) =>
    (['server', 'location', 'nested'] as const).map((other) => [level, other] as const),
  );
  test.each(pairs)(
    'at the %s it lets pass what a browser asks first where Policy.cors of the %s answers',
    (level, other) =>
      withPlaces(
        level === other ? { [level]: [READING, cors] } : { [level]: READING, [other]: cors },
        async (asks) => {
          const { status, headers } = await asks(DEEP, PREFLIGHT);
          expect([status, headers['access-control-allow-origin']]).toEqual([204, 'https://a.example']);
          expect((await asks(DEEP, { method: 'OPTIONS' })).status).toBe(405);
          expect((await asks(DEEP, { method: 'PUT' })).status).toBe(405);
        },
      ),
  );

  test('fixed answers, redirects and files are held to it, and headers of their own do not matter', () =>
    withFrontend(
      (web, site) => {
        web.addPolicy(READING);
        web.addLocation(LocationMatch.exact('/ready'), LocationAction.respond(200, 'yes'));
        web.addRedirect('/old', '/new').addDirective(Directive.of('add_header', ['X-Own', 'yes']));
        web.addStatic(new StaticMount(site, 'files', { path: '/s/', source: StaticSource.hostPath('/srv') }));
      },
      async (asks) => {
        for (const path of ['/ready', '/old', '/s/a']) {
          const { status, headers } = await asks({ path, method: 'POST' });
          expect([path, status, headers['allow']]).toEqual([path, 405, 'GET, HEAD']);
        }
        expect((await asks({ path: '/ready' })).status).toBe(200);
        expect((await asks({ path: '/old' })).status).toBe(302);
      },
      { files: '/nowhere' },
    ));

  test('a condition and an Allow that were passed through stand beside it', () =>
    withPlaces(
      { server: READING },
      async (asks) => {
        expect((await asks(DEEP, { headers: { 'X-No': '1' } })).status).toBe(403);
        const { status, headers } = await asks(DEEP, { method: 'POST' });
        expect([status, headers['allow']]).toEqual([405, 'PUT']);
      },
      {
        more: ({ nested }) => {
          nested.addDirective(Directive.of('add_header', ['Allow', 'PUT', 'always']));
          nested.addDirective(Directive.of('if', ['($http_x_no)'], [Directive.of('return', ['403'])]));
        },
      },
    ));

  test('what the application hands back to nginx is still the request that was let in', () =>
    withPlaces(
      { frontend: Policy.allowMethods({ methods: ['POST'] }) },
      async (asks) => {
        expect((await asks(DEEP, { method: 'POST' })).status).toBe(200);
        expect((await asks(DEEP)).status).toBe(405);
      },
      {
        answered: (path): Headers => (path === DEEP ? { 'X-Accel-Redirect': OUTER } : {}),
      },
    ));

  test("a policy of one's own may have conditions for a whole frontend as well", () => {
    const closed: IPolicy = {
      kind: 'closed',
      bindPolicy: () => ({
        directives: [],
        locationDirectives: [Directive.of('if', ['($http_x_closed)'], [Directive.of('return', ['503'])])],
      }),
    };
    return withPlaces({ frontend: closed }, async (asks) => {
      expect((await asks(DEEP, { headers: { 'X-Closed': '1' } })).status).toBe(503);
      expect((await asks(DEEP)).status).toBe(200);
    });
  });

  test.each(LEVELS)('nginx has nothing to say of it at the %s', async (level) => {
    const said = await nginxWarns((web) => {
      placesOf(web, anyone)[level].addPolicy(READING);
    });
    expect(said).not.toMatch(/\[(?:warn|emerg)\]/);
  });
});
