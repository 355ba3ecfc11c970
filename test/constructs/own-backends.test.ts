import { TerraformStack, Testing } from 'cdktf';
import {
  BackendProtocol,
  Duration,
  ExternalBackend,
  GunicornApp,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  Review,
  Transport,
  UwsgiApp,
} from 'cdktf-wsgi';
import type { BackendConfig, BackendMember, IBackend, Upstream } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

/** A backend as a user writes one. */
class OwnBackend implements IBackend {
  public constructor(
    private readonly member: BackendMember,
    private readonly more: Partial<BackendConfig> = {},
  ) {}

  public bindBackend(): BackendConfig {
    return { name: 'own', protocol: BackendProtocol.HTTP, members: [this.member], ...this.more };
  }
}

type Build = (web: NginxFrontend, site: TerraformStack) => unknown;

function findings(build: Build): string[] {
  const stack = siteStack((site) => {
    build(new NginxFrontend(site, 'web'), site);
  });
  return Review.of(stack).findings;
}

const at = '  construct: site/web/location--';

describe('a backend of a user’s own is a finding that names the member and the value', () => {
  test.each<[BackendMember, string]>([
    [
      { host: 'a', port: 70_000 },
      'members[0].port: 70000 is not a port\n  give a whole number from 1 to 65535',
    ],
    [{ host: 'a', port: 1.5 }, 'members[0].port: 1.5 is not a port'],
    [{ host: 'a b;', port: 1 }, 'members[0].host "a b;" is neither the name of a host nor an address'],
    [{ host: 'a:80', port: 1 }, 'members[0].host "a:80" is neither the name of a host nor an address'],
    [{ host: 'a', port: 1, weight: 0 }, 'members[0].weight 0 is not a count\n  give a whole number from 1'],
    [
      { host: 'a', port: 1, maxFails: -1 },
      'members[0].maxFails -1 is not a count\n  give a whole number from 0',
    ],
    [
      { host: 'a', port: 1, failTimeout: Duration.milliseconds(1500) },
      'members[0].failTimeout: a duration of 1500 milliseconds is not a whole number of seconds',
    ],
    [
      { socketPath: 'run;x' },
      'members[0].socketPath "run;x" is not the path of a socket that nginx could dial',
    ],
    [{ socketPath: '/run/a/b', socketGid: -4 }, 'members[0].socketGid -4 is not the number'],
    [{ app: 'shop', slot: -1 }, 'members[0].slot -1 is not a count\n  give a whole number from 0'],
    [{}, 'members[0] has no address\n  give host and port, or socketPath, or app and slot'],
    [{ app: 'shop' }, 'members[0] has no address'],
  ])('%j', (member, message) => {
    const [found, ...others] = findings((web) => web.addBackend('/', new OwnBackend(member)));
    expect(found).toContain(`backend "own": ${message}`);
    expect(found).toContain(at);
    expect(others).toEqual([]);
  });

  test.each<[Partial<BackendConfig>, string]>([
    [{ members: [] }, 'backend "own": it has no members'],
    [{ keepalive: 1.5 }, 'backend "own": keepalive 1.5 is not a count'],
    [{ requestTimeout: Duration.seconds(0) }, 'backend "own": requestTimeout of 0 is no time'],
    [{ name: 'a b' }, '"a b" cannot name an upstream'],
  ])('%j', (more, message) => {
    const found = findings((web) => web.addBackend('/', new OwnBackend({ host: 'a', port: 1 }, more)));
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  test('by its own name, where it is one of several in an upstream', () => {
    const [found] = findings((web) => {
      const pool = web.addUpstream('pool');
      pool.add(ExternalBackend.http('10.0.0.7', 80));
      pool.add(new OwnBackend({ host: 'a', port: 0 }));
      web.addBackend('/', pool);
    });
    expect(found).toContain('backend "own": members[0].port: 0 is not a port');
  });

  test('and an application that it passes to is not told to be out of reach as well', () => {
    const found = findings((web, site) => {
      new GunicornApp(site, 'api', GUNICORN);
      web.addBackend('/', new OwnBackend({ app: 'api', slot: 0, weight: 0 }));
    });
    expect(found).toEqual([expect.stringContaining('members[0].weight 0')]);
  });
});

describe('an application that a backend of a user’s own names', () => {
  const shop = (site: TerraformStack): UwsgiApp => new UwsgiApp(site, 'shop', UWSGI);
  const api = (site: TerraformStack, more: object = {}): GunicornApp =>
    new GunicornApp(site, 'api', { ...GUNICORN, ...more });
  const direct = (member: BackendMember, build: (site: TerraformStack) => unknown): string[] =>
    findings((web, site) => {
      build(site);
      web.addBackend('/', new OwnBackend(member));
    });

  test('has to be in the stack', () => {
    const [unreached, found] = direct({ app: 'shp', slot: 0 }, shop);
    expect(unreached).toContain('nobody can reach uwsgi app "shop"');
    expect(found).toBe(
      [
        'backend "own" has a member of the application "shp", which this stack does not have: it has "shop"',
        '  give the id of an application of this stack, which is its path below the stack with - for /, or host and port for a server that lives elsewhere',
        at,
      ].join('\n'),
    );
  });

  test('has as many slots as replicas', () => {
    const found = direct({ app: 'api', slot: 2 }, (site) => api(site, { replicas: 2 }));
    expect(found).toEqual([
      expect.stringContaining(
        'the application "api" with slot 2: it has 2 replicas, counted from 0\n  give a slot from 0 to 1,',
      ),
    ]);
    expect(direct({ app: 'api', slot: 1 }, (site) => api(site, { replicas: 2 }))).toEqual([]);
  });

  test.each<[BackendMember, Transport, string]>([
    [
      { app: 'api', slot: 0 },
      Transport.tcp(8000),
      'by a slot, which is a Unix socket: that application has Transport.tcp(8000)',
    ],
    [
      { app: 'api', host: 'api', port: 8000 },
      Transport.unixSocket(),
      'by host and port: that application has a Unix socket',
    ],
  ])('is reached by the transport that it has: %j', (member, transport, message) => {
    const found = direct(member, (site) => api(site, { transport }));
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  test('is spoken to in its protocol', () => {
    expect(direct({ app: 'shop', slot: 0 }, shop)).toEqual([
      expect.stringContaining(
        'the application "shop" and speaks http: that application speaks uwsgi\n  give the backend the protocol uwsgi',
      ),
    ]);
  });

  test('is told once, however many locations pass to it', () => {
    const found = findings((web) => {
      const own = new OwnBackend({ app: 'gone', slot: 0 });
      web.addBackend('/', own);
      web.addBackend('/more/', own);
    });
    expect(found).toHaveLength(1);
  });
});

describe('what lives in another stack is refused where it is given', () => {
  const stacks = (): { web: NginxFrontend; other: NginxFrontend; app: UwsgiApp; pool: Upstream } => {
    const root = Testing.app();
    const [site, two] = [new TerraformStack(root, 'site'), new TerraformStack(root, 'two')];
    const other = new NginxFrontend(two, 'other');
    const pool = other.addUpstream('pool');
    return { web: new NginxFrontend(site, 'web'), other, app: new UwsgiApp(two, 'app', UWSGI), pool };
  };
  const reason = 'no socket, volume or network of the one is there in the other';

  test.each<[string, (given: ReturnType<typeof stacks>) => unknown, string]>([
    [
      'addBackend',
      ({ web, app }) => web.addBackend('/shop/', app),
      `location /shop/: two/app lives in stack two, and site/web in site: ${reason}\n  declare both in one stack, or pass to ExternalBackend.http(host, port)\n  construct: site/web`,
    ],
    [
      'addLocation',
      ({ web, app }) => web.addLocation(LocationMatch.exact('/x'), LocationAction.passTo(app)),
      'location /x: two/app lives in stack two, and site/web in site',
    ],
    [
      'addLocation of a location',
      ({ web, app }) =>
        web
          .addBackend('/', ExternalBackend.http('a', 1))
          .addLocation(LocationMatch.exact('/x'), LocationAction.passTo(app)),
      'location /x: two/app lives in stack two, and site/web/location-- in site',
    ],
    [
      'a member of an upstream',
      ({ web, app }) => {
        web.addUpstream('mine').add(app);
      },
      'upstream mine: two/app lives in stack two, and site/web in site',
    ],
    [
      'an upstream of another frontend',
      ({ web, pool }) => web.addBackend('/', pool),
      'location /: upstream pool of two/other lives in stack two, and site/web in site',
    ],
    [
      'an upstream in an upstream',
      ({ web, pool }) => {
        web.addUpstream('mine').add(pool);
      },
      'upstream mine: upstream pool of two/other lives in stack two, and site/web in site',
    ],
  ])('%s', (_, build, message) => {
    const given = stacks();
    expect(() => build(given)).toThrow(message);
  });

  test('and found where a backend of a user’s own stands before it', () => {
    const { web, app } = stacks();
    web.addBackend('/', { bindBackend: () => app.bindBackend() });
    expect(Review.of(web).findings).toEqual([
      expect.stringContaining('a member of the application "app", which this stack does not have'),
    ]);
  });
});

test('an upstream names itself in what it says of a member’s options, with the construct', () => {
  siteStack((site) => {
    const pool = new NginxFrontend(site, 'web').addUpstream('pool');
    expect(() => {
      pool.add(ExternalBackend.http('a', 1), { weight: 0 });
    }).toThrow('upstream pool: weight 0 is not a count\n  give a whole number from 1\n  construct: site/web');
  });
});
