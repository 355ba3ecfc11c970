import {
  BasicAuthUser,
  Directive,
  Duration,
  ExternalBackend,
  HealthCheck,
  Policy,
  Size,
  UwsgiApp,
} from 'cdktf-wsgi';
import { failure, unwrapped } from './deployment';
import { once, startLoad } from './load';
import { makeAnotherNginx } from './nginx-image';
import { Rollouts } from './rollouts';
import { UWSGI, andThen } from './site';
import type { Change } from './site';

const PORT = 8321;

let site: Rollouts;
/** What is applied by now: each scenario changes that and nothing else, so that what it replaces is what the change replaces. */
let now: Change = {};

beforeAll(async () => {
  site = await Rollouts.start('rollouts', PORT);
});

afterAll(() => site.end());

const version = (VERSION: string): Change => ({
  shop: { environment: { VERSION } },
  api: { environment: { VERSION } },
});

test('1: the first apply serves, and the second plan is empty', async () => {
  await site.applied();
  const load = startLoad(PORT, ['/', '/api/', '/static/site.css'], []);
  await new Promise((done) => setTimeout(done, 500));
  expect((await load.stop()).lost).toEqual([]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

/** A change, the parts that begin with it and those that go, and the versions that answer meanwhile. */
interface Row {
  readonly change: () => Change;
  readonly begun: readonly string[];
  readonly gone: readonly string[];
  readonly bodies: readonly string[];
}

const NOTHING = { begun: [], gone: [] };
const replaced = (...parts: readonly string[]): Pick<Row, 'begun' | 'gone'> => ({
  begun: parts,
  gone: parts,
});

const ROWS: Readonly<Record<string, Row>> = {
  '2: another version of both applications': {
    change: () => version('2'),
    ...replaced('api-0', 'shop-0'),
    bodies: ['1', '2'],
  },
  '3: another nginx configuration': {
    change: () => ({ web: { charset: 'utf-8' } }),
    ...NOTHING,
    bodies: ['2'],
  },
  '6: nginx replaced, another limit': {
    change: () => ({ web: { memory: Size.mebibytes(200) } }),
    ...replaced('web-nginx'),
    bodies: ['2'],
  },
  '6: nginx replaced, another image': {
    change: () => ({ web: { image: makeAnotherNginx() } }),
    ...replaced('web-nginx'),
    bodies: ['2'],
  },
  '6: nginx replaced, other static files': {
    change: () => ({ staticDirectory: 'test/engine/static' }),
    ...replaced('web-nginx'),
    bodies: ['2'],
  },
  '7: applications, configuration and nginx at once': {
    change: () => ({ ...version('3'), web: { charset: 'ascii', memory: Size.mebibytes(100) } }),
    ...replaced('api-0', 'shop-0', 'web-nginx'),
    bodies: ['2', '3'],
  },
  '8: three replicas': {
    change: () => ({ shop: { replicas: 3 } }),
    begun: ['shop-1', 'shop-2'],
    gone: [],
    bodies: ['3'],
  },
  '8: one replica': {
    change: () => ({ shop: { replicas: 1 } }),
    begun: [],
    gone: ['shop-1', 'shop-2'],
    bodies: ['3'],
  },
  '10: a backend added': {
    change: () => ({
      more: (stack, web) => web.addBackend('/other/', new UwsgiApp(stack, 'other', UWSGI)),
    }),
    begun: ['other-0', 'web-nginx'],
    gone: ['web-nginx'],
    bodies: ['3'],
  },
  '10: a backend removed': {
    change: () => ({ more: () => undefined }),
    begun: ['web-nginx'],
    gone: ['other-0', 'web-nginx'],
    bodies: ['3'],
  },
};

test.each(Object.entries(ROWS))(
  '%s: nothing is lost, and what need not be replaced is not',
  async (title, { change, begun, gone, bodies }) => {
    now = andThen(now, change());
    const outcome = await site.under(title, now);
    expect([failure(outcome), outcome.lost]).toEqual(['', []]);
    expect([outcome.begun, outcome.gone]).toEqual([begun, gone]);
    expect([...outcome.bodies].sort()).toEqual(bodies);
    expect(await site.deployment.planIsEmpty()).toBe(true);
  },
);

describe('3: the key of an existing rate limit', () => {
  const limited = (key: string, rate: string, burst: readonly string[]): Change =>
    andThen(now, {
      directives: [
        Directive.of('limit_req_zone', [key, 'zone=z:1m', `rate=${rate}`]),
        Directive.of('limit_req', ['zone=z', ...burst]),
      ],
    });

  test('another one is what serves when the apply is done, in the same nginx', async () => {
    const generous = ['burst=500', 'nodelay'];
    for (const key of ['$binary_remote_addr', '$request_uri']) {
      const outcome = await site.under(`3: a rate limit by ${key}`, limited(key, '900r/s', generous));
      expect([failure(outcome), outcome.lost, outcome.begun]).toEqual(['', [], []]);
    }
    await site.applied(limited('$host', '1r/m', []));
    expect([(await once(PORT, '/')).status, (await once(PORT, '/')).status]).toEqual([200, 503]);
    await site.applied(now);
  });
});

describe('3: the password of a user', () => {
  const known = (password: string): Change =>
    andThen(now, {
      more: (_, web) => {
        const users = [BasicAuthUser.password('me', password)];
        web
          .addBackend('/closed/', ExternalBackend.http('192.0.2.1', 80), {
            connectTimeout: Duration.milliseconds(100),
          })
          .addPolicy(Policy.basicAuth({ realm: 'closed', users }));
      },
    });
  /** Whoever is let in meets a backend that nobody is at. */
  const asked = async (password: string): Promise<number | string> => {
    const headers = { Authorization: `Basic ${Buffer.from(`me:${password}`).toString('base64')}` };
    const { status } = await fetch(`http://127.0.0.1:${String(PORT)}/closed/`, { headers });
    return status === 502 || status === 504 ? 'let in' : status;
  };

  test('another one is what lets in when the apply is done, in the same nginx', async () => {
    await site.applied(known('one'));
    expect([await asked('one'), await asked('two')]).toEqual(['let in', 401]);
    const outcome = await site.under('3: another password', known('two'));
    expect([failure(outcome), outcome.lost, outcome.begun]).toEqual(['', [], []]);
    expect([await asked('one'), await asked('two')]).toEqual([401, 'let in']);
    await site.applied(now);
  });
});

describe('4: a configuration that nginx refuses fails the apply with its own message, and nothing is lost', () => {
  /** Chosen at run time, a cache keeps its name when its path changes: nginx has the old path under that name. */
  const cached = (path: string): Change =>
    andThen(now, {
      directives: [
        Directive.of('proxy_cache_path', [path, 'keys_zone=z:1m']),
        Directive.of('map', ['$uri', '$cache'], [Directive.of('default', ['z'])]),
        Directive.of('proxy_cache', ['$cache']),
      ],
    });

  /** What only the real nginx knows: unknown variables and parentheses that are not closed are findings of the synthesis already. */
  const unreadable = (): Change =>
    andThen(now, {
      directives: [Directive.of('map', ['$http_x', '$y'], [Directive.of('~(?<=a+)b', ['1'])])],
    });

  test.each<[string, () => Change, () => Change, string]>([
    [
      'when it reads it',
      () => now,
      unreadable,
      'pcre2_compile() failed: lookbehind assertion is not fixed length in "(?<=a+)b"',
    ],
    [
      'when it is to change to it',
      () => cached('/tmp/one'),
      () => cached('/tmp/two'),
      'cache "z" uses the "/tmp/two" cache path while previously it used the "/tmp/one" cache path',
    ],
  ])('%s', async (when, good, bad, message) => {
    await site.applied(good());
    const refused = await site.under(`4: a configuration that nginx refuses ${when}`, bad());
    expect([refused.code, refused.lost, refused.begun]).toEqual([1, [], []]);
    expect(refused.output).toContain('[emerg]');
    expect(unwrapped(refused.output)).toContain(message);
    expect(refused.output).toContain('-replace=docker_container.web_web-reloader');
    const fixed = await site.under(`4: and the good one after it`, now);
    expect([failure(fixed), fixed.lost, fixed.begun]).toEqual(['', [], []]);
    expect(await site.deployment.planIsEmpty()).toBe(true);
  });
});

const every = Duration.seconds(1);

/** For what is not to become healthy. */
const SOON = HealthCheck.connect({ interval: every, wait: Duration.seconds(12) });

interface Failing {
  /** The application whose new version fails, and how. */
  readonly app: 'shop' | 'api';
  readonly change: Change;
  /** Seconds that the apply may take: what it waits for a container, and 20 for everything else. */
  readonly within: number;
}

/** In the order of a bad day, in which each comes on top of the one before. */
const FAILING: Readonly<Record<string, Failing>> = {
  'import error': {
    app: 'shop',
    change: { shop: { environment: { IMPORT_ERROR: '1' }, healthCheck: SOON } },
    within: 32,
  },
  'import error, again': {
    app: 'shop',
    change: { shop: { environment: { IMPORT_ERROR: '2' }, healthCheck: SOON } },
    within: 32,
  },
  'health answers 500': {
    app: 'api',
    change: {
      api: {
        environment: { HEALTH_ERROR: '1' },
        healthCheck: HealthCheck.http('/health', { interval: every, wait: Duration.seconds(8) }),
      },
    },
    within: 28,
  },
};

const FAILING_LATE: Readonly<Record<string, Failing>> = {
  'never listens': {
    app: 'api',
    change: { api: { preloadApp: true, environment: { IMPORT_SECONDS: '3600' }, healthCheck: SOON } },
    within: 32,
  },
  'exits after a minute': {
    app: 'shop',
    change: {
      shop: {
        environment: { EXIT_SECONDS: '60' },
        healthCheck: HealthCheck.connect({ interval: every, wait: Duration.seconds(65) }),
      },
    },
    within: 85,
  },
};

/** Applies a version that fails: what served before goes on serving, in the same containers. */
async function failsInTime(title: string, { app, change, within }: Failing): Promise<void> {
  const serving = [...site.healthy(`${app}-0`), ...site.healthy('web-')];
  expect(serving).toHaveLength(3);
  const start = Date.now();
  const failed = await site.under(`5: ${title}`, andThen(now, change));
  expect([failed.code, failed.lost]).toEqual([1, []]);
  expect(failed.output).toContain('healthy');
  expect((Date.now() - start) / 1000).toBeLessThan(within);
  expect(site.running()).toEqual(expect.arrayContaining(serving));
}

describe('5: a new version that fails', () => {
  test.each(Object.entries(FAILING))('%s: fails the apply in time, and nothing is lost', failsInTime);

  test('the revert works in one apply', async () => {
    const reverted = await site.under('5: revert', now);
    expect([failure(reverted), reverted.lost, reverted.begun]).toEqual(['', [], ['api-0']]);
    expect((await once(PORT, '/')).body).toBe('3');
    expect(await site.deployment.planIsEmpty()).toBe(true);
  });

  test('an import of 10 s succeeds', async () => {
    const slow = andThen(now, { shop: { environment: { VERSION: '4', IMPORT_SECONDS: '10' } } });
    const outcome = await site.under('5: an import of 10 s', slow);
    expect([failure(outcome), outcome.lost, outcome.begun]).toEqual(['', [], ['shop-0']]);
    expect((await once(PORT, '/')).body).toBe('4');
  });

  test.each(Object.entries(FAILING_LATE))(
    'one that %s fails the apply in time, and a fixed one is taken',
    async (title, failing) => {
      await failsInTime(`an application that ${title}`, failing);
      now = andThen(now, version(title.slice(0, 5)));
      const fixed = await site.under('5: and its fixed version', now);
      expect([failure(fixed), fixed.lost]).toEqual(['', []]);
      expect((await once(PORT, '/')).body).toBe(title.slice(0, 5));
      expect(await site.deployment.planIsEmpty()).toBe(true);
    },
  );
});
