import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import {
  Balance,
  Directive,
  Duration,
  ExternalBackend,
  GunicornApp,
  HealthCheck,
  Listener,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  Review,
  Size,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
} from 'cdktf-wsgi';
import { DEBIAN_12, blockOf, confOf, nginxSays, reviewOf, withFrontend } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { GUNICORN, UWSGI, container, siteStack } from '../helpers/stacks';

const gone = LocationAction.respond(410);
const far = (last: number): ExternalBackend => ExternalBackend.http(`10.0.0.${String(last)}`, 80);

describe('what is added around a location', () => {
  const header = (name: string, ...args: string[]): Directive => Directive.of(name, args);
  const linesOf = (text: string, head: string, name: string): string[] =>
    blockOf(text, head).filter((line) => line.startsWith(`${name} `));

  test('holds where a directive of ours would keep it out', () => {
    const text = confOf((web, site) => {
      web.addDirective(header('add_header', 'X-Frame-Options', 'DENY', 'always'));
      web.addDirective(header('proxy_set_header', 'X-Team', 'a'));
      web.addDirective(header('proxy_set_header', 'X-Real-IP', '0.0.0.0'));
      web.addBackend('/', new GunicornApp(site, 'api', GUNICORN));
      const source = StaticSource.hostPath('/srv/www');
      const files = web.addStatic(new StaticMount(site, 's', { path: '/s/', source, immutable: true }));
      files.addDirective(header('etag', 'off'));
    });
    expect(linesOf(text, 'location /s/ {', 'add_header')).toEqual([
      'add_header Cache-Control immutable;',
      'add_header X-Frame-Options DENY always;',
    ]);
    const sent = linesOf(text, 'location / {', 'proxy_set_header');
    expect(sent.slice(-2)).toEqual(['proxy_set_header X-Team a;', 'proxy_set_header X-Real-IP 0.0.0.0;']);
    expect(sent.filter((line) => line.includes('X-Real-IP'))).toHaveLength(1);
    expect(linesOf(text, 'location / {', 'add_header')).toEqual([]);
  });

  test('gives way to what is nearer, which is nginx’s way', () => {
    const text = confOf((web, site) => {
      web.addDirective(header('add_header', 'X-A', '1'));
      web.addBackend('/', new GunicornApp(site, 'api', GUNICORN));
      const docs = web.addServer({ serverNames: ['docs.example.com'] });
      docs.addDirective(header('add_header', 'X-B', '2'));
      const source = StaticSource.hostPath('/srv/www');
      const mount = (id: string) => new StaticMount(site, id, { path: `/${id}/`, source, immutable: true });
      docs.addStatic(mount('s'));
      docs.addStatic(mount('t')).addDirective(header('add_header', 'X-C', '3'));
    });
    expect(linesOf(text, 'location /s/ {', 'add_header').slice(1)).toEqual(['add_header X-B 2;']);
    expect(linesOf(text, 'location /t/ {', 'add_header').slice(1)).toEqual(['add_header X-C 3;']);
  });

  describeWith(['nginx'], 'by a real nginx', () => {
    test('reaches the client', async () => {
      const build: Build = (web, site) => {
        web.addDirective(header('add_header', 'X-A', '1'));
        const source = StaticSource.hostPath('/srv/www');
        web.addStatic(new StaticMount(site, 's', { path: '/s/', source, immutable: true }));
      };
      await withDirectory(async (directory) => {
        writeFileSync(join(directory, 'a.txt'), 'a');
        await withFrontend(
          build,
          async (asks) => {
            const { headers } = await asks({ path: '/s/a.txt' });
            expect([headers['x-a'], headers['cache-control']]).toEqual(['1', 'max-age=31536000, immutable']);
          },
          { s: directory },
        );
      });
    });
  });
});

describe('a redirect', () => {
  const to = (target: string): string =>
    /return 302 (.*);/.exec(confOf((web) => web.addRedirect('/old/', target)))?.[1] ?? '';

  test('keeps the query before a fragment, and gives way to a query of its target', () => {
    expect(to('/new/')).toBe('/new/$is_args$args');
    expect(to('https://example.com/guide#install')).toBe('"https://example.com/guide$is_args$args#install"');
    expect(to('/new/?from=old')).toBe('/new/?from=old');
    expect(to('/new/?a=b#c')).toBe('"/new/?a=b#c"');
  });

  test('fails on a target that is another host without looking like one', () => {
    expect(() => to('//evil.example/')).toThrow(
      'redirect target "//evil.example/" is neither a path nor a URL',
    );
  });
});

describe('props that were easily lost', () => {
  test('a member of an upstream is a backup', () => {
    const text = confOf((web) => {
      const pool = web.addUpstream('pool');
      pool.add(far(1));
      pool.add(far(2), { backup: true });
      web.addBackend('/', pool);
    });
    expect(blockOf(text, 'upstream pool {')).toEqual([
      'server 10.0.0.1:80 max_fails=1;',
      'server 10.0.0.2:80 max_fails=1 backup;',
    ]);
  });

  test.each([
    [Balance.random(), 'random;'],
    [Balance.random(true), 'random two;'],
    [Balance.hash('$uri', false), 'hash $uri;'],
  ])('an upstream chooses as %j says', (balance, line) => {
    const text = confOf((web) => {
      const pool = web.addUpstream('pool', { balance });
      pool.add(far(1));
      web.addBackend('/', pool);
    });
    expect(blockOf(text, 'upstream pool {')[0]).toBe(line);
  });

  test('the resolver is the one that is given', () => {
    const build: Build = (web, site) =>
      web.addBackend('/', new UwsgiApp(site, 'app', { ...UWSGI, transport: Transport.tcp(3031) }));
    expect(confOf(build, { resolver: '10.0.0.2' })).toContain('resolver 10.0.0.2 valid=1s ipv6=off;');
    expect(confOf(build, { ...DEBIAN_12, resolver: '::1' })).toContain('resolver [::1] valid=1s ipv6=off;');
  });

  test('a location has the directives of its options, and a pattern may ignore case', () => {
    const text = confOf((web) =>
      web.addLocation(LocationMatch.regexIgnoreCase('jpg$'), gone, {
        directives: [Directive.of('expires', ['1h']), Directive.of('log_not_found', ['off'])],
      }),
    );
    expect(blockOf(text, 'location ~* "jpg$" {')).toEqual([
      'return 410;',
      'expires 1h;',
      'log_not_found off;',
    ]);
  });

  test('the gate loads the stream module, where it is a file', () => {
    const gate = (props: object): string =>
      reviewOf((web) => web.addLocation(LocationMatch.prefix('/'), gone), props).files['web/gate.conf'] ?? '';
    expect(gate(DEBIAN_12)).toContain('load_module modules/ngx_stream_module.so;\n');
    expect(gate({})).not.toContain('load_module');
  });

  test('scratchSize is the size of nginx’s tmpfs', () => {
    const stack = siteStack((site) => {
      const web = new NginxFrontend(site, 'web', { scratchSize: Size.mebibytes(5) });
      web.addLocation(LocationMatch.prefix('/'), gone);
      expect(() => new NginxFrontend(site, 'small', { scratchSize: Size.bytes(0) })).toThrow(
        'scratchSize of 0 bytes is no room for temporary files',
      );
    });
    expect(container(stack, 'web-nginx')['tmpfs']).toEqual({
      '/tmp': 'size=5242880,uid=101,gid=101,mode=0700',
    });
  });

  test('healthCheck is how nginx is probed, and not the gate', () => {
    const options = { interval: Duration.seconds(1), retries: 5, wait: Duration.minutes(2) };
    const stack = siteStack((site) => {
      const web = new NginxFrontend(site, 'web', { healthCheck: HealthCheck.connect(options) });
      web.addLocation(LocationMatch.prefix('/'), gone);
      expect(() => new NginxFrontend(site, 'far', { healthCheck: HealthCheck.http('/up') })).toThrow(
        'healthCheck asks for "/up": what an application answers there must not take nginx out of service',
      );
    });
    const healthOf = (part: string): unknown => {
      const { healthcheck, wait_timeout: wait } = container(stack, part);
      const { interval, timeout, retries } = healthcheck as Record<string, unknown>;
      return { interval, timeout, retries, wait };
    };
    expect(healthOf('web-nginx')).toEqual({ interval: '1s', timeout: '3s', retries: 5, wait: 120 });
    expect(healthOf('web-gate')).toEqual({ interval: '5s', timeout: '3s', retries: 3, wait: 60 });
  });

  test('static files come out of the image of an application that nginx has no way to', () => {
    const stack = siteStack((site) => {
      const app = new GunicornApp(site, 'app', { ...GUNICORN, listeners: [Listener.http(8001)] });
      const source = StaticSource.appImage(app, '/srv/static');
      new NginxFrontend(site, 'web').addStatic(new StaticMount(site, 's', { path: '/s/', source }));
    });
    expect(Review.of(stack).findings).toEqual([]);
    expect(Review.of(stack).topology).toContain('"app": "app"');
  });
});

describe('fixed answers', () => {
  const answers: Build = (web) => {
    web.addLocation(LocationMatch.prefix('/'), LocationAction.respond(200, 'fine'));
    web.addLocation(LocationMatch.exact('/a.json'), LocationAction.respond(200, '{}', 'application/json'));
    web.addLocation(LocationMatch.exact('/gone'), gone);
  };

  test('say what their text is', () => {
    const text = confOf(answers);
    expect(blockOf(text, 'location / {')).toEqual([
      'types {',
      '}',
      'default_type text/plain;',
      'return 200 fine;',
    ]);
    expect(blockOf(text, 'location = /a.json {')[2]).toBe('default_type application/json;');
    expect(blockOf(text, 'location = /gone {')).toEqual(['return 410;']);
  });

  test('fail with the status of a redirect, and with what is no media type', () => {
    for (const status of [301, 302, 303, 307, 308]) {
      expect(() => LocationAction.respond(status, 'x')).toThrow(
        `nginx takes the text of a ${String(status)} for the place to go to\n  use LocationAction.redirect(target, status)`,
      );
    }
    expect(() => LocationAction.respond(200, 'x', 'json')).toThrow('contentType "json" is not a media type');
  });

  describeWith(['nginx'], 'of a real nginx', () => {
    test('have that type, whatever the path ends in', async () => {
      await withFrontend(answers, async (asks) => {
        const type = async (path: string): Promise<unknown> => (await asks({ path })).headers['content-type'];
        expect(await type('/x.css')).toBe('text/plain');
        expect(await type('/a.json')).toBe('application/json');
      });
    });

    test.each(['301', '302', '303', '307', '308'])('would lead elsewhere with %s', async (status) => {
      const returned = Directive.of('return', [status, 'https://a.example.com/']);
      const raw: Build = (web) => {
        web.addDirective(Directive.of('location', ['/'], [returned]));
      };
      await withFrontend(raw, async (asks) => {
        expect((await asks({ path: '/' })).headers['location']).toBe('https://a.example.com/');
      });
    });
  });
});

/** Values that nginx would refuse, what we say, and the names that show nginx's own refusal. */
const NAMES: readonly (readonly [string, string])[] = [
  ['~(', "a '(' is never closed, at position 0"],
  ['~^a\\u0041$', 'PCRE has no \\u, at position 2'],
  ['~\\1a', '\\1 refers to a group that is not there, at position 0'],
];

describe('values that nginx refuses', () => {
  test.each(NAMES)('fail as a server name: %s', (name, why) => {
    siteStack((site) => {
      expect(() => new NginxFrontend(site, 'web', { serverNames: [name] })).toThrow(why);
      expect(() => LocationMatch.regex(name.slice(1))).toThrow(why);
    });
  });

  test.each(['~^(?<who>.+)\\.example\\.com$', '~^(a)\\1$', '~[\\1]', '~^(?P<n>a)\\1', '~\\\\u'])(
    'do not include %s',
    (name) => {
      const build: Build = (web) => {
        web.addServer({ serverNames: [name] }).addLocation(LocationMatch.prefix('/'), gone);
      };
      expect(reviewOf(build).findings).toEqual([]);
    },
  );

  test('fail as times of less than a second, where nginx takes whole ones', () => {
    const half = Duration.milliseconds(500);
    siteStack((site) => {
      const source = StaticSource.hostPath('/srv/www');
      expect(() => new StaticMount(site, 's', { path: '/s/', source, expires: half })).toThrow(
        'expires: a duration of 500 milliseconds is not a whole number of seconds\n  the server takes whole seconds here: give Duration.seconds(1)\n  construct: site/s',
      );
      const pool = new NginxFrontend(site, 'web').addUpstream('pool');
      expect(() => {
        pool.add(far(1), { failTimeout: half });
      }).toThrow('failTimeout: a duration of 500 milliseconds');
      expect(() => new NginxFrontend(site, 'w', { workerShutdownTimeout: half })).toThrow(
        'workerShutdownTimeout: a duration of 500 milliseconds',
      );
    });
  });

  test('fail as the same name in another case', () => {
    siteStack((site) => {
      const web = new NginxFrontend(site, 'web', { serverNames: ['A.example.com'] });
      expect(() => web.addServer({ serverNames: ['a.example.com'] })).toThrow(
        'server name "a.example.com" is there twice',
      );
      web.addServer({ serverNames: ['~^A$'] });
      web.addServer({ serverNames: ['~^a$'] });
      web.addUpstream('pool');
      expect(() => web.addUpstream('Pool')).toThrow('upstream "Pool" is there twice');
    });
  });

  test('fail in a location within a regex, with what could be nested there', () => {
    siteStack((site) => {
      const outer = new NginxFrontend(site, 'web').addLocation(LocationMatch.regex('^/x'), gone);
      expect(() => outer.addLocation(LocationMatch.prefix('/x/'), gone)).toThrow(
        'the location /x/ cannot be reached inside ^/x (regex)\n  write it as LocationMatch.regex, or add it to the server',
      );
    });
  });

  test.each<[string, LocationMatch]>([
    ['the same prefix', LocationMatch.prefix('/a/')],
    ['the same prefix with ^~', LocationMatch.prefixOnly('/a/')],
  ])('fail inside %s, which would answer nothing', (_, match) => {
    siteStack((site) => {
      const outer = new NginxFrontend(site, 'web').addLocation(match, gone);
      expect(() => outer.addLocation(LocationMatch.prefix('/a/'), gone)).toThrow(
        'the location /a/ inside /a/ takes every request: the outer one would answer none\n  give it a path below /a/, or give the outer one its action and leave it out',
      );
      expect(() => outer.addLocation(LocationMatch.prefixOnly('/a/'), gone)).toThrow('takes every request');
      outer.addLocation(LocationMatch.exact('/a/'), gone);
      outer.addLocation(LocationMatch.prefix('/a/b/'), gone);
    });
  });

  test('fail across stacks with a way that what was passed can go', () => {
    const app = Testing.app();
    const [one, two] = ['one', 'two'].map((id) => new TerraformStack(app, id));
    if (one === undefined || two === undefined) throw new Error('there are two stacks');
    const web = new NginxFrontend(one, 'web');
    const files = new StaticMount(two, 's', { path: '/s/', source: StaticSource.hostPath('/x') });
    expect(() => web.addStatic(files)).toThrow(/there in the other\n {2}declare both in one stack\n/);
    expect(() => web.addBackend('/', new GunicornApp(two, 'app', GUNICORN))).toThrow(
      'declare both in one stack, or pass to ExternalBackend.http(host, port)',
    );
  });

  describeWith(['nginx'], 'by a real nginx', () => {
    const named =
      (name: string): Build =>
      (web) => {
        web.addLocation(LocationMatch.prefix('/'), gone);
        web.addDirective(Directive.of('server_name', [name]));
      };

    test.each(NAMES)('are the name %s', async (name) => {
      expect(await nginxSays(named(name))).toContain('pcre2_compile() failed');
    });

    test('are half a second in expires and fail_timeout', async () => {
      const expires: Build = (web) => {
        web.addLocation(LocationMatch.prefix('/'), gone).addDirective(Directive.of('expires', ['500ms']));
      };
      const server = Directive.of('server', ['127.0.0.1:1', 'fail_timeout=500ms']);
      const timeout: Build = (web) => {
        web.addLocation(LocationMatch.prefix('/'), gone);
        web.addDirective(Directive.of('upstream', ['u'], [server]));
      };
      expect(await nginxSays(expires)).toContain('"expires" directive invalid value');
      expect(await nginxSays(timeout)).toContain('invalid parameter "fail_timeout=500ms"');
    });
  });
});
