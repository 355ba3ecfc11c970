import { Fn, Token } from 'cdktf';
import {
  BackendProtocol,
  Directive,
  Duration,
  ExternalBackend,
  Gate,
  LocationAction,
  LocationMatch,
  NginxImage,
  Policy,
  PolicyKind,
  PolicyLevel,
  Rate,
  RateLimitKey,
  Size,
} from 'cdktf-wsgi';
import type { IPolicy, NginxContext, PolicyPlace } from 'cdktf-wsgi';
import { blockOf, confOf, nginxSays, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';

const anyone = ExternalBackend.http('10.0.0.7', 80);
const rate = Rate.perMinute(10);
const findingsOf = (build: Build): string => reviewOf(build).findings.join('\n');

describe("a policy of one's own", () => {
  const places: PolicyPlace[] = [];
  const stamp: IPolicy = {
    kind: 'stamp',
    bindPolicy: (place) => {
      places.push(place);
      return {
        directives: [Directive.of('add_header', ['X-Place', `$${place.name}`])],
        httpDirectives: [
          Directive.of('map', ['$host', `$${place.name}`], [Directive.of('default', [place.level])]),
        ],
      };
    },
  };

  test('is asked for each place, with a name of its own and the release of nginx', () => {
    const text = confOf((web) => {
      web.addPolicy(stamp);
      web.addBackend('/x', anyone).addPolicy(stamp);
    });
    expect(blockOf(text, 'location /x {')).toContain('add_header X-Place $stamp_x;');
    expect(blockOf(text, 'map $host $stamp_x {')).toEqual(['default location;']);
    expect(places).toContainEqual({
      level: PolicyLevel.FRONTEND,
      name: 'stamp_all',
      protocols: [BackendProtocol.HTTP],
      nginxVersion: '1.28.0',
    });
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'undefined is no policy'],
    ['another object', {}, 'an object without kind and bindPolicy() is no policy'],
  ])('%s is none', (_, policy, message) => {
    const attach = (web: NginxContext): void => {
      web.addPolicy(policy as IPolicy);
    };
    expect(() => confOf(attach)).toThrow(message);
  });

  test('what it says is checked as any other directive, and told with the place', () => {
    const broken: IPolicy = {
      kind: 'broken',
      bindPolicy: () => ({ directives: [Directive.of('limit_rat', ['1k'])] }),
    };
    const told = findingsOf((web) => {
      web.addBackend('/x', anyone).addPolicy(broken);
    });
    expect(told).toMatch(/limit_rat[^]*limit_rate[^]*construct: site\/web\/location--x/);
  });

  test('what it throws is told as its own', () => {
    const broken: IPolicy = {
      kind: 'broken',
      bindPolicy: () => {
        throw new Error('no such thing');
      },
    };
    const told = findingsOf((web) => {
      web.addBackend('/x', anyone).addPolicy(broken);
    });
    expect(told).toMatch(
      /policy broken: bindPolicy\(\) failed: no such thing[^]*construct: site\/web\/location--x/,
    );
  });

  test.each(['', 'Two words', '2fa'])('%j is no kind', (kind) => {
    const odd: IPolicy = { kind, bindPolicy: () => ({ directives: [] }) };
    const attach = (web: NginxContext): void => {
      web.addPolicy(odd);
    };
    expect(() => confOf(attach)).toThrow(`"${kind}" is no kind of policy`);
  });

  test('an answer that is no config is told, not thrown about', () => {
    const broken = { kind: 'broken', bindPolicy: () => ({}) } as unknown as IPolicy;
    const told = findingsOf((web) => {
      web.addBackend('/x', anyone).addPolicy(broken);
    });
    expect(told).toMatch(/policy broken: directives is missing[^]*construct: site\/web\/location--x/);
  });
});

describeWith(['nginx'], "another policy of one's own", () => {
  test('may keep everybody else out while something is mended', async () => {
    const maintenance: IPolicy = {
      kind: 'maintenance',
      bindPolicy: ({ name }) => ({
        httpDirectives: [
          Directive.of(
            'geo',
            [`$${name}`],
            [Directive.of('default', ['1']), Directive.of('10.0.0.0/8', ['0'])],
          ),
        ],
        directives: [Directive.of('if', [`($${name})`], [Directive.of('return', ['503'])])],
      }),
    };
    const build: Build = (web) => {
      web.addBackend('/x', anyone).addPolicy(maintenance);
    };
    expect(findingsOf(build)).toBe('');
    expect(await nginxSays(build)).toBe('');
  });
});

describe('what is refused at once, with the option, the value and the way out', () => {
  test.each<[string, () => unknown, string]>([
    ['a rate of nothing', () => Rate.perSecond(0), 'Rate.perSecond 0 is not a count'],
    ['a rate of a half', () => Rate.perMinute(0.5), 'Rate.perMinute 0.5 is not a count'],
    [
      'a burst below nothing',
      () => Policy.rateLimit({ rate, burst: -1 }),
      'Policy.rateLimit: burst -1 is not a count',
    ],
    [
      'no delay of no burst',
      () => Policy.rateLimit({ rate, noDelay: true }),
      'Policy.rateLimit: noDelay without burst',
    ],
    [
      'a delay as long as the burst',
      () => Policy.rateLimit({ rate, burst: 2, delay: 2 }),
      'delay of 2 is no part of a burst of 2',
    ],
    [
      'both answers',
      () => Policy.rateLimit({ rate, burst: 4, delay: 2, noDelay: true }),
      'two answers to one question',
    ],
    [
      'a success for a refusal',
      () => Policy.rateLimit({ rate, rejectCode: 200 }),
      'rejectCode 200 is no status of a refusal',
    ],
    [
      'a zone too small',
      () => Policy.connectionLimit({ connections: 1, zoneSize: Size.kibibytes(16) }),
      'zoneSize of 16384 bytes is no zone',
    ],
    [
      'no connection',
      () => Policy.connectionLimit({ connections: 0 }),
      'Policy.connectionLimit: connections 0 is not a count',
    ],
    [
      'a name for a network',
      () => Policy.rateLimit({ rate, exempt: ['office'] }),
      'exempt[0] "office" is neither an address nor a network',
    ],
    [
      'a host and a network in one',
      () => Policy.accessControl({ allow: ['10.0.0.5/8'] }),
      'allow[0] "10.0.0.5/8" names a host and a network',
    ],
    [
      'the same of IPv6',
      () => Policy.rateLimit({ rate, exempt: ['fd00::1/8'] }),
      'exempt[0] "fd00::1/8" names a host and a network',
    ],
    [
      'no kind to let go of',
      () => Policy.off('limits' as unknown as PolicyKind),
      'Policy.off: "limits" is no kind of this library\'s policies',
    ],
    [
      'a list that keeps nobody out',
      () => Policy.accessControl({}),
      'Policy.accessControl: it keeps nobody out',
    ],
    ['a key that is none', () => RateLimitKey.header('X Key'), '"X Key" is not the name of a header'],
    ['a key without a variable', () => RateLimitKey.expression('uri'), 'has no variable'],
    [
      'a line break in a header',
      () => Policy.securityHeaders({ contentSecurityPolicy: 'a\r\nSet-Cookie: b=c' }),
      'contentSecurityPolicy "a\\r\\nSet-Cookie: b=c" is no value of a header',
    ],
    [
      'an empty header',
      () => Policy.securityHeaders({ permissionsPolicy: '' }),
      'permissionsPolicy "" is no value of a header',
    ],
    [
      'more connections than nginx counts',
      () => Policy.connectionLimit({ connections: 70_000 }),
      'connections 70000 is more than nginx counts',
    ],
    [
      'more at once than nginx counts',
      () => Policy.rateLimit({ rate, burst: 99_999_999 }),
      'burst 99999999 is more than nginx counts',
    ],
    [
      'a rate that nginx cannot count',
      () => Rate.perSecond(9_999_999),
      'Rate.perSecond 9999999 is more than nginx counts',
    ],
    [
      'types that are there already',
      () => Policy.compression({ types: ['text/html'] }),
      "types has nothing besides 'text/html'",
    ],
    [
      'a type with a star',
      () => Policy.compression({ types: ['image/*'] }),
      'types[0] "image/*" is no media type that nginx looks for',
    ],
    [
      'a type that does not fit',
      () => Policy.compression({ types: [`application/${'x'.repeat(40)}`] }),
      'is no media type that nginx looks for',
    ],
    [
      'a token',
      () => Policy.securityHeaders({ contentSecurityPolicy: Fn.upper('x') }),
      'contentSecurityPolicy',
    ],
    ['a token for a number', () => Policy.rateLimit({ rate, burst: Token.asNumber(Fn.abs(3)) }), 'burst'],
    [
      'a cache for no time',
      () => Policy.cache({ valid: Duration.seconds(0) }),
      'Policy.cache: valid of 0 keeps nothing',
    ],
    [
      'a status that is none',
      () => Policy.cache({ valid: Duration.minutes(1), validByStatus: { ok: Duration.minutes(1) } }),
      'validByStatus "ok" is no status',
    ],
    [
      'a cookie that no variable has',
      () => Policy.cache({ valid: Duration.minutes(1), bypassCookies: ['a-b'] }),
      'bypassCookies[0] "a-b" is no name',
    ],
    [
      'a cache without room',
      () => Policy.cache({ valid: Duration.minutes(1), maxSize: Size.bytes(10) }),
      'maxSize of 10 bytes is no cache',
    ],
    [
      'an origin with a path',
      () => Policy.cors({ origins: ['https://a.example/'] }),
      'origins[0] "https://a.example/" is not an origin as browsers send it',
    ],
    ['no origin', () => Policy.cors({ origins: [] }), 'Policy.cors: origins is empty'],
    [
      'any origin with credentials',
      () => Policy.cors({ origins: ['*'], credentials: true }),
      'browsers refuse the answer',
    ],
    [
      'any origin among others',
      () => Policy.cors({ origins: ['*', 'https://a.example'] }),
      'lets all of them in',
    ],
    [
      'a method that is none',
      () => Policy.cors({ origins: ['*'], methods: ['G ET'] }),
      'methods[0] "G ET" is no word of HTTP',
    ],
    [
      'a type that is none',
      () => Policy.compression({ types: ['json'] }),
      'types[0] "json" is no media type',
    ],
    ['more effort than there is', () => Policy.compression({ level: 10 }), 'level 10 is more than gzip has'],
    [
      'an unknown option',
      () => Policy.securityHeaders({ csp: 'x' } as object),
      'there is no prop "csp" in SecurityHeadersOptions',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('all options of a policy at once', () => {
    expect(() => Policy.accessControl({ allow: ['a'], deny: ['b'] })).toThrow(
      /allow\[0\] "a"[^]*deny\[0\] "b"/,
    );
  });

  test('a second policy of a kind at one place', () => {
    const twice: Build = (web) => {
      web.addPolicy(Policy.securityHeaders());
      web.addPolicy(Policy.securityHeaders());
    };
    expect(() => confOf(twice)).toThrow(
      /there is a policy of kind "securityHeaders" already[^]*construct: site\/web/,
    );
  });
});

describe('what cannot hold is a finding', () => {
  const respond = LocationAction.respond(200, 'secret');

  test.each<[string, Build]>([
    [
      'a list on a fixed answer',
      (web) => {
        web.addLocation(LocationMatch.prefix('/x'), respond).addPolicy(Policy.accessControl({ allow: [] }));
      },
    ],
    [
      'a list around a fixed answer',
      (web) => {
        web.addPolicy(Policy.accessControl({ allow: [] }));
        web.addLocation(LocationMatch.prefix('/x'), respond);
      },
    ],
    [
      'a limit on a redirect',
      (web) => {
        web.addRedirect('/x', '/y').addPolicy(Policy.rateLimit({ rate }));
      },
    ],
  ])('%s: return comes before nginx looks at it', (_, build) => {
    expect(findingsOf(build)).toMatch(/\/x is answered before nginx looks at the \w+ that holds there/);
  });

  test('but what is open to everybody is told of a list further out by none', () => {
    const build: Build = (web) => {
      web.addPolicy(Policy.accessControl({ allow: [] }));
      web
        .addLocation(LocationMatch.exact('/healthz'), respond)
        .addPolicy(Policy.off(PolicyKind.ACCESS_CONTROL));
    };
    expect(findingsOf(build)).toBe('');
  });

  test('nothing to let go of', () => {
    const build: Build = (web) => {
      web.addPolicy(Policy.off(PolicyKind.CORS));
    };
    expect(findingsOf(build)).toContain(
      "policy cors: Policy.off('cors') at a frontend has nothing to let go of: no policy is further out",
    );
  });

  test('what two policies declare under one name, differently', () => {
    const stamped = (value: string): IPolicy => ({
      kind: 'stamp',
      bindPolicy: () => ({
        directives: [Directive.of('add_header', ['X-Stamp', '$stamp'])],
        httpDirectives: [Directive.of('map', ['$host', '$stamp'], [Directive.of('default', [value])])],
      }),
    });
    const both =
      (one: string, other: string): Build =>
      (web) => {
        web.addBackend('/x', anyone).addPolicy(stamped(one));
        web.addBackend('/y', anyone).addPolicy(stamped(other));
      };
    expect(findingsOf(both('a', 'b'))).toContain('two policies declare $stamp, and not the same');
    expect(findingsOf(both('a', 'a'))).toBe('');
  });

  test('a limit around a fixed answer, or a list around a redirect, is none', () => {
    const build: Build = (web) => {
      web.addPolicy(Policy.rateLimit({ rate }));
      web.addPolicy(Policy.accessControl({ allow: [] }));
      web.addRedirect('/x', '/y');
      web.addLocation(LocationMatch.prefix('/z'), LocationAction.respond(204));
    };
    expect(findingsOf(build)).toBe('');
  });

  test('a cache where nothing is passed on', () => {
    const build: Build = (web) => {
      web.addRedirect('/x', '/y').addPolicy(Policy.cache({ valid: Duration.minutes(1) }));
    };
    expect(findingsOf(build)).toMatch(/nothing to keep[^]*construct: site\/web\/location--x/);
  });

  test('a cache that a given scratchSize has no room for', () => {
    const build: Build = (web) => {
      web.addBackend('/x', anyone).addPolicy(Policy.cache({ valid: Duration.minutes(1) }));
    };
    const told = reviewOf(build, { scratchSize: Size.mebibytes(64) }).findings.join('\n');
    expect(told).toContain(
      'scratchSize of 64 MiB has no room for the largest body that is let in, 1 MiB beside the 96 MiB of its policies',
    );
  });

  test('a part of a burst at once, of a release that has no such thing', () => {
    const image = NginxImage.of('acme/nginx:1', { version: '1.14.0' });
    const told = reviewOf(
      (web) => {
        web.addBackend('/x', anyone).addPolicy(Policy.rateLimit({ rate, burst: 5, delay: 2 }));
      },
      { image, gate: Gate.none() },
    ).findings.join('\n');
    expect(told).toContain('policy rateLimit: delay is not known to nginx 1.14.0: it came with 1.15.7');
  });

  test('a list or a limit where return was passed through', () => {
    const build: Build = (web) => {
      const location = web.addBackend('/x', anyone);
      location.addPolicy(Policy.accessControl({ allow: [] }));
      location.addDirective(Directive.of('return', ['200', 'secret']));
    };
    expect(findingsOf(build)).toMatch(/\/x is answered before nginx looks at the accessControl/);
  });

  test('but not where what is nested answers', () => {
    const build: Build = (web) => {
      const outer = web.addLocation(LocationMatch.prefix('/x'), LocationAction.respond(404));
      outer.addPolicy(Policy.rateLimit({ rate }));
      outer.addBackend('/x/y', anyone);
    };
    expect(findingsOf(build)).toBe('');
  });

  test('conditions of a server instead of which others are to hold, since they come before any location', () => {
    const stop = (status: string): IPolicy => ({
      kind: 'stop',
      bindPolicy: () => ({
        directives: [Directive.of('if', ['($arg_stop)'], [Directive.of('return', [status])])],
      }),
    });
    const build: Build = (web) => {
      const server = web.addServer({ serverNames: ['a.example'] });
      server.addPolicy(stop('403'));
      server.addBackend('/x', anyone).addPolicy(stop('404'));
    };
    expect(findingsOf(build)).toMatch(/the stop of \/x could not hold instead of the server's/);
  });

  test('one rehearsal among limits, but not one that is none', () => {
    const limits =
      (dryRun: boolean): Build =>
      (web) => {
        web.addPolicy(Policy.rateLimit({ rate, dryRun }));
        web.addBackend('/x', anyone).addPolicy(Policy.rateLimit({ rate }));
      };
    expect(findingsOf(limits(true))).toMatch(/limit_req_dry_run to be on and off/);
    expect(findingsOf(limits(false))).toBe('');
  });

  test('limits that want different answers at one place', () => {
    const build: Build = (web) => {
      web.addPolicy(Policy.rateLimit({ rate, rejectCode: 503 }));
      web.addBackend('/x', anyone).addPolicy(Policy.rateLimit({ rate }));
    };
    expect(findingsOf(build)).toMatch(
      /policies that hold here want limit_req_status to be 503 and 429[^]*construct: site\/web\/location--x/,
    );
  });
});
