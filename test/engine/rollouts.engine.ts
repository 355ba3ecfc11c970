import { execFileSync } from 'node:child_process';
import { Directive, Duration, HealthCheck, NginxImage, Size, UwsgiApp } from 'cdktf-wsgi';
import { failure } from './deployment';
import { running } from './docker';
import { startLoad } from './load';
import { Rollouts } from './rollouts';
import { BASE, UWSGI } from './site';
import type { Change } from './site';

let site: Rollouts;

beforeAll(async () => {
  execFileSync('docker', ['build', '-q', '-t', 'local/nginx:12', '-'], {
    input: `FROM ${BASE}\nLABEL another=image\n`,
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
  });
  site = await Rollouts.start('rollouts', 8321);
});

afterAll(() => site.end());

const limit = (key: string, rate: string): Directive[] => [
  Directive.of('limit_req_zone', [key, 'zone=z:1m', `rate=${rate}`]),
  Directive.of('limit_req', ['zone=z', ...(rate === '900r/s' ? ['burst=500', 'nodelay'] : [])]),
];

const EVERYTHING: Change = {
  shop: { environment: { VERSION: '3' } },
  api: { environment: { VERSION: '3' } },
  web: { charset: 'ascii', memory: Size.mebibytes(100) },
};

/** The nginx of Debian 12 in an image of its own, which is made before the first test. */
function anotherNginx(name: string): NginxImage {
  return NginxImage.of(name, {
    version: '1.22.1',
    streamModule: '/usr/lib/nginx/modules/ngx_stream_module.so',
  });
}

test('1: the first apply serves, and the second plan is empty', async () => {
  const { code, output } = await site.apply();
  expect(failure({ code, output })).toBe('');
  const load = startLoad(8321, ['/', '/api/', '/static/site.css'], []);
  await new Promise((done) => setTimeout(done, 500));
  expect((await load.stop()).lost).toEqual([]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test.each<[string, Change, readonly string[]]>([
  [
    '2: another version of both applications',
    { shop: { environment: { VERSION: '2' } }, api: { environment: { VERSION: '2' } } },
    ['1', '2'],
  ],
  ['3: another nginx configuration', { web: { charset: 'utf-8' } }, ['2', '1']],
  ['6: nginx replaced, another limit', { web: { memory: Size.mebibytes(200) } }, ['1']],
  ['6: nginx replaced, another image', { web: { image: anotherNginx('local/nginx:12') } }, ['1']],
  ['6: nginx replaced, other static files', { staticDirectory: 'test/engine/static' }, ['1']],
  ['7: applications, configuration and nginx at once', EVERYTHING, ['1', '3']],
  ['8: three replicas', { shop: { replicas: 3 } }, ['3', '1']],
  ['8: one replica', {}, ['1']],
  [
    '10: a backend added',
    { more: (stack, web) => web.addBackend('/other/', new UwsgiApp(stack, 'other', UWSGI)) },
    ['1'],
  ],
  ['10: a backend removed', {}, ['1']],
])('%s: nothing is lost', async (title, change, bodies) => {
  const { code, output, lost, bodies: seen } = await site.under(title, change);
  expect(failure({ code, output })).toBe('');
  expect(lost).toEqual([]);
  expect([...seen].sort()).toEqual([...bodies].sort());
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('3: another key of an existing rate limit is what serves when the apply is done', async () => {
  const nginx = running('rollouts', 'web-nginx');
  const first = await site.under('3: a rate limit', { directives: limit('$binary_remote_addr', '900r/s') });
  expect(first).toMatchObject({ code: 0, lost: [] });
  const second = await site.under('3: another key of it', { directives: limit('$request_uri', '900r/s') });
  expect(second).toMatchObject({ code: 0, lost: [] });
  expect(running('rollouts', 'web-nginx')).toEqual(nginx);
  expect(await site.apply({ directives: limit('$host', '1r/m') })).toMatchObject({ code: 0 });
  const [, refused] = [await fetch('http://127.0.0.1:8321/'), await fetch('http://127.0.0.1:8321/')];
  expect(refused.status).toBe(503);
  expect(await site.apply()).toMatchObject({ code: 0 });
});

test('4: a configuration that nginx refuses fails the apply with its own message, and nothing is lost', async () => {
  const bad = await site.under('4: a refused configuration', {
    // What only the real nginx knows: an unknown variable is a finding of the synthesis already.
    directives: [Directive.of('map', ['$http_x', '$y'], [Directive.of('~(', ['1'])])],
  });
  expect(bad.code).toBe(1);
  // Terraform breaks lines of 78 characters.
  expect(bad.output.replace(/\s+/g, ' ')).toContain(
    'pcre2_compile() failed: missing closing parenthesis in "("',
  );
  expect(bad.output).toContain('-replace=docker_container.web_web-reloader');
  expect(bad.lost).toEqual([]);
  expect(await site.under('4: and the good one after it', {})).toMatchObject({ code: 0, lost: [] });
});

/** For what is not to become healthy. */
const SOON = HealthCheck.connect({ interval: Duration.seconds(1), wait: Duration.seconds(20) });

test.each<[string, Change]>([
  ['import error', { shop: { environment: { IMPORT_ERROR: '1' }, healthCheck: SOON } }],
  ['import error, again', { shop: { environment: { IMPORT_ERROR: '2' }, healthCheck: SOON } }],
  [
    'health answers 500',
    {
      api: {
        environment: { HEALTH_ERROR: '1' },
        healthCheck: HealthCheck.http('/health', {
          interval: Duration.seconds(1),
          wait: Duration.seconds(8),
        }),
      },
    },
  ],
])('5: %s fails the apply, and nothing is lost', async (title, change) => {
  const failed = await site.under(`5: ${title}`, change);
  expect(failed.code).toBe(1);
  expect(failed.lost).toEqual([]);
});

test('5: the revert works in one apply, and so does a slow import', async () => {
  expect(await site.under('5: revert', {})).toMatchObject({ code: 0, lost: [] });
  expect(
    await site.under('5: an import of 10 s', { shop: { environment: { IMPORT_SECONDS: '10' } } }),
  ).toMatchObject({ code: 0, lost: [] });
});

test.each<[string, Change]>([
  [
    'never listens',
    { api: { preloadApp: true, environment: { IMPORT_SECONDS: '3600' }, healthCheck: SOON } },
  ],
  [
    'exits after a minute',
    {
      shop: {
        environment: { EXIT_SECONDS: '60' },
        healthCheck: HealthCheck.connect({ interval: Duration.seconds(1), wait: Duration.seconds(70) }),
      },
    },
  ],
])('5: an application that %s fails the apply, and a fixed one is taken', async (title, change) => {
  const failed = await site.under(`5: an application that ${title}`, change);
  expect([failed.code, failed.lost]).toEqual([1, []]);
  expect(failed.output).toContain('healthy');
  const version = { environment: { VERSION: title.slice(0, 5) } };
  const fixed = await site.under(`5: and its fixed version`, { shop: version, api: version });
  expect([fixed.code, fixed.lost]).toEqual([0, []]);
  expect(await (await fetch('http://127.0.0.1:8321/')).text()).toBe(title.slice(0, 5));
  expect(await site.deployment.planIsEmpty()).toBe(true);
});
