import { resolve } from 'node:path';
import type { GunicornAppProps, UwsgiAppProps } from 'cdktf-wsgi';
import {
  AppImage,
  Directive,
  ExternalBackend,
  FileMode,
  GunicornApp,
  Listener,
  LocationAction,
  LocationMatch,
  Mount,
  NginxFrontend,
  Review,
  Size,
  StaticMount,
  StaticSource,
  UwsgiApp,
} from 'cdktf-wsgi';
import { confOf, reviewOf, withFrontend } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

const findings = (build: Build): readonly string[] => reviewOf(build).findings;
const gone = LocationAction.respond(410);

describe('what no location catches', () => {
  const some: Build = (web) => web.addLocation(LocationMatch.prefix('/api/'), gone);

  test('is answered 404, unless something of the server answers it', () => {
    expect(confOf(some)).toContain('location / {\n            return 404;');
    expect(confOf((web) => web.addLocation(LocationMatch.prefixOnly('/'), gone))).not.toContain('return 404');
    expect(confOf((web) => web.addLocation(LocationMatch.exact('/'), gone))).toContain('return 404');
  });

  test('names that no server has are refused by a frontend whose own server is empty', () => {
    const build: Build = (web) => web.addServer({ serverNames: ['a.example.com'] }).addRedirect('/', '/a');
    const text = confOf(build);
    expect(text.match(/listen .*|server_name .*|return .*/g)).toEqual([
      'listen unix:/tmp/edge/8080.sock default_server proxy_protocol;',
      'server_name _;',
      'return 444;',
      'listen unix:/tmp/edge/8080.sock proxy_protocol;',
      'server_name a.example.com;',
      'return 302 /a$is_args$args;',
    ]);
  });

  test('fails on a server without routes, beside one that has some', () => {
    const build: Build = (web) => {
      web.addLocation(LocationMatch.prefix('/'), gone);
      web.addServer({ serverNames: ['a.example.com', 'b.example.com'] });
    };
    expect(findings(build)).toEqual([
      "the server a.example.com b.example.com has no routes: every request for it would be answered 404\n  add one, such as addBackend('/', app), or leave out its names\n  construct: site/web/server-a.example.com",
    ]);
  });

  describeWith(['nginx'], 'by a real nginx', () => {
    test('gets no page of the image', async () => {
      await withFrontend(some, async (asks) => {
        expect((await asks({ path: '/' })).status).toBe(404);
        expect((await asks({ path: '/index.html' })).status).toBe(404);
        expect((await asks({ path: '/api/' })).status).toBe(410);
      });
    });
  });
});

describe('heads of requests', () => {
  const raised =
    (size: string, onShop: Partial<UwsgiAppProps>, onApi: Partial<GunicornAppProps>): Build =>
    (web, site) => {
      web.addBackend('/', new UwsgiApp(site, 'shop', { ...UWSGI, ...onShop }));
      web.addBackend('/api/', new GunicornApp(site, 'api', { ...GUNICORN, ...onApi }));
      web.addDirective(Directive.of('large_client_header_buffers', size.split(' ')));
    };
  const told = (size: string, onShop: Partial<UwsgiAppProps> = {}, onApi: Partial<GunicornAppProps> = {}) =>
    findings(raised(size, onShop, onApi)).map((finding) => finding.split('\n').slice(0, 2));

  test('that nginx lets in are larger than an application takes', () => {
    expect(told('4 64k')).toEqual([
      [
        'large_client_header_buffers 4 64k lets in heads of requests that uwsgi app "shop" would refuse',
        '  give it fewer or smaller buffers: their number times their size, and 1 KiB of variables, have to fit bufferSize, 65535 bytes (65535 at most)',
      ],
      [
        'large_client_header_buffers 4 64k lets in heads of requests that gunicorn app "api" would refuse',
        '  give the application limitRequestLine: Size.bytes(0), which is no limit, and limitRequestFieldSize: Size.bytes(262144)',
      ],
    ]);
    expect(told('4 8k', { bufferSize: Size.kibibytes(32) })).toHaveLength(1);
    expect(told('5 8k')).toEqual([
      [
        'large_client_header_buffers 5 8k lets in heads of requests that gunicorn app "api" would refuse',
        '  give the application limitRequestFieldSize: Size.bytes(40960)',
      ],
    ]);
  });

  test('that every application takes are no finding', () => {
    expect(told('4 8k')).toEqual([]);
    expect(told('2 16K', {}, { limitRequestLine: Size.bytes(0) })).toEqual([]);
    expect(
      told('3 16k', {}, { limitRequestLine: Size.bytes(0), limitRequestFieldSize: Size.kibibytes(48) }),
    ).toEqual([]);
  });

  test('are looked at in the server that has the directive, and in no other', () => {
    const build: Build = (web, site) => {
      web.addBackend('/', new GunicornApp(site, 'api', GUNICORN));
      const docs = web.addServer({ serverNames: ['docs.example.com'] });
      docs.addLocation(LocationMatch.prefix('/'), gone);
      docs.addDirective(Directive.of('large_client_header_buffers', ['4', '64k']));
    };
    expect(findings(build)).toEqual([]);
  });
});

describe('bodies of requests', () => {
  const uploads =
    (mebibytes: number, onShop: Partial<UwsgiAppProps> = {}): Build =>
    (web, site) => {
      web.addBackend('/', new GunicornApp(site, 'api', GUNICORN));
      const shop = new UwsgiApp(site, 'shop', { ...UWSGI, ...onShop });
      const server = { serverNames: ['shop.example.com'], clientMaxBodySize: Size.mebibytes(mebibytes) };
      web.addServer(server).addBackend('/', shop);
    };

  test('that nginx lets in do not fit where uWSGI writes them', () => {
    expect(findings(uploads(257))).toEqual([
      'clientMaxBodySize lets in bodies of 257 MiB, and uwsgi app "shop" writes them into a /tmp of 256 MiB: it would answer 500\n' +
        "  give it mounts: [Mount.tmpfs('/tmp', Size.mebibytes(257))], times as many as may come at once, environment TMPDIR with a mounted directory, or let in less\n" +
        '  construct: site/shop\n  rule: UWS-POSTBUF-TMP',
    ]);
    expect(findings(uploads(65, { memory: Size.gibibytes(1) }))).toHaveLength(1);
  });

  test.each<[string, Build]>([
    ['as large as /tmp', uploads(256)],
    [
      'larger than the default, in a larger /tmp',
      uploads(300, { mounts: [Mount.tmpfs('/tmp', Size.mebibytes(300))] }),
    ],
    ['elsewhere', uploads(300, { environment: { TMPDIR: '/var/spool' } })],
    ['in memory', uploads(300, { postBuffering: Size.mebibytes(301) })],
    ['passed on as they come', uploads(300, { postBuffering: Size.bytes(0) })],
  ])('%s are no finding', (_, build) => {
    expect(findings(build)).toEqual([]);
  });
});

describe('redirects', () => {
  test.each<[string, Build]>([
    [
      'to a longer location',
      (web) => {
        web.addLocation(LocationMatch.prefix('/app/'), gone);
        web.addRedirect('/', '/app/');
      },
    ],
    [
      'whose target an exact location catches',
      (web) => {
        web.addRedirect('/old/', '/old/index');
        web.addLocation(LocationMatch.exact('/old/index'), gone);
      },
    ],
    ['to another place', (web) => web.addRedirect('/', 'https://example.com/')],
  ])('may go %s', (_, build) => {
    expect(findings(build)).toEqual([]);
  });

  test.each<[string, Build, string]>([
    [
      'itself',
      (web) => web.addLocation(LocationMatch.prefix('/a/'), LocationAction.redirect('/a/b?c')),
      'the redirect of /a/ comes back to itself (/a/ to /a/b?c): clients would go round for ever\n  redirect to a path that another location catches, or catch only the one path: LocationMatch.exact\n  construct: site/web/location--a--',
    ],
    [
      'each other',
      (web) => {
        web.addRedirect('/a/', '/b/x');
        web.addRedirect('/b/', '/a/');
      },
      'the redirect of /b/ comes back to itself (/b/ to /a/ to /b/x)',
    ],
  ])('fail when they lead to %s', (_, build, message) => {
    expect(findings(build).join('\n')).toContain(message);
  });
});

describe('upstreams', () => {
  test('fail when nothing passes to them, but not as members of one that is used', () => {
    const build: Build = (web) => {
      const [inner, outer] = [web.addUpstream('inner'), web.addUpstream('outer')];
      inner.add(ExternalBackend.http('10.0.0.7', 80));
      outer.add(inner);
      web.addBackend('/', outer);
      web.addUpstream('unused').add(inner);
    };
    expect(findings(build)).toEqual([
      "nothing passes to upstream unused\n  add it to a location with addBackend('/', upstream), or leave it out\n  construct: site/web",
    ]);
  });

  test('fail where another frontend has them, which is named', () => {
    const build: Build = (web, site) => {
      const pool = new NginxFrontend(site, 'other', {
        listeners: [Listener.http(81)],
      }).addUpstream('pool');
      pool.add(ExternalBackend.http('10.0.0.7', 80));
      web.addBackend('/', pool);
    };
    expect(findings(build)).toContain(
      'nothing of site/other passes to upstream pool, which was made for it: site/web does\n  make it with addUpstream of site/web, or pass to it here as well\n  construct: site/other',
    );
  });

  test('fail once where their names differ in case only, in words of who wrote neither', () => {
    const build: Build = (web, site) => {
      web.addBackend('/1/', new GunicornApp(site, 'App', GUNICORN));
      web.addBackend('/2/', new GunicornApp(site, 'app', GUNICORN));
    };
    expect(findings(build)).toEqual([
      'two backends are called App and app, which differ in case only: nginx knows upstreams by name, without regard to case, and one would take the requests of the other\n  give one of them another id or upstream name; servers that live elsewhere get one as members of addUpstream(name)\n  construct: site/web/location--2--\n  rule: NGX-DUP',
    ]);
  });

  test('fail on mixed protocols, and say nothing more of their applications', () => {
    const build: Build = (web, site) => {
      const pool = web.addUpstream('pool');
      pool.add(new GunicornApp(site, 'api', GUNICORN));
      pool.add(new UwsgiApp(site, 'shop', UWSGI));
      web.addBackend('/', pool);
    };
    expect(findings(build)).toEqual([expect.stringContaining('upstream pool mixes api, which speaks http')]);
  });

  test('of servers whose names differ in a dot or a dash are two', () => {
    const text = confOf((web) => {
      web.addBackend('/1/', ExternalBackend.http('a.b', 1));
      web.addBackend('/2/', ExternalBackend.http('a-b', 1));
      web.addBackend('/3/', ExternalBackend.httpSocket('/run/a-b/c.sock'));
      web.addBackend('/4/', ExternalBackend.httpSocket('/run/a/b/c.sock'));
      web.addBackend('/5/', ExternalBackend.httpSocket('/run/a_b/c.sock'));
    });
    expect(text.match(/upstream \S+/g)).toEqual([
      'upstream a.b-1',
      'upstream a-b.1',
      'upstream run-a_-b-c.sock',
      'upstream run-a-b-c.sock',
      'upstream run-a__b-c.sock',
    ]);
  });
});

test.each<[number | undefined, string]>([
  [101, 'nginx runs as the owner of the socket, for whom the first digit alone counts'],
  [undefined, "set socketMode to FileMode.of('660') (the default), or run both as the same user"],
])('a socket that nginx may not open fails with what there is to do for uid %p', (uid, fix) => {
  const build: Build = (web, site) => {
    const socketMode = FileMode.of(uid === undefined ? '600' : '060');
    web.addBackend(
      '/',
      new GunicornApp(site, 'app', { ...GUNICORN, socketMode, ...(uid === undefined ? {} : { uid }) }),
    );
  };
  expect(findings(build)).toEqual([expect.stringContaining(fix)]);
});

test('a directive that cannot stand in a location fails with that location’s construct', () => {
  const build: Build = (web) => {
    web.addLocation(LocationMatch.prefix('/'), gone).addDirective(Directive.of('listen', ['80']));
  };
  expect(findings(build)).toEqual([
    expect.stringContaining('construct: site/web/location--\n  rule: NGX-CTX'),
  ]);
});

describe('values that nginx.conf cannot hold', () => {
  const build: Build = (web) => {
    web.addLocation(LocationMatch.regex('a\0b'), gone);
    web
      .addServer({ serverNames: ['a.example.com'] })
      .addLocation(LocationMatch.prefix('/'), LocationAction.respond(200, '\ud800'));
  };

  test('fail all at once, each at its location', () => {
    const all = findings(build);
    expect(all).toHaveLength(2);
    expect(all[0]).toContain('has a NUL character at position 1');
    expect(all[0]).toContain('construct: site/web/location-regexa\0b');
    expect(all[1]).toContain('has half of a surrogate pair at position 0');
    expect(all[1]).toContain('construct: site/web/server-a.example.com/location--');
  });

  test('fail with the construct when the files are asked for', () => {
    expect(() => reviewOf(build).files).toThrow('construct: site/web/location-regex');
  });
});

describe('static files of an application’s image', () => {
  const served = (directory: string): readonly string[] => {
    const stack = siteStack((site) => {
      const app = new GunicornApp(site, 'app', { ...GUNICORN, chdir: '/srv/app' });
      const web = new NginxFrontend(site, 'web');
      web.addBackend('/', app);
      web.addStatic(
        new StaticMount(site, 's', { path: '/s/', source: StaticSource.appImage(app, directory) }),
      );
    });
    return Review.of(stack).findings;
  };

  test('may lie below its code', () => {
    expect(served('/srv/app/static')).toEqual([]);
    expect(served('/srv/application')).toEqual([]);
  });

  test.each(['/srv/app', '/srv/app/', '/srv', '/'])('fail in %s, where its code is', (directory) => {
    expect(served(directory)).toEqual([
      `StaticSource.appImage(…, "${directory}") would serve the code of gunicorn app "app" (chdir /srv/app) at /s/\n  give a directory that holds nothing but static files, such as "/srv/app/static"\n  construct: site/s\n  rule: XT-STATIC-SRC`,
    ]);
  });
});

describe('static files of a local directory', () => {
  const CODE = 'examples/hand-written/p_test';
  const served = (source: StaticSource, app: Partial<GunicornAppProps>): readonly string[] =>
    reviewOf((web, site) => {
      web.addBackend('/', new GunicornApp(site, 'app', { ...GUNICORN, ...app }));
      web.addStatic(new StaticMount(site, 's', { path: '/s/', source }));
    }).findings;
  const python = { image: AppImage.python(CODE) };
  const shipped = { codeDirectory: CODE };

  test('may lie below the code', () => {
    expect(served(StaticSource.directory(`${CODE}/static`), python)).toEqual([]);
    expect(served(StaticSource.directory(`${CODE}/static`), shipped)).toEqual([]);
    expect(served(StaticSource.hostPath(resolve(CODE)), shipped)).toEqual([]);
  });

  test.each<[StaticSource, Partial<GunicornAppProps>, string]>([
    [StaticSource.directory(`./${CODE}/`), python, `(AppImage.python ${CODE}) at /s/`],
    [StaticSource.directory('examples/hand-written'), shipped, `(codeDirectory ${CODE}) at /s/`],
    [
      StaticSource.hostPath(resolve(CODE)),
      { ...shipped, development: true },
      `(codeDirectory ${resolve(CODE)}) at /s/`,
    ],
  ])('fail where the code is: %j', (source, app, message) => {
    const [finding, ...others] = served(source, app);
    expect(finding).toContain('would serve the code of gunicorn app "app" ');
    expect(finding).toContain(`${message}\n  give a directory that holds nothing but static files`);
    expect(finding).toContain('rule: XT-STATIC-SRC');
    expect(others).toEqual([]);
  });
});

describe('files that lie elsewhere than their location', () => {
  const located = (args: string[], alias: string): readonly string[] =>
    findings((web) => {
      web.addLocation(LocationMatch.prefix('/'), gone);
      web.addDirective(Directive.of('location', args, [Directive.of('alias', [alias])]));
    });

  test.each([
    [['/s'], '/srv/s', '/s-private/x is /srv/s-private/x'],
    [['/s'], '/srv/s/', '/s../x is /srv/s/../x'],
    [['/s/'], '/srv/s', '/s/x is /srv/sx'],
    [['^~', '/s'], '/srv/s', '/s-private/x is /srv/s-private/x'],
  ])('are a finding where only one of %j and %s ends in a slash, or none does', (args, alias, reached) => {
    expect(located(args, alias)).toEqual([
      `the location ${JSON.stringify(args.at(-1))} with the alias "${alias}" serves what lies beside it too: ${reached}\n` +
        "  end both with '/', or use a StaticMount; for one file give the location the modifier '='\n" +
        '  construct: site/web\n  rule: NGX-ALIAS-SLASH',
    ]);
  });

  test.each([
    [['/s/'], '/srv/s/'],
    [['=', '/favicon.ico'], '/srv/icon.ico'],
    [['~', '^/s/(.+)$'], '/srv/$1'],
    [['/s'], '/srv/$host'],
  ])('are none with %j and %s', (args, alias) => {
    expect(located(args, alias)).toEqual([]);
  });
});
