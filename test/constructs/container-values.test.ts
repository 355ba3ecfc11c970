import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AppImage,
  DataVolume,
  Duration,
  ExternalBackend,
  GunicornApp,
  HealthCheck,
  Listener,
  NginxFrontend,
  NginxImage,
  Size,
  UwsgiApp,
  Worker,
} from 'cdktf-wsgi';
import type { AppProps, GunicornAppProps, UwsgiAppProps } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, container, siteStack } from '../helpers/stacks';

const direct = { ...GUNICORN, listeners: [Listener.http(1)] };

type Refused = [string, (site: TerraformStack) => unknown, string];

function refusal(build: (site: TerraformStack) => unknown): string {
  try {
    siteStack(build);
    return '';
  } catch (error) {
    return String(error);
  }
}

describe('user and group', () => {
  test.each([1, 65_534, 100_000, 2 ** 31 - 1])('%p is a user as good as any', (uid) => {
    const stack = siteStack((site) => new GunicornApp(site, 'api', { ...direct, uid }));
    expect(container(stack, 'api-0')['user']).toBe(`${String(uid)}:${String(uid)}`);
  });

  test('root is possible where it is asked for, without its group and without capabilities', () => {
    const stack = siteStack((site) => {
      const web = new NginxFrontend(site, 'web');
      web.addBackend('/', new GunicornApp(site, 'api', { ...GUNICORN, uid: 0 }));
    });
    expect(container(stack, 'api-0')).toMatchObject({ user: '0:10001', capabilities: { drop: ['ALL'] } });
    expect(container(stack, 'web-nginx')).toMatchObject({ user: '101:101', group_add: ['10001'] });
  });

  test('the group of root is possible, as some images want it', () => {
    const stack = siteStack((site) => new GunicornApp(site, 'api', { ...direct, gid: 0 }));
    expect(container(stack, 'api-0')['user']).toBe('10001:0');
  });

  test.each([-1, 2 ** 31, 1.5, Number.NaN])('fails on %p', (uid) => {
    expect(refusal((site) => new GunicornApp(site, 'x', { ...direct, uid }))).toContain(
      `uid ${String(uid)} is not the number of a user\n  give a whole number from 0 to 2147483647\n  construct: site/x`,
    );
  });

  test('fails on an nginx that is root, whose workers would lose the groups of the sockets', () => {
    expect(refusal((site) => new NginxFrontend(site, 'x', { uid: 0 }))).toContain(
      'uid 0 is not the number of an ordinary user\n  give a whole number from 1 to 2147483647',
    );
  });
});

describe('fails with the construct and the prop on', () => {
  const missing = { A: undefined } as unknown as Record<string, string>;
  test.each<Refused>([
    [
      'a release that is a word',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, serverVersion: 'latest' }),
      'serverVersion: "latest" is not a server version',
    ],
    [
      'data that are called as the sockets of an application',
      (site) => [new GunicornApp(site, 'shop', GUNICORN), new DataVolume(site, 'shop-sockets')],
      'two parts of this stack would both be the volume shop-sockets\n  give one of their constructs another id\n  construct: site/shop-sockets',
    ],
    [
      'a frontend whose files are called as data are',
      (site) => [new DataVolume(site, 'web-config'), new NginxFrontend(site, 'web')],
      'two parts of this stack would both be the volume web-config\n  give one of their constructs another id\n  construct: site/web',
    ],
    [
      'a variable without a value',
      (site) => new GunicornApp(site, 'x', { ...direct, environment: missing }),
      'environment: A is undefined, which is no text',
    ],
    [
      'half a second of grace',
      (site) =>
        new Worker(site, 'x', {
          like: new GunicornApp(site, 'y', direct),
          command: ['a'],
          stopGrace: Duration.milliseconds(1500),
        }),
      'stopGrace: a duration of 1500 milliseconds is not a whole number of seconds',
    ],
    ...(['harakiri', 'workerReloadMercy', 'maxWorkerLifetime', 'harakiriGracefulTimeout'] as const).map(
      inSeconds,
    ),
    ...(['timeout', 'gracefulTimeout', 'keepalive'] as const).map(inSecondsToo),
    [
      'a capability that Linux does not have',
      (site) => new GunicornApp(site, 'x', { ...direct, capabilities: ['CHOWN', 'NET_ADMN'] }),
      'capabilities[1] "NET_ADMN" is not a capability of Linux\n  give "NET_ADMIN" or another name of capabilities(7)',
    ],
    ...['bridge', 'default', 'host', 'none'].map((name): Refused => [
      `the engine's own network ${name}`,
      (site) => new GunicornApp(site, 'x', { ...direct, networks: ['db', name] }),
      `networks[1] "${name}" is no network that the engine connects a container to by name\n  `,
    ]),
    [
      'parts of a MiB',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, reloadOnAs: Size.bytes(1500) }),
      'reloadOnAs: a size of 1500 bytes is not a whole number of MiB',
    ],
  ])('%s', (_, build, message) => {
    const told = refusal(build);
    expect(told).toContain(message);
    expect(told).toContain('construct: site/');
  });
});

test('a variable may be called as a member of every object is', () => {
  const stack = siteStack(
    (site) => new GunicornApp(site, 'api', { ...direct, environment: { constructor: 'x', toString: 'y' } }),
  );
  expect(container(stack, 'api-0')['env']).toEqual(expect.arrayContaining(['constructor=x', 'toString=y']));
});

test('capabilities may be spelled as the kernel, the engine or nobody does', () => {
  const capabilities = ['CAP_CHECKPOINT_RESTORE', 'net_raw', 'Cap_Sys_Ptrace', 'ALL'];
  const stack = siteStack((site) => new GunicornApp(site, 'api', { ...direct, capabilities }));
  expect(container(stack, 'api-0')['capabilities']).toMatchObject({
    add: ['CAP_CHECKPOINT_RESTORE', 'CAP_NET_RAW', 'CAP_SYS_PTRACE', 'ALL'],
  });
});

describe('a health check', () => {
  test.each<[string, () => unknown, string]>([
    ['interval', () => HealthCheck.connect({ interval: Duration.seconds(0) }), 'interval of 0: the engine'],
    ['timeout', () => HealthCheck.http('/', { timeout: Duration.seconds(0) }), 'timeout of 0: the engine'],
    ['wait', () => HealthCheck.connect({ wait: Duration.seconds(0) }), 'wait of 0: nothing would say'],
    [
      'wait of half a second',
      () => HealthCheck.connect({ wait: Duration.milliseconds(500) }),
      'HealthCheck: wait: a duration of 500 milliseconds is not a whole number of seconds',
    ],
  ])('fails on %s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('asks for the path that was given, in the protocol of the socket that it asks', () => {
    const healthCheck = HealthCheck.http('/h?p=uwsgi&q=http');
    const probeOf = (props: Partial<AppProps>): string[] => {
      const stack = siteStack((site) => {
        const app = new UwsgiApp(site, 'old', { ...UWSGI, ...props, healthCheck });
        if (props.listeners === undefined) new NginxFrontend(site, 'web').addBackend('/', app);
      });
      return (container(stack, 'old-0')['healthcheck'] as { readonly test: string[] }).test;
    };
    const published = probeOf({ listeners: [Listener.http(9000)] });
    expect(published.slice(-4)).toEqual([
      'address=9000',
      'timeout=3',
      'path=/h?p=uwsgi&q=http',
      'protocol=http',
    ]);
    expect(probeOf({})).toEqual(expect.arrayContaining(['path=/h?p=uwsgi&q=http', 'protocol=uwsgi']));
  });
});

/** Wherever a program names an image, and how it is told about a name that is none. */
const NAMED: readonly { of: (name: string) => unknown; told: (name: string) => string }[] = [
  { of: (name) => AppImage.registry(name), told: (name) => `AppImage.registry("${name}")` },
  {
    of: (name) => NginxImage.of(name, { version: '1.28.0' }),
    told: (name) => `NginxImage.of("${name}")`,
  },
  {
    of: (name) => AppImage.python('.', { baseImage: name }),
    told: (name) => `AppImage.python: baseImage "${name}"`,
  },
];

describe('an image', () => {
  test.each([
    'nginx',
    'acme/api:1.4',
    'ghcr.io/acme/api:1.4',
    'localhost:5000/a/b__c:V1',
    '[::1]:5000/a',
    `python@sha256:${'0'.repeat(64)}`,
  ])('may be called %s', (name) => {
    for (const { of } of NAMED) expect(() => of(name)).not.toThrow();
  });

  test.each(['', 'a b', 'UPPER/x:!!', 'UPPER', 'a:', 'a//b', 'a/-b', 'a@b', 'https://ghcr.io/a'])(
    'fails on %p',
    (name) => {
      for (const { of, told } of NAMED) {
        expect(() => of(name)).toThrow(
          `${told(name)} is not an image name\n  give one in lower case, with its tag, such as `,
        );
      }
    },
  );

  test('is carried through where Terraform knows a part of its name', () => {
    const stack = siteStack((site) => {
      const tag = new TerraformVariable(site, 'tag', {}).stringValue;
      new GunicornApp(site, 'api', { ...direct, image: AppImage.registry(`acme/api:${tag}`) });
    });
    expect(Testing.synth(stack)).toContain('"name": "acme/api:${var.tag}"');
  });

  test('of nginx is carried through as well', () => {
    const stack = siteStack((site) => {
      const tag = new TerraformVariable(site, 'tag', {}).stringValue;
      const image = NginxImage.of(`acme/nginx:${tag}`, { version: '1.28.0' });
      new NginxFrontend(site, 'web', { image }).addBackend('/', ExternalBackend.http('10.0.0.7', 80));
    });
    expect(Testing.synth(stack)).toContain('"name": "acme/nginx:${var.tag}"');
  });

  test('fails on a token in what decides a file: a release of nginx, the base of a Dockerfile', () => {
    siteStack((site) => {
      const text = new TerraformVariable(site, 'v', {}).stringValue;
      expect(() => NginxImage.of('nginx', { version: text })).toThrow('version is a Terraform token');
      expect(() => AppImage.python('.', { baseImage: text })).toThrow('baseImage is a Terraform token');
    });
  });

  test('fails on a release of nginx that is none, by the name of what was called', () => {
    expect(() => NginxImage.official('stable')).toThrow(
      'NginxImage.official: "stable" is not a server version',
    );
    expect(() => NginxImage.of('nginx', { version: 'v1' })).toThrow(
      'NginxImage.of: version: "v1" is not a server version',
    );
  });
});

test('a token in an amount is told as one', () => {
  siteStack((site) => {
    const variable = new TerraformVariable(site, 'v', {}).numberValue;
    expect(() => Size.mebibytes(variable)).toThrow('Size.mebibytes was given a Terraform token');
    expect(() => Duration.seconds(variable)).toThrow('Duration.seconds was given a Terraform token');
  });
});

function inSeconds(prop: keyof UwsgiAppProps): [string, (site: TerraformStack) => unknown, string] {
  const props = { ...UWSGI, minWorkerLifetime: Duration.seconds(1), [prop]: Duration.milliseconds(1500) };
  return [`parts of a second for ${prop}`, (site) => new UwsgiApp(site, 'x', props), notWhole(prop)];
}

function inSecondsToo(prop: keyof GunicornAppProps): [string, (site: TerraformStack) => unknown, string] {
  const props = { ...GUNICORN, [prop]: Duration.milliseconds(1500) };
  return [`parts of a second for ${prop}`, (site) => new GunicornApp(site, 'x', props), notWhole(prop)];
}

function notWhole(prop: string): string {
  return `${prop}: a duration of 1500 milliseconds is not a whole number of seconds`;
}

test('either server is reached at the same kind of URL', () => {
  const urls: string[][] = [];
  siteStack((site) => {
    const listeners = [Listener.http(8001, { address: '127.0.0.1' })];
    urls.push(new UwsgiApp(site, 'u', { ...UWSGI, listeners }).urls);
    urls.push(new GunicornApp(site, 'g', { ...GUNICORN, listeners }).urls);
  });
  expect(urls).toEqual([['http://127.0.0.1:8001/'], ['http://127.0.0.1:8001/']]);
});
