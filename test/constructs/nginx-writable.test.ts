import { Directive, LocationAction, LocationMatch } from 'cdktf-wsgi';
import type { NginxFrontendProps } from 'cdktf-wsgi';
import { nginxSays, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';

const of = Directive.of.bind(Directive);

/** A location that has these directives. */
const withDirectives =
  (...directives: readonly (readonly [string, ...string[]])[]): Build =>
  (web) => {
    const location = web.addLocation(LocationMatch.prefix('/'), LocationAction.respond(410));
    for (const [name, ...args] of directives) {
      const place = name.endsWith('_cache_path') ? web : location;
      place.addDirective(of(name, args));
    }
  };

const told = (build: Build, props: NginxFrontendProps = {}): string =>
  reviewOf(build, props).findings.join('\n');

const UNWRITABLE: readonly (readonly [string, string, string])[] = [
  [
    'access_log',
    '/var/log/nginx/a.log',
    "access_log \"/var/log/nginx/a.log\": nobody may write there, the root is read-only\n  write '/dev/stdout', the container's output, or a file in /tmp\n  construct: site/web/location--\n  rule: NGX-PID-TMP",
  ],
  [
    'access_log',
    '/tmp/logs/a.log',
    'there is no directory /tmp/logs: what is below /tmp is empty at the start',
  ],
  ['access_log', 'logs/a.log', 'nobody may write there, the root is read-only'],
  ['access_log', '/var/log/$host.log', 'nobody may write there, the root is read-only'],
  [
    'error_log',
    '/var/log/x.log',
    "nobody may write there, the root is read-only\n  write 'stderr', the container's output, or a file in /tmp",
  ],
  ['proxy_temp_path', '/var/cache/nginx', 'nobody may write there, the root is read-only'],
  ['client_body_temp_path', '/tmp/a/b', 'there is no directory /tmp/a'],
  [
    'proxy_store',
    '/srv/mirror$uri',
    'nobody may write there, the root is read-only\n  write a directory in /tmp, such as /tmp/proxy_store, and let scratchSize have room for it',
  ],
];

test.each(UNWRITABLE)('fails on %s %s', (name, path, message) => {
  expect(told(withDirectives([name, path]))).toContain(message);
  expect(told(withDirectives([name, path]), { readOnlyRoot: false })).toBe('');
});

test('fails on a cache outside /tmp', () => {
  const cache = (path: string): Build => withDirectives(['proxy_cache_path', path, 'keys_zone=a:1m']);
  expect(told(cache('/var/cache/a'))).toContain(
    'proxy_cache_path "/var/cache/a": nobody may write there, the root is read-only\n  write a directory in /tmp, such as /tmp/proxy_cache, and',
  );
  expect(told(cache('/tmp/a'))).toBe('');
});

test.each<readonly (readonly [string, ...string[]])[]>([
  [['access_log', '/dev/stdout']],
  [['access_log', 'off']],
  [['access_log', '/tmp/a.log']],
  [['access_log', '/dev/shm/a.log', 'combined']],
  [['access_log', '/tmp/$host.log', 'combined']],
  [['access_log', 'syslog:server=10.0.0.7']],
  [['access_log', '/var/log/nginx/access.log']],
  [['error_log', '/dev/stderr', 'info']],
  [['error_log', 'memory:32m', 'debug']],
  [['proxy_temp_path', '/tmp/proxy/large', '1', '2']],
  [['proxy_store', 'on']],
  [['proxy_store', '/tmp/mirror/a$uri']],
  [
    ['proxy_cache_path', '/tmp/a', 'keys_zone=a:1m'],
    ['access_log', '/tmp/a/x.log'],
  ],
])('takes %p', (...directives) => {
  expect(told(withDirectives(...directives))).toBe('');
});

describeWith(['nginx'], 'a real nginx', () => {
  test.each([
    ['access_log', '/nowhere/a.log'],
    ['error_log', '/nowhere/a.log'],
    ['proxy_temp_path', '/nowhere/a/b'],
  ])('does not start where %s %s cannot be made', async (name, path) => {
    expect(await nginxSays(withDirectives([name, path]))).toContain(`${path}" failed`);
  });
});
