import { concat, variable } from '../../lib/nginx/argument';
import { CONTEXTS } from '../../lib/nginx/contexts';
import { block, directive } from '../../lib/nginx/directive';
import type { NginxDirective } from '../../lib/nginx/directive';
import { DIRECTIVES } from '../../lib/nginx/directive-table';
import { parseNginx } from '../../lib/nginx/parse';
import { renderNginx } from '../../lib/nginx/render';
import { checkDirectives } from '../../lib/nginx/validate';
import { nginxTest, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { nginxSite } from './site';

type Place = 'main' | 'events' | 'http' | 'server' | 'location' | 'upstream';

const check = (place: string, ...nodes: readonly NginxDirective[]) =>
  checkDirectives(nodes, { context: place, version: '1.22.1' });

const WRONG: readonly (readonly [string, Place, NginxDirective, string])[] = [
  ['a misspelt name', 'server', directive('retrun', '200'), 'nginx has no directive "retrun"'],
  ["JavaScript's own names", 'http', directive('constructor', 'x'), 'nginx has no directive "constructor"'],
  [
    'main in server',
    'server',
    directive('worker_processes', '1'),
    "'worker_processes' cannot stand in 'server'",
  ],
  [
    'server in location',
    'location',
    directive('server_name', 'a'),
    "'server_name' cannot stand in 'location'",
  ],
  [
    'events in http',
    'http',
    directive('worker_connections', '9'),
    "'worker_connections' cannot stand in 'http'",
  ],
  ['location in http', 'http', block('location', ['/'], []), "'location' cannot stand in 'http'"],
  ['http in upstream', 'upstream', directive('gzip', 'on'), "'gzip' cannot stand in 'upstream'"],
  ['upstream in location', 'location', directive('ip_hash'), "'ip_hash' cannot stand in 'location'"],
  [
    'a pass in server',
    'server',
    directive('proxy_pass', 'http://a'),
    "'proxy_pass' cannot stand in 'server'",
  ],
  [
    'a header in an if of a server',
    'server',
    block('if', [concat('(', variable('host')), ')'], [directive('add_header', 'a', 'b')]),
    "'add_header' cannot stand in 'if' in 'server'",
  ],
  ['stream in server', 'server', block('stream', [], []), "'stream' cannot stand in 'server'"],
  [
    'too few arguments',
    'http',
    directive('add_header', 'X'),
    "'add_header' has 1 argument, and takes 2 or 3",
  ],
  ['too many arguments', 'http', directive('root', '/a', '/b'), "'root' has 2 arguments, and takes 1"],
  [
    'no argument at all',
    'server',
    directive('server_name'),
    "'server_name' has 0 arguments, and takes 1 or more",
  ],
  ['an argument for none', 'location', directive('internal', 'x'), "'internal' has 1 argument, and takes 0"],
  ['a block that is none', 'http', block('root', ['/a'], []), "'root' takes no block"],
  ['a block left out', 'server', directive('location', '/'), "'location' is a block"],
  ['a newer directive', 'http', directive('http2', 'on'), "'http2' came with nginx 1.25.1"],
  ['a removed directive', 'http', directive('spdy_chunk_size', '8k'), "'spdy_chunk_size' is gone"],
  ['a variable in a flag', 'http', directive('sendfile', '$x'), '\'sendfile\' does not take "$x"'],
  ['text for a declared variable', 'location', directive('set', 'x', '1'), 'not the variable it declares'],
];

const WRONG_VALUES: readonly (readonly [Place, string, string])[] = [
  ...['1', 'true', 'yes', ''].map((value) => ['http', 'sendfile', value] as const),
  ...['10mb', '1.5m', '-1', '', 'k', '1t', '9007199254740992k'].map(
    (value) => ['http', 'client_max_body_size', value] as const,
  ),
  ...['1g', '1G', '10kb'].map((value) => ['http', 'client_header_buffer_size', value] as const),
  ...['1.5s', '-1', '30s1m', '100ms1s', '1x', '', ' 1s', '1M', '1y', '1s1s', 's', '1sm', '1D'].map(
    (value) => ['http', 'send_timeout', value] as const,
  ),
  ...['1ms', '1h1y'].map((value) => ['http', 'ssl_session_timeout', value] as const),
  ...['-1', '1.5', 'a', '1k', '9223372036854775808'].map(
    (value) => ['http', 'keepalive_requests', value] as const,
  ),
  ...['0', '10'].map((value) => ['http', 'gzip_comp_level', value] as const),
  ...['399', '600'].map((value) => ['http', 'limit_req_status', value] as const),
  ['http', 'satisfy', 'some'],
  ['http', 'ssl_protocols', 'TLSv1.9'],
];

const RIGHT_VALUES: readonly (readonly [Place, string, string])[] = [
  ...['on', 'ON', 'Off'].map((value) => ['http', 'sendfile', value] as const),
  ...['0', '1k', '1K', '1m', '1G', '9223372036854775807', '9007199254740991k'].map(
    (value) => ['http', 'client_max_body_size', value] as const,
  ),
  ...['1m30s', '1m 30s', '1s100ms', '100ms', '1h1', '0', '1w', '1s 1', '1s '].map(
    (value) => ['http', 'send_timeout', value] as const,
  ),
  ...['1y', '1y1M1w1d1h1m1s'].map((value) => ['http', 'ssl_session_timeout', value] as const),
  ...['1', '9'].map((value) => ['http', 'gzip_comp_level', value] as const),
  ['http', 'keepalive_requests', '9223372036854775807'],
  ['http', 'satisfy', 'ALL'],
  ['http', 'ssl_protocols', 'tlsv1.2'],
  ['location', 'limit_rate', '10k'],
];

const RIGHT: readonly (readonly [string, Place, readonly NginxDirective[]])[] = [
  ['include anywhere', 'upstream', [directive('include', '/nonexistent/*.conf')]],
  [
    'rows of data',
    'http',
    parseNginx(`
      map $host $a { hostnames; default 1; no_such_directive "{"; include /nonexistent/*.conf; }
      geo $remote_addr $b { ranges; default x; 10.0.0.0-10.0.0.9 y; }
      split_clients $host $c { 50% a; * b; }
      types { text/x x y z; }
      charset_map koi8-r windows-1251 { C0 FE; }`),
  ],
  [
    'nested locations and conditions',
    'server',
    parseNginx('location / { location /a { if ($host) { return 204; } limit_except GET { deny all; } } }'),
  ],
  ['values with variables', 'location', [directive('limit_rate', variable('arg_rate'))]],
  ['two arguments of buffers', 'http', [directive('output_buffers', '2', '32k')]],
];

describe('checkDirectives', () => {
  test.each(WRONG)('finds %s', (_, place, node, what) => {
    const problems = check(place, node);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(what);
    expect(problems[0]?.fix).toBeTruthy();
  });

  test.each(WRONG_VALUES)('finds, in %s, the value of %s %p', (place, name, value) => {
    expect(check(place, directive(name, value))).toEqual([
      expect.objectContaining({
        what: `'${name}' does not take ${JSON.stringify(value)}`,
        rule: 'NGX-UNITS',
      }),
    ]);
  });

  test.each(RIGHT_VALUES)('accepts, in %s, %s %p', (place, name, value) => {
    expect(check(place, directive(name, value))).toEqual([]);
  });

  test.each(RIGHT)('accepts %s', (_, place, nodes) => {
    expect(check(place, ...nodes)).toEqual([]);
  });

  test('names what was meant, what is allowed and what to use instead', () => {
    expect(check('server', directive('retrun', '200'))[0]?.fix).toBe("did you mean 'return'?");
    expect(check('main', directive('qqqqqqqqq'))[0]?.fix).toBe('see https://nginx.org/en/docs/dirindex.html');
    expect(check('server', directive('worker_processes', '1'))[0]?.fix).toBe(
      'move it: it belongs in the top of the file',
    );
    expect(check('http', directive('limit_req_status', '1'))[0]?.fix).toBe(
      'write a whole number from 400 to 599',
    );
    expect(check('http', directive('sendfile', '1'))[0]?.fix).toBe("write 'on' or 'off'");
    expect(check('http', directive('satisfy', 'x'))[0]?.fix).toBe("write 'all' or 'any'");
    expect(check('http', directive('gzip_http_version', '2'))[0]?.fix).toBe("write '1.0' or '1.1'");
    expect(check('http', directive('gzip', 'on', 'off'))[0]).toMatchObject({
      what: "'gzip' has 2 arguments, and takes 1",
      fix: 'leave out "off": see https://nginx.org/r/gzip',
    });
    expect(check('http', block('map', ['$uri'], []))[0]).toMatchObject({
      what: "'map' has 1 argument, and takes 2",
      fix: 'give it 1 more: see https://nginx.org/r/map',
    });
    expect(check('http', directive('add_header', 'X-A b'))[0]?.fix).toBe(
      'split "X-A b": each argument is an item of its own in the list',
    );
    expect(check('location', directive('internal', 'x'))[0]?.fix).toBe('write it without arguments');
    const ssl = checkDirectives([directive('ssl', 'on')], { context: 'server', version: '1.25.1' });
    expect(ssl[0]).toEqual({
      what: "'ssl' is gone: nginx 1.25.0 was the last that had it",
      fix: 'use the ssl parameter of listen',
      rule: 'NGX-CTX',
    });
  });

  test('goes by the declared version', () => {
    const of = (name: string, version: string) =>
      checkDirectives([directive(name, 'on')], { context: 'http', version }).map(({ what }) => what);
    expect(of('http2', '1.25.0')).toHaveLength(1);
    expect(of('http2', '1.25.1')).toEqual([]);
    expect(of('http2_push_preload', '1.25.0')).toEqual([]);
    expect(of('http2_push_preload', '1.25.1')).toEqual([
      "'http2_push_preload' does nothing since nginx 1.25.1",
    ]);
    expect(of('ssl', '1.25.0')).toEqual([]);
    expect(of('ssl', '1.25.1')).toHaveLength(1);
  });

  test('goes by the modules that nginx has, when they are told', () => {
    const options = { context: 'http', version: '1.22.1' };
    const geoip = [directive('geoip_country', '/f')];
    expect(checkDirectives(geoip, options)).toEqual([]);
    expect(checkDirectives(geoip, { ...options, modules: ['ngx_http_core_module'] })).toEqual([
      {
        what: "'geoip_country' is of the module ngx_http_geoip_module or ngx_stream_geoip_module, which this nginx lacks",
        fix: 'remove it, or use an image that has the module',
        rule: 'NGX-MODULE',
      },
    ]);
    expect(checkDirectives(geoip, { ...options, modules: ['ngx_http_geoip_module'] })).toEqual([]);
  });

  test('accepts directives of other modules when their names are told', () => {
    const options = { context: 'http', version: '1.22.1' };
    expect(checkDirectives([directive('brotli', 'on')], options)).toHaveLength(1);
    expect(checkDirectives([directive('brotli', 'on')], { ...options, extraDirectives: ['brotli'] })).toEqual(
      [],
    );
  });

  test('tells all problems at once, deep ones with the line that the parser saw', () => {
    const tree = parseNginx(
      'events { }\nhttp {\n  foo 1;\n  server {\n    sendfile yes;\n    pid x;\n  }\n}\n',
    );
    expect(check('main', ...tree).map(({ what }) => what)).toEqual([
      'nginx.conf line 3: nginx has no directive "foo"',
      'nginx.conf line 5: \'sendfile\' does not take "yes"',
      "nginx.conf line 6: 'pid' cannot stand in 'server'",
    ]);
  });

  test('knows every context that the table names', () => {
    const named = [...DIRECTIVES.values()].flatMap(({ uses }) => uses.flatMap(({ contexts }) => contexts));
    expect([...new Set(named)].filter((context) => context !== 'any').sort()).toEqual([...CONTEXTS].sort());
  });
});

describeWith(['nginx'], 'a real nginx agrees with checkDirectives', () => {
  const said = (place: Place, ...nodes: readonly NginxDirective[]) =>
    withDirectory((directory) =>
      Promise.resolve(nginxTest(directory, renderNginx(nginxSite(directory, { [place]: nodes })))),
    );

  test.each(WRONG)('and refuses %s', async (_, place, node) => {
    const { ok, output } = await said(place, node);
    expect(ok).toBe(false);
    // nginx names a wrong variable by its value.
    expect(output).toContain(node.name === 'set' ? '"x"' : (node.block?.[0]?.name ?? node.name));
  });

  test.each(WRONG_VALUES)('and refuses, in %s, %s %p', async (place, name, value) => {
    const { ok, output } = await said(place, directive(name, value));
    expect(ok).toBe(false);
    expect(output).toMatch(/invalid (value|number)|value must be/);
  });

  test.each(RIGHT_VALUES)('and accepts, in %s, %s %p', async (place, name, value) => {
    expect(await said(place, directive(name, value))).toMatchObject({ ok: true });
  });

  test.each(RIGHT)('and accepts %s', async (_, place, nodes) => {
    expect(await said(place, ...nodes)).toMatchObject({ ok: true });
  });
});
