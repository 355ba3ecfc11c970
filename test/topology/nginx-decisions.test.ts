import {
  AccessLog,
  Balance,
  BasicAuthUser,
  Case,
  Choice,
  Directive,
  Duration,
  ErrorPage,
  ExternalBackend,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  NginxImage,
  Policy,
  PolicyKind,
  Rate,
  Share,
  Size,
  Split,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
} from 'cdktf-wsgi';
import * as library from 'cdktf-wsgi';
import type { IBackend, NginxContext, NginxFrontendProps } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { STRUCTS } from '../../lib/constructs/checked/prop-table';
import { isDataBlock } from '../../lib/nginx/data-block';
import { DIRECTIVES } from '../../lib/nginx/directive-table';
import { parseNginx } from '../../lib/nginx/parse';
import { blocksOf } from '../../lib/nginx/walk';
import { nginxDecision } from '../../lib/topology/nginx-decisions';
import { DEFAULTS } from '../../lib/topology/nginx-decisions/defaults';
import { DIRECTIVE_PROPS } from '../../lib/topology/nginx-decisions/props';
import { REFUSED } from '../../lib/topology/nginx-decisions/refused';
import { SETTLED } from '../../lib/topology/nginx-decisions/settled';
import { confOf, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { UWSGI } from '../helpers/stacks';

const elsewhere = ExternalBackend.http('10.0.0.7', 80);
const uwsgi = ExternalBackend.uwsgi('10.0.0.7', 3031);

/** Every policy at every place that takes it. */
function attachAll(context: NginxContext): void {
  const minute = Duration.minutes(1);
  const all = [
    Policy.accessControl({ allow: ['192.0.2.0/24'], deny: ['192.0.2.7'] }),
    Policy.bandwidth({ rate: Size.kibibytes(100), after: Size.kibibytes(10) }),
    Policy.basicAuth({ realm: 'staging', users: [BasicAuthUser.password('me', 'secret')] }),
    Policy.cache({ valid: minute }),
    Policy.clientCache({ maxAge: minute, byType: { 'text/css': minute } }),
    Policy.compression(),
    Policy.connectionLimit({ connections: 4, dryRun: true }),
    Policy.errorPages({ pages: [ErrorPage.text([502], 'soon')], intercept: true }),
    Policy.maintenance(),
    Policy.rateLimit({ rate: Rate.perMinute(1), dryRun: true, exempt: ['10.0.0.0/8'] }),
    Policy.requestHeaders({ set: { 'X-A': 'b' } }),
    Policy.responseHeaders({ set: { 'X-A': 'b' }, hide: ['X-B'] }),
  ];
  for (const policy of all) context.addPolicy(policy);
}

/** As much of the library as one file can hold. */
const everything: Build = (web, site) => {
  const pass = {
    buffering: false,
    requestBuffering: false,
    stripPrefix: true,
    connectTimeout: Duration.seconds(1),
    sendTimeout: Duration.seconds(1),
    headers: { 'X-A': 'b' },
  };
  for (const [path, backend] of [
    ['/http/', elsewhere],
    ['/uwsgi/', uwsgi],
  ] as const)
    attachAll(web.addBackend(path, backend, pass));
  const balances = [Balance.leastConn(), Balance.ipHash(), Balance.hash('$uri'), Balance.random()];
  balances.forEach((balance, at) => {
    const pool = web.addUpstream(`pool${String(at)}`, { balance, keepalive: 4 });
    pool.add(ExternalBackend.http('app.example.com', 80));
    web.addBackend(`/pool${String(at)}`, pool);
  });
  web.addBackend('/split', Split.by('$request_id', [Share.of(50, elsewhere), Share.of(50, uwsgiless())]));
  web.addBackend('/choice', Choice.byMethod([Case.of('GET', elsewhere)], uwsgiless()));
  addFiles(web, site);
  web.addDirective(
    Directive.of('map', ['$host', `$${'long'.repeat(20)}`], [Directive.of('key'.repeat(30), ['1'])]),
  );
  web.addRedirect('/old', '/new');
  web.addLocation(LocationMatch.exact('/fixed'), LocationAction.respond(200, 'ok'), { internalOnly: true });
};

function uwsgiless(): IBackend {
  return ExternalBackend.http('10.0.0.8', 80);
}

function addFiles(web: NginxFrontend, site: TerraformStack): void {
  const source = StaticSource.hostPath('/srv/files');
  const long = { expires: Duration.days(1), fallback: 'index.html' };
  web.addStatic(new StaticMount(site, 'files', { path: '/files/', source, ...long }));
  web
    .addServer({ serverNames: ['a.example'], charset: 'utf-8' })
    .addStatic(new StaticMount(site, 'root', { path: '/', source }));
}

/** An application over TCP before nginx resolved names of upstreams again. */
const old: Build = (web, site) => {
  web.addBackend('/', new UwsgiApp(site, 'app', { ...UWSGI, transport: Transport.tcp(3031) }));
};

const ALL: NginxFrontendProps = {
  image: NginxImage.of('acme/nginx:1', { version: '1.28.0', modules: ['modules/ngx_http_geoip_module.so'] }),
  accessLog: AccessLog.json({ omitPaths: ['/healthz'] }),
  keepaliveRequests: 100,
  networks: ['shared'],
  resolver: '10.0.0.2',
};

function namesIn(text: string): string[] {
  const blocks = blocksOf(parseNginx(text)).filter(({ name }) => !isDataBlock(name));
  return blocks.flatMap(({ children }) => children.map(({ name }) => name));
}

const RENDERED = new Set([
  ...namesIn(confOf(everything, ALL)),
  ...namesIn(confOf(old, { image: NginxImage.official('1.22.1') })),
  ...Object.values(PolicyKind).flatMap((kind) =>
    namesIn(
      confOf((web) => {
        web.addBackend('/x', elsewhere).addPolicy(Policy.off(kind));
      }),
    ),
  ),
]);

test('each of the 655 directives is decided', () => {
  expect(DIRECTIVES.size).toBe(655);
  expect([...DIRECTIVES.keys()].filter((name) => nginxDecision(name) === undefined)).toEqual([]);
});

test('what is decided by name is a directive, once', () => {
  const names = [DIRECTIVE_PROPS, DEFAULTS, SETTLED, REFUSED].flatMap((rows) => Object.keys(rows));
  expect(names.filter((name) => !DIRECTIVES.has(name))).toEqual([]);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('what the library writes is said by a prop, or is a default of its own', () => {
  const told = new Set([DIRECTIVE_PROPS, DEFAULTS, SETTLED].flatMap((rows) => Object.keys(rows)));
  expect([...RENDERED].filter((name) => !told.has(name)).sort()).toEqual([]);
});

test('and what a prop says, or is a default, is written', () => {
  const started = ['daemon'];
  const told = [DIRECTIVE_PROPS, DEFAULTS, SETTLED].flatMap((rows) => Object.keys(rows));
  expect(told.filter((name) => !RENDERED.has(name) && !started.includes(name)).sort()).toEqual([]);
});

test.each(Object.entries(DIRECTIVE_PROPS))('%s is said by what there is: %s', (_, prop) => {
  for (const part of prop.split(', ')) {
    const [, option, , holder = ''] = /^(?:(\w+)( of ))?(\S.*)$/.exec(part) ?? [];
    const [name = '', member] = holder.split('.');
    const exported = (library as unknown as Record<string, Record<string, unknown> | undefined>)[name];
    const isMethod = Object.getOwnPropertyNames(library.NginxContext.prototype).includes(name);
    const isFrontends = Object.getOwnPropertyNames(NginxFrontend.prototype).includes(name);
    const isProp = Object.hasOwn(STRUCTS['NginxFrontendProps'] ?? {}, name);
    const isAny = Object.values(STRUCTS).some((struct) => Object.hasOwn(struct, option ?? ''));
    if (member !== undefined) expect(exported?.[member]).toBeInstanceOf(Function);
    else expect([exported !== undefined, isMethod, isFrontends, isProp]).toContain(true);
    if (option !== undefined) expect(isAny).toBe(true);
  }
});

describe('what is refused', () => {
  const told = (...directives: readonly Directive[]): string =>
    reviewOf((web) => {
      for (const each of directives) web.addDirective(each);
      web.addBackend('/', elsewhere);
    }).findings.join('\n');

  test.each<[string, Directive, string]>([
    [
      'a stream',
      Directive.of('stream', [], []),
      "'stream' was passed through: a frontend publishes HTTP alone",
    ],
    ['mail', Directive.of('mail', [], []), "'mail' was passed through: a frontend publishes HTTP alone"],
    [
      'no master',
      Directive.of('master_process', ['off']),
      "'master_process' was passed through: without a master",
    ],
    ['a daemon', Directive.of('daemon', ['on']), "'daemon' was passed through: off: the process"],
    ['a user', Directive.of('user', ['www']), "'user' was passed through: nginx runs as its user"],
    [
      'another system’s',
      Directive.of('kqueue_events', ['1']),
      "'kqueue_events' was passed through: it is for another",
    ],
    [
      'the http block',
      Directive.of('http', [], []),
      "'http' was passed through: the library writes the block",
    ],
    ['the events block', Directive.of('events', [], []), "'events' was passed through: the library writes"],
  ])('%s says why, once, and what to do', (_, directive, message) => {
    const findings = told(directive);
    expect(findings).toContain(message);
    expect(findings.split('was passed through')).toHaveLength(2);
    expect(findings).not.toContain('NGX-DUP');
  });

  test('in a location and in a server too, with their constructs', () => {
    const { findings } = reviewOf((web) => {
      const server = web.addServer({ serverNames: ['a.example'] });
      server.addDirective(Directive.of('proxy_timeout', ['1s']));
      server.addBackend('/', elsewhere).addDirective(Directive.of('pop3_auth', ['plain']));
    });
    const all = findings.join('\n');
    expect(all).toMatch(/'proxy_timeout' was passed through[^]*construct: site\/web\/server-a.example\n/);
    expect(all).toMatch(
      /'pop3_auth' was passed through[^]*construct: site\/web\/server-a.example\/location--/,
    );
  });
});

describe('directives of an upstream', () => {
  const pooled =
    (...directives: Directive[]): Build =>
    (web) => {
      const pool = web.addUpstream('pool', { keepalive: 4, directives });
      pool.add(elsewhere);
      web.addBackend('/', pool);
    };

  test('stand behind its members, and before what keeps connections', () => {
    const text = confOf(
      pooled(Directive.of('keepalive_timeout', ['30s']), Directive.of('zone', ['pool', '64k'])),
    );
    expect(text).toMatch(/server [^\n]*\n +keepalive_timeout 30s;\n +zone pool 64k;\n +keepalive 4;\n +\}/);
  });

  test('are checked as all others are', () => {
    expect(reviewOf(pooled(Directive.of('proxy_pass', ['http://x']))).findings.join('\n')).toMatch(
      /'proxy_pass' [^]*upstream[^]*NGX-CTX/,
    );
    expect(reviewOf(pooled(Directive.of('sticky', ['cookie', 'id']))).findings.join('\n')).toContain(
      '1.29.6',
    );
  });

  test('are told where a name is asked for instead', () => {
    const build: Build = (web, site) => {
      const pool = web.addUpstream('pool', { directives: [Directive.of('keepalive_timeout', ['30s'])] });
      pool.add(new UwsgiApp(site, 'app', { ...UWSGI, transport: Transport.tcp(3031) }));
      web.addBackend('/', pool);
    };
    const told = reviewOf(build, { image: NginxImage.official('1.22.1') }).findings.join('\n');
    expect(told).toContain('keepalive_timeout of upstream pool would be lost');
  });
});
