import { Balance, Directive, LocationAction, LocationMatch, NginxImage } from 'cdktf-wsgi';
import type { NginxFrontendProps } from 'cdktf-wsgi';
import { blockOf, confOf, nginxSays, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';

const of = Directive.of.bind(Directive);
const gone = LocationAction.respond(410);

const escaped = (text: string): string => text.replace(/[[\]\\^$.|?*+(){}]/g, '\\$&');

/** A frontend with one location and these directives of its own. */
const withDirectives =
  (...directives: Directive[]): Build =>
  (web) => {
    web.addLocation(LocationMatch.prefix('/'), gone);
    for (const one of directives) web.addDirective(one);
  };

describe('a directive of a frontend stands where nginx takes it', () => {
  test('in http, in the frontend’s own server, in events, or at the top', () => {
    const text = confOf(
      withDirectives(
        of('gzip', ['on']),
        of('rewrite', ['^/old$', '/new', 'permanent']),
        of('if', ['($host', '=', 'a)'], [of('return', ['403'])]),
        of('multi_accept', ['on']),
        of('worker_rlimit_nofile', ['4096']),
      ),
    );
    expect(text.indexOf('worker_rlimit_nofile 4096;')).toBeLessThan(text.indexOf('events {'));
    expect(blockOf(text, 'events {')).toEqual(['worker_connections 1024;', 'multi_accept on;']);
    expect(blockOf(text, 'http {').at(-1)).toBe('gzip on;');
    expect(blockOf(text, 'server {').slice(2, 6)).toEqual([
      'rewrite "^/old$" /new permanent;',
      'if ($host = a) {',
      'return 403;',
      '}',
    ]);
  });

  test('fails, with the way, for one that only a location takes', () => {
    expect(reviewOf(withDirectives(of('internal', []))).findings).toEqual([
      "'internal' cannot stand in 'http'\n  move it: it belongs in 'location'\n  construct: site/web\n  rule: NGX-CTX",
    ]);
  });

  test('instead of one of ours that no prop says', () => {
    const text = confOf((web) => {
      web.addDirective(of('server_tokens', ['on']));
      web.addDirective(of('access_log', ['off']));
      web
        .addLocation(LocationMatch.exact('/json'), LocationAction.respond(200, '{}'))
        .addDirective(of('default_type', ['application/json']));
    });
    expect(text.match(/server_tokens .*|access_log .*/g)).toEqual(['server_tokens on;', 'access_log off;']);
    expect(blockOf(text, 'location = /json {')).toEqual([
      'types {',
      '}',
      'return 200 "{}";',
      'default_type application/json;',
    ]);
  });
});

describe('a dollar in Directive.of', () => {
  test('is one in a regex, and begins a variable where nginx expands one', () => {
    const row = of('map', ['$uri', '$y'], [of('~^/x$', ['$host']), of('default', ['${literal_dollar}5'])]);
    const geo = of('geo', ['$z'], [of('default', ['$'])]);
    const text = confOf(withDirectives(row, geo, of('add_header', ['X', 'a$y'])));
    expect(blockOf(text, 'map $uri $y {')).toEqual(['"~^/x$" $host;', 'default "${literal_dollar}5";']);
    expect(blockOf(text, 'geo $z {')).toEqual(['default "$";']);
    expect(text).toContain('add_header X a$y;');
  });

  test('fails where nginx would look for a variable that has no name', () => {
    expect(() => confOf(withDirectives(of('add_header', ['X', '5 $'])))).toThrow(
      "\"5 $\" has a '$' that begins no variable\n  write a variable's name after it, or '${literal_dollar}' for the sign itself\n  construct: site/web",
    );
    expect(() => Balance.hash('$request_uri$')).toThrow("has a '$' that begins no variable");
  });
});

const image = (options: { modules?: string[]; directives?: string[] }): NginxFrontendProps => ({
  image: NginxImage.of('acme/nginx:1', { version: '1.28.0', ...options }),
});

describe('a file that is included by its whole path', () => {
  const found = (file: string, props: NginxFrontendProps = {}): string =>
    reviewOf(withDirectives(of('include', [file])), props).findings.join('\n');

  test.each(['/etc/nginx/mime.types', '/etc/nginx//uwsgi_params', '/etc/nginx/conf.d/*.conf'])(
    '%s is in the official image',
    (file) => {
      expect(found(file)).not.toContain('has no such file');
    },
  );

  test.each(['/home/me/site.conf', '/etc/nginx/sites-enabled/*', '/etc/nginx/snippets/../../site.conf'])(
    'fails on %s, which that does not have',
    (file) => {
      expect(found(file)).toMatch(
        /^include ".*": the image nginx:[\d.]+ has no such file, and nothing of the host is in the container\n {2}add what it holds with addDirective, or use NginxImage\.of/,
      );
      const alpine = NginxImage.of('docker.io/library/nginx:1.28-alpine', { version: '1.28.0' });
      expect(found(file, { image: alpine })).toContain('has no such file');
    },
  );

  test('may be in an image of the user’s own', () => {
    expect(found('/etc/acme/site.conf', image({}))).toBe('');
  });
});

describe('modules of an image', () => {
  test('are loaded, and their directives taken', () => {
    const file = 'modules/ngx_http_image_filter_module.so';
    const build = withDirectives(of('image_filter_jpeg_quality', ['80']));
    const [finding = ''] = reviewOf(build).findings;
    expect(finding).toContain(
      "'image_filter_jpeg_quality' is of the module ngx_http_image_filter_module, which this nginx lacks",
    );
    expect(finding).toContain('rule: NGX-MODULE');
    expect(reviewOf(build, image({ modules: [file] })).findings).toEqual([]);
    expect(confOf(build, image({ modules: [file] })).split('\n')[1]).toBe(`load_module ${file};`);
  });

  test('bring directives that nginx’s own table does not have, when they are named', () => {
    const build = withDirectives(of('brotli', ['on']));
    expect(reviewOf(build).findings[0]).toContain('nginx has no directive "brotli"');
    expect(reviewOf(build, image({ directives: ['brotli'] })).findings).toEqual([]);
  });
});

/** What nginx refuses to start with: the directives, our finding, nginx's words. */
const REFUSED: readonly (readonly [string, Build, string | RegExp, string])[] = [
  [
    'a directive that a prop says',
    withDirectives(of('keepalive_timeout', ['10s'])),
    "'keepalive_timeout' stands twice in 'http': nginx would not start\n  leave the directive out, and use keepaliveTimeout\n  construct: site/web\n  rule: NGX-DUP",
    '"keepalive_timeout" directive is duplicate',
  ],
  [
    'one of the library’s own',
    withDirectives(of('pid', ['/x'])),
    "'pid' was passed through: the probe and the reloader look for it below /tmp\n  leave it out\n  construct: site/web\n  rule: NGX-PID-TMP",
    '"pid" directive is duplicate',
  ],
  [
    'one twice in a block of a nested location',
    (web) => {
      web
        .addLocation(LocationMatch.prefix('/'), gone)
        .addLocation(LocationMatch.prefix('/x/'), gone)
        .addDirective(of('limit_except', ['GET'], [of('auth_basic', ['a']), of('auth_basic', ['b'])]));
    },
    "'auth_basic' stands twice in 'limit_except': nginx would not start\n  leave one of them out\n  construct: site/web/location--/location--x--",
    '"auth_basic" directive is duplicate',
  ],
  [
    'a location beside ours',
    (web) => {
      web.addLocation(LocationMatch.prefixOnly('/x'), gone);
      web.addDirective(of('location', ['/x'], [of('return', ['200'])]));
    },
    "the location /x stands twice in 'server'",
    'duplicate location "/x"',
  ],
  [
    'an upstream that differs in case',
    withDirectives(
      of('upstream', ['pool'], [of('server', ['127.0.0.1:1'])]),
      of('upstream', ['POOL'], [of('server', ['127.0.0.1:1'])]),
    ),
    "the upstream POOL stands twice in 'http'",
    'duplicate upstream "POOL"',
  ],
  [
    'an unknown variable',
    withDirectives(of('add_header', ['X', '$reqest_uri'])),
    "nginx has no variable $reqest_uri, which add_header uses\n  did you mean $request_uri? Otherwise declare it with set or map, or write '${literal_dollar}' for a dollar sign\n  construct: site/web\n  rule: NGX-LITERAL-DOLLAR",
    'unknown "reqest_uri" variable',
  ],
  [
    'an unknown variable in a row of map',
    withDirectives(of('map', ['$uri', '$m'], [of('default', ['$nope'])])),
    'nginx has no variable $nope, which default uses',
    'unknown "nope" variable',
  ],
  [
    'a zone that nothing declares',
    (web) => {
      web.addLocation(LocationMatch.prefix('/'), gone).addDirective(of('limit_req', ['zone=one', 'burst=5']));
    },
    "limit_req names the zone one, which nothing declares: nginx would not start\n  declare it in the frontend: Directive.of('limit_req_zone', [… 'zone=one:10m' …])\n  construct: site/web/location--\n  rule: NGX-LIMIT-ZONE",
    'zero size shared memory zone "one"',
  ],
  [
    'a cache that nothing declares',
    withDirectives(of('proxy_cache', ['c'])),
    'proxy_cache names the zone c',
    '"proxy_cache" zone "c" is unknown',
  ],
  [
    'a module that it lacks',
    withDirectives(of('image_filter_jpeg_quality', ['80'])),
    'NGX-MODULE',
    'unknown directive "image_filter_jpeg_quality"',
  ],
  ...(
    [
      ['a row of a map', of('map', ['$uri', '$m'], [of('~^/a(b', ['1'])]), 'a row of map: "^/a(b"', 3],
      ['another, without regard to case', of('map', ['$uri', '$m'], [of('~*+a', ['1'])]), '"+a"', 0],
      ['a location', of('location', ['~', '[a'], [of('return', ['204'])]), 'location: "[a"', 0],
      ['a location of one word', of('location', ['~*a)'], [of('return', ['204'])]), 'location: "a)"', 1],
      ['a rewrite', of('rewrite', ['^/(a', '/b']), 'rewrite: "^/(a"', 2],
      ['a condition', of('if', ['($uri', '~', '^/(a|b)'], [of('return', ['204'])]), 'if: "^/(a|b"', 2],
      [
        'a condition in parts',
        of('if', ['($uri', '!~*', 'a**', ')'], [of('return', ['204'])]),
        'if: "a**"',
        2,
      ],
      ['a name', of('server', [], [of('listen', ['81']), of('server_name', ['a', '~b('])]), '"b("', 1],
      ['a redirect', of('proxy_redirect', ['~*(', '/']), 'proxy_redirect: "("', 0],
      ['the path of a cookie', of('proxy_cookie_path', ['~[', '/']), 'proxy_cookie_path: "["', 0],
      ['a referer', of('valid_referers', ['none', '~a{2,1}']), 'valid_referers: "a{2,1}"', 1],
    ] as const
  ).map(
    ([where, directive, pattern, position]) =>
      [
        `a broken regular expression of ${where}`,
        withDirectives(directive),
        new RegExp(`${escaped(pattern)} is not a regular expression: .*, at position ${String(position)}\\n`),
        'pcre2_compile() failed',
      ] as const,
  ),
  ...(
    [
      ['a group of a rewrite', of('rewrite', ['^/(?<uri>a)', '/b']), 'rewrite has a group called uri'],
      [
        'a group of a map',
        of('map', ['$uri', '$m'], [of('~(?P<HOST>a)', ['1'])]),
        'a row of map has a group called HOST',
      ],
      [
        'a group of a redirect',
        of('proxy_redirect', ['~(?<uri>a)', '/']),
        'proxy_redirect has a group called uri',
      ],
      ['set', of('set', ['$uri', '/b']), 'set sets $uri'],
      ['map', of('map', ['$http_x', '$host'], [of('default', ['1'])]), 'map sets $host'],
      ['geo', of('geo', ['$arg_a', '$http_cookie'], [of('default', ['1'])]), 'geo sets $http_cookie'],
      [
        'split_clients',
        of('split_clients', ['$arg_a', '$status'], [of('*', ['1'])]),
        'split_clients sets $status',
      ],
    ] as const
  ).map(
    ([where, directive, what]) =>
      [
        `a variable that is nginx's own in ${where}`,
        withDirectives(directive),
        `${what}: it is a variable of nginx that nothing can set, and nginx would not start\n  give it another name, such as '`,
        'the duplicate "',
      ] as const,
  ),
  [
    'a format of nginx’s own',
    withDirectives(of('log_format', ['combined', 'x'])),
    'log_format "combined" is there twice: nginx itself has it\n  give it another name\n  construct: site/web\n  rule: NGX-DUP',
    'duplicate "log_format" name "combined"',
  ],
  [
    'a format twice',
    withDirectives(of('log_format', ['a', 'x']), of('log_format', ['a', 'y'])),
    'log_format "a" is there twice\n',
    'duplicate "log_format" name "a"',
  ],
  [
    'a format that is not there',
    (web) => {
      const location = web.addLocation(LocationMatch.prefix('/'), gone);
      location.addDirective(of('access_log', ['/dev/stdout', 'long']));
    },
    'access_log names the format "long", which nothing declares: nginx would not start',
    'unknown log format "long"',
  ],
  [
    'parameters of a log without its format',
    withDirectives(of('access_log', ['/dev/stdout', 'buffer=32k'])),
    'access_log names the format "buffer=32k"',
    'unknown log format "buffer=32k"',
  ],
  [
    'a format of a log that is off',
    withDirectives(of('access_log', ['off', 'combined'])),
    'access_log is off, and has "combined" as well',
    'invalid parameter "combined"',
  ],
  [
    'an upstream without servers',
    withDirectives(of('upstream', ['pool'], [of('ip_hash', [])])),
    'the upstream "pool" has no servers: nginx would not start\n',
    'no servers are inside upstream',
  ],
  [
    'an upstream of backups',
    withDirectives(of('upstream', ['pool'], [of('server', ['10.0.0.1', 'backup'])])),
    'the upstream "pool" has no servers but backups',
    'no servers in upstream "pool"',
  ],
  [
    'a file beside nginx.conf',
    withDirectives(of('include', ['snippets/a.conf'])),
    'include "snippets/a.conf": nginx would look for it in /conf/snippets, where there is only what the library writes\n  add what it holds with addDirective',
    'snippets/a.conf" failed (2: No such file or directory)',
  ],
  [
    'a file that the image does not have',
    withDirectives(of('include', ['/etc/letsencrypt/options-ssl-nginx.conf'])),
    'include "/etc/letsencrypt/options-ssl-nginx.conf": the image nginx:',
    'options-ssl-nginx.conf" failed (2: No such file or directory)',
  ],
  [
    'a module that the image is not said to have',
    withDirectives(of('load_module', ['modules/nope.so'])),
    'load_module "modules/nope.so": the library would not know the directives of the module\n  use NginxImage.of(name, { version, modules: ["modules/nope.so"] })',
    'modules/nope.so" failed',
  ],
];

/** What looks like the same, and is not. */
const TAKEN: readonly (readonly [string, Build])[] = [
  [
    'rows of data that are called as directives are',
    withDirectives(of('map', ['$uri', '$m'], [of('gzip', ['1']), of('pid', ['2'])]), of('gzip', ['on'])),
  ],
  [
    'directives that may stand twice',
    withDirectives(
      of('add_header', ['A', 'b']),
      of('add_header', ['A', 'c']),
      of('gzip_types', ['text/css']),
    ),
  ],
  [
    'the same directive in two blocks, the same regex twice',
    (web) => {
      web.addLocation(LocationMatch.regex('a'), gone).addDirective(of('expires', ['1h']));
      web.addDirective(of('location', ['~', 'a'], [of('expires', ['1h'])]));
      web.addDirective(of('expires', ['1h']));
    },
  ],
  [
    'variables that are declared, in any way and case',
    withDirectives(
      of('map', ['$HOST', '$m'], [of('default', ['1'])]),
      of('geo', ['$g'], [of('default', ['1'])]),
      of('set', ['$s', '$m$g$arg_x$http_y$cookie_z$sent_http_a$upstream_http_b']),
      of('rewrite', ['^/(?<named>a)$', '/$named$1$s', 'last']),
    ),
  ],
  [
    'regular expressions that only PCRE knows, and what looks like one',
    withDirectives(
      of(
        'map',
        ['$uri', '$m'],
        [of('~^/(?>a)(?P<p>b)\\K[]x]c*+$', ['1']), of('\\~(', ['2']), of('(', ['3'])],
      ),
      of('rewrite', ['(?i)^/(?<q>a)\\Q(\\E(?#()(?:b)?$', '/c']),
      of('if', ['($uri', '~', '^/(a|b)$)'], [of('return', ['204'])]),
      of('if', ['($uri', '=', '(', ')'], [of('return', ['204'])]),
      of('location', ['/(a'], [of('return', ['204'])]),
      of('proxy_redirect', ['off']),
    ),
  ],
  [
    'variables of nginx that may be set, and groups that are no variables',
    withDirectives(
      of('set', ['$args', 'a=b']),
      of('set', ['$http_x', 'a']),
      of('set', ['$limit_rate', '1k']),
      of('valid_referers', ['~(?<uri>a)']),
      of('fastcgi_split_path_info', ['^(?<uri>a)(b)']),
    ),
  ],
  [
    'a format in a location, wherever it is declared, and an upstream of servers',
    (web) => {
      const location = web.addLocation(LocationMatch.prefix('/'), gone);
      location.addDirective(of('access_log', ['/dev/stdout', 'long']));
      location.addDirective(of('access_log', ['/dev/stdout', 'combined', 'if=$arg_a']));
      web.addDirective(of('upstream', ['pool'], [of('server', ['10.0.0.1'])]));
      web.addDirective(of('log_format', ['long', '$remote_addr']));
    },
  ],
  [
    'zones that are declared, off or chosen at run time',
    withDirectives(
      of('limit_req_zone', ['$binary_remote_addr', 'zone=one:1m', 'rate=1r/s']),
      of('limit_conn_zone', ['$server_name', 'zone=two:1m']),
      of('limit_req', ['zone=one']),
      of('limit_conn', ['two', '5']),
      of('proxy_cache', ['off']),
    ),
  ],
];

test.each(REFUSED)('fails on %s', (_, build, finding) => {
  const told = reviewOf(build, { image: NginxImage.official('1.22.1') }).findings.join('\n');
  expect(told).toMatch(typeof finding === 'string' ? new RegExp(escaped(finding)) : finding);
});

test.each(TAKEN)('takes %s', (_, build) => {
  expect(reviewOf(build).findings).toEqual([]);
});

describeWith(['nginx'], 'a real nginx', () => {
  test.each(REFUSED)('refuses %s', async (_, build, _finding, words) => {
    expect(await nginxSays(build)).toContain(words);
  });

  test.each(TAKEN)('takes %s', async (_, build) => {
    expect(await nginxSays(build)).toBe('');
  });
});
