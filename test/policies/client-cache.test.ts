import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BackendProtocol,
  ClientCacheVisibility,
  Directive,
  Duration,
  Policy,
  RedirectStatus,
  StaticMount,
  StaticSource,
} from 'cdktf-wsgi';
import type { StaticMountProps } from 'cdktf-wsgi';
import { withFrontend, nginxWarns } from '../helpers/frontends';
import { withDirectory } from '../helpers/nginx';
import type { Headers } from '../helpers/echo';
import { DEEP, LEVELS, OUTER, withPlaces } from '../helpers/policy-places';
import type { At, Surroundings } from '../helpers/policy-places';
import { describeWith } from '../helpers/programs';

const HOUR = Policy.clientCache({ maxAge: Duration.hours(1) });
const NEVER = Policy.clientCache({ noStore: true });

describe('what is refused at once', () => {
  test.each<[string, () => unknown, string]>([
    [
      'nothing',
      () => Policy.clientCache({}),
      'Policy.clientCache: it says nothing: there is no maxAge, no byType and no noStore',
    ],
    [
      'no type',
      () => Policy.clientCache({ byType: {} }),
      'it says nothing: there is no maxAge, no byType and no noStore',
    ],
    [
      'an age of what nobody may keep',
      () => Policy.clientCache({ noStore: true, maxAge: Duration.hours(1), immutable: true }),
      'noStore beside maxAge, immutable: what nobody may keep has no age',
    ],
    [
      'parts of a second',
      () => Policy.clientCache({ maxAge: Duration.milliseconds(1500) }),
      'Policy.clientCache: maxAge: ',
    ],
    [
      'what stays without being kept',
      () => Policy.clientCache({ maxAge: Duration.seconds(0), immutable: true }),
      'maxAge of 0 with immutable: what clients may not keep cannot be known to stay',
    ],
    [
      'an ending',
      () => Policy.clientCache({ byType: { '.css': Duration.hours(1) } }),
      'byType ".css" is no media type',
    ],
    [
      'everything by a star',
      () => Policy.clientCache({ byType: { '*/*': Duration.hours(1) } }),
      "byType \"*/*\" is no media type\n  give one such as 'text/css', or 'image/*' for all of a kind; maxAge is for all others",
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

/** What an answer of the application says of keeping it, once nginx has sent it on. */
async function saidOf(
  at: At,
  answered: Headers,
  { path = DEEP, ...more }: Surroundings & { readonly path?: string } = {},
): Promise<readonly (string | string[] | undefined)[]> {
  let said: readonly (string | string[] | undefined)[] = [];
  await withPlaces(
    at,
    async (asks) => {
      const { headers } = await asks(path);
      said = [headers['cache-control'], headers['expires']];
    },
    { ...more, answered: () => answered },
  );
  return said;
}

describeWith(['nginx'], 'answers of an application', () => {
  const protocols = Object.values(BackendProtocol);

  test.each(LEVELS)('are told of at the %s', async (level) => {
    expect(await saidOf({ [level]: HOUR }, {})).toEqual(['max-age=3600', undefined]);
  });

  test.each(['frontend', 'server', 'location'] as const)(
    'one further in holds instead of that of the %s',
    async (level) => {
      const at = { [level]: HOUR, nested: NEVER };
      expect(await saidOf(at, {})).toEqual(['no-store', undefined]);
      expect(await saidOf(at, {}, { path: OUTER })).toEqual(['max-age=3600', undefined]);
    },
  );

  test.each(protocols)('say it themselves, over %s too', async (protocol) => {
    const on = { protocol };
    expect(await saidOf({ server: HOUR }, { 'Cache-Control': 'private' }, on)).toEqual([
      'private',
      undefined,
    ]);
    expect(await saidOf({ server: NEVER }, { Expires: 'Thu, 01 Jan 1970 00:00:01 GMT' }, on)).toEqual([
      undefined,
      'Thu, 01 Jan 1970 00:00:01 GMT',
    ]);
  });

  test.each(protocols)('unless the policy holds instead, over %s too', async (protocol) => {
    const policy = Policy.clientCache({ noStore: true, overrides: true });
    const answered = { 'Cache-Control': 'max-age=9', Expires: 'Thu, 01 Jan 1970 00:00:01 GMT' };
    for (const level of LEVELS) {
      expect(await saidOf({ [level]: policy }, answered, { protocol })).toEqual(['no-store', undefined]);
    }
  });

  test.each(protocols)('and does so beside a header hidden further in, over %s', async (protocol) => {
    const policy = Policy.clientCache({ noStore: true, overrides: true });
    const hide = `${protocol === BackendProtocol.UWSGI ? 'uwsgi' : 'proxy'}_hide_header`;
    const on: Surroundings = {
      protocol,
      more: ({ nested }) => {
        nested.addDirective(Directive.of(hide, ['X-Powered-By']));
      },
    };
    expect(await saidOf({ server: policy }, { 'Cache-Control': 'max-age=9' }, on)).toEqual([
      'no-store',
      undefined,
    ]);
  });

  test('say it again where one further in lets them', async () => {
    const at = { server: Policy.clientCache({ noStore: true, overrides: true }), nested: HOUR };
    expect(await saidOf(at, { 'Cache-Control': 'max-age=9' })).toEqual(['max-age=9', undefined]);
  });

  test('are for one client where they set a cookie', async () => {
    const answered = { 'Set-Cookie': 'a=b' };
    const own = Policy.clientCache({ maxAge: Duration.hours(1), visibility: ClientCacheVisibility.PRIVATE });
    expect(await saidOf({ server: HOUR }, answered)).toEqual([undefined, undefined]);
    expect(await saidOf({ server: own }, answered)).toEqual(['private, max-age=3600', undefined]);
    expect(await saidOf({ server: NEVER }, answered)).toEqual(['no-store', undefined]);
  });

  test.each<[string, string | undefined]>([
    ['text/css', 'max-age=60'],
    ['text/css; charset=utf-8', 'max-age=60'],
    ['TEXT/CSS;charset=utf-8', 'max-age=60'],
    ['text/css-like', undefined],
    ['image/png', 'max-age=120'],
    ['image/svg+xml', 'max-age=180'],
    ['image/svgxml', 'max-age=120'],
    ['application/json', undefined],
  ])('of %s', async (type, said) => {
    const byType = {
      'image/*': Duration.minutes(2),
      'image/svg+xml': Duration.minutes(3),
      'text/css': Duration.minutes(1),
    };
    const policy = Policy.clientCache({ byType });
    expect(await saidOf({ server: policy }, { 'Content-Type': type })).toEqual([said, undefined]);
  });

  test.each<[string, Directive, readonly (string | undefined)[]]>([
    ['a header', Directive.of('add_header', ['Cache-Control', 'no-cache']), ['no-cache', undefined]],
    ['expires', Directive.of('expires', ['epoch']), ['no-cache', 'Thu, 01 Jan 1970 00:00:01 GMT']],
  ])('are told once where %s was passed through', async (_, directive, said) => {
    for (const policyAt of LEVELS) {
      const more: Surroundings = {
        more: ({ nested }) => {
          nested.addDirective(directive);
        },
      };
      expect(await saidOf({ [policyAt]: HOUR }, {}, more)).toEqual(said);
    }
  });

  test.each(LEVELS)('are told once where another policy says it, be it at the %s', async (level) => {
    const fixed = Policy.responseHeaders({ set: { 'Cache-Control': 'max-age=1' } });
    expect(
      await saidOf(
        {
          server: [HOUR, ...(level === 'server' ? [fixed] : [])],
          ...(level !== 'server' && { [level]: fixed }),
        },
        {},
      ),
    ).toEqual(['max-age=1', undefined]);
  });

  test('further out as well', async () => {
    const more: Surroundings = {
      more: ({ server }) => {
        server.addDirective(Directive.of('add_header', ['Cache-Control', 'no-cache']));
      },
    };
    expect(await saidOf({ nested: HOUR }, {}, more)).toEqual(['no-cache', undefined]);
  });
});

describeWith(['nginx'], 'files', () => {
  const saidOfFile = async (
    props: Partial<StaticMountProps>,
    path: string,
    policy = HOUR,
  ): Promise<unknown> => {
    let said: unknown;
    await withDirectory(async (directory) => {
      mkdirSync(join(directory, 'static'));
      writeFileSync(join(directory, 'static/a.css'), '');
      await withFrontend(
        (web, site) => {
          const source = StaticSource.hostPath('/srv');
          web.addPolicy(policy);
          web.addStatic(new StaticMount(site, 'files', { path: '/static/', source, ...props }));
        },
        async (asks) => {
          said = (await asks({ path: `/static/${path}` })).headers['cache-control'];
        },
        { files: join(directory, 'static') },
      );
    });
    return said;
  };

  test('are told of as answers are, errors only where nobody may keep them', async () => {
    expect(await saidOfFile({}, 'a.css')).toBe('max-age=3600');
    expect(await saidOfFile({}, 'nothing')).toBeUndefined();
    expect(await saidOfFile({}, 'nothing', NEVER)).toBe('no-store');
  });

  test('of a mount that says it itself are told of by that', async () => {
    expect(await saidOfFile({ expires: Duration.minutes(5) }, 'a.css')).toBe('max-age=300');
    expect(await saidOfFile({ immutable: true }, 'a.css')).toBe('max-age=31536000, immutable');
    expect(await saidOfFile({ immutable: true }, 'a.css', NEVER)).toBe('max-age=31536000, immutable');
  });

  test('redirects are told of that stay', async () => {
    await withFrontend(
      (web) => {
        web.addPolicy(HOUR);
        for (const [path, status] of [
          ['/301', RedirectStatus.PERMANENT],
          ['/302', RedirectStatus.TEMPORARY],
          ['/307', RedirectStatus.TEMPORARY_KEEPING_METHOD],
          ['/308', RedirectStatus.PERMANENT_KEEPING_METHOD],
        ] as const) {
          web.addRedirect(path, '/there', { status });
        }
      },
      async (asks) => {
        for (const [path, said] of Object.entries({
          301: 'max-age=3600',
          302: undefined,
          307: undefined,
          308: 'max-age=3600',
        })) {
          expect((await asks({ path: `/${path}` })).headers['cache-control']).toBe(said);
        }
      },
    );
  });

  test('nginx has nothing to say of types, nor of a map without any', async () => {
    const policy = Policy.clientCache({ byType: { 'text/x.y+z': Duration.hours(1) }, overrides: true });
    for (const each of [HOUR, NEVER, policy]) {
      const said = await nginxWarns((web, site) => {
        web.addPolicy(each);
        web.addStatic(new StaticMount(site, 'files', { path: '/', source: StaticSource.hostPath('/srv') }));
      });
      expect(said).not.toMatch(/\[(?:warn|emerg)\]/);
    }
  });
});
