import { block, directive } from '../../lib/nginx/directive';
import type { NginxDirective } from '../../lib/nginx/directive';
import { parseNginx } from '../../lib/nginx/parse';
import { renderNginx } from '../../lib/nginx/render';
import { checkDirectives } from '../../lib/nginx/validate';
import { Directive } from '../../lib/constructs/frontend/directive';
import { nginxTest, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { nginxSite } from './site';

type Place = 'http' | 'location' | 'events';
type Case = readonly [Place, string];

const check = (place: Place, nodes: readonly NginxDirective[]) =>
  checkDirectives(nodes, { context: place, version: '1.22.1' });

/** The directive of each value. */
const each = (name: string, values: readonly string[], place: Place = 'location'): Case[] =>
  values.map((value) => [place, `${name} ${value};`]);

const rows = (head: string, all: readonly string[]): Case[] =>
  all.map((row) => ['http', `${head} { ${row} }`]);

const conditions = (all: readonly string[]): Case[] =>
  all.map((condition) => ['location', `if ${condition} { return 204; }`]);

const WRONG: readonly Case[] = [
  ...each('return', ['abc', '1000', '/x', 'HTTP://x', 'ftp://x', 'abc def', '1000 x', '-1', '$host', '""']),
  ...each('expires', [
    'tomorrow',
    '@25h',
    'modified @1h',
    'modified epoch',
    'foo 1h',
    '@',
    'EPOCH',
    'modified',
  ]),
  ...each('expires', ['@-1h', '500ms', '@86401', 'modified off', '-', '-@1h', 'Modified 1h']),
  ...[
    '10.0.0.0/33',
    '::1/129',
    'unix:/x',
    '10.0.0',
    '10.0.0.256',
    'localhost',
    'fe80::1%eth0',
    '10.0.0.0/',
  ].flatMap((value) => [...each('allow', [value]), ...each('deny', [value])]),
  ...each('allow', ['ALL', '10.0.0.0/a', '10.0.0.0/255.0.0.0', '"[::1]"', '1:2']),
  ...each('set_real_ip_from', ['10.0.0.0/33', '10.0.0.0/', 'unix:/x', '::1/129']),
  ...each('debug_connection', ['10.0.0.0/33'], 'events'),
  ...each('error_page', [
    '200 /x',
    '299 /x',
    '600 /x',
    '499 /x',
    'abc /x',
    '404 =abc /x',
    '=200 /x',
    '404 x =200',
  ]),
  ...rows('map $host $z', [
    'default 1; default 2;',
    'a 1; A 2;',
    'a;',
    'a 1 2;',
    '\\\\default 1; \\\\default 2;',
  ]),
  ...rows('geo $z', [
    '10.0.0.0/33 1;',
    'foo 1;',
    'ranges; 10.0.0.0/8 1;',
    '10.0.0.0-10.0.0.9 1;',
    'default;',
  ]),
  ...rows('geo $z', [
    'ranges; 10.0.0.9-10.0.0.1 1;',
    'proxy x;',
    '10.0.0.0/8;',
    '10.0.0.0/8 a b;',
    'unix: 1;',
  ]),
  ...rows('split_clients $host $z', ['60% a; 50% b;', 'abc a;', '0% a;', '0.001% a;', '50 a;']),
  ...conditions([
    '$http_x',
    '($http_x',
    '($http_x = a',
    '($http_x "= a)"',
    '"($http_x =" a)',
    '($uri = a b)',
  ]),
  ...conditions([
    '"( $uri)"',
    '($uri == a)',
    '(-q $uri)',
    '(-f $uri a)',
    '(-f)',
    '()',
    '(a)',
    '(a = b)',
    '($uri =)',
  ]),
  ...conditions([
    '(!$uri)',
    '($uri =a)',
    '($uri=a)',
    '($uri > 1)',
    '"(-f $uri)"',
    '"($uri ~ a)"',
    '($1)',
    '( )',
  ]),
];

const RIGHT: readonly Case[] = [
  ...each('return', [
    '99',
    '0',
    '999',
    '200',
    'http://x',
    'https://x',
    '$scheme://x',
    '301 /x',
    '200 ""',
    '00200',
  ]),
  ...each('expires', [
    '1h',
    '-1',
    '-1h',
    'epoch',
    'max',
    'off',
    'modified 1h',
    'modified -1h',
    '@15h30m',
    '@24h',
  ]),
  ...each('expires', ['1y', '1M', '$arg_a', 'modified $arg_a', '@86400', '+1h', '0']),
  ...each('allow', [
    '10.0.0.0/32',
    '10.0.0.1/8',
    '::/0',
    '::1/128',
    'all',
    'unix:',
    '::ffff:1.2.3.4',
    '01.2.3.4',
  ]),
  ...each('set_real_ip_from', ['10.0.0.0/8', 'unix:', 'localhost', '10.0.0']),
  ...each('error_page', [
    '300 /x',
    '599 /x',
    '404 = /x',
    '404 =200 /x',
    '404 500 /x',
    '404 @x',
    '404 =700 /x',
  ]),
  ...each('error_page', ['494 495 496 497 /x', '404 =301 http://a/b', '404 ""', '404 $host']),
  ...rows('map $host $z', ['default 1; DEFAULT 2;', 'hostnames; a 1; volatile;', '~a 1; ~a 2;', '']),
  ...rows('map $host $z', ['default 1; \\\\default 2;', 'include /nonexistent/*.conf;']),
  ...rows('geo $z', [
    'default 1; default 2;',
    'ranges; 10.0.0.0-10.0.0.9 1;',
    'delete 10.0.0.0/8;',
    '::1 1;',
  ]),
  ...rows('geo $z', [
    'proxy 10.0.0.0/8; proxy_recursive; 10.0.0.1 a;',
    'ranges; default 1; proxy 10.0.0.0/8;',
  ]),
  ...rows('split_clients $host $z', [
    '50% a; * b;',
    '0.01% a;',
    '100% a; * b;',
    '',
    '33.33% a; 33.33% b; 33.34% c;',
  ]),
  ...conditions([
    '($uri)',
    '( $uri = a )',
    '($uri != a)',
    '($uri ~ a)',
    '(!-f $uri)',
    '(-x $uri)',
    '($uri = "")',
  ]),
  ...conditions([
    '($uri = ")")',
    '($uri = a )',
    '(-f "$uri x)")',
    '( -f $uri )',
    '($uri = "a b)")',
    '($uri !~* a)',
  ]),
];

test.each(WRONG)('finds, in %s, %s', (place, text) => {
  expect(check(place, parseNginx(text))).toEqual([
    {
      what: expect.anything() as unknown,
      fix: expect.anything() as unknown,
      rule: expect.anything() as unknown,
    },
  ]);
});

test.each(RIGHT)('takes, in %s, %s', (place, text) => {
  expect(check(place, parseNginx(text))).toEqual([]);
});

describe('what is told', () => {
  test.each<[NginxDirective, string, string]>([
    [
      directive('return', 'abc'),
      '\'return\' does not take "abc"',
      "write a status, such as '204', a status and a text or a URL, or one URL that begins with 'http://', 'https://' or '$scheme'",
    ],
    [
      directive('allow', '10.0.0.0/33'),
      '\'allow\' does not take "10.0.0.0/33"',
      "write an address or a network, such as '10.0.0.0/8' or 'fd00::/8', 'unix:' or 'all'",
    ],
    ...['add_header', 'add_trailer', 'proxy_set_header', 'uwsgi_param'].map(
      (name): [NginxDirective, string, string] => [
        directive(name, 'X-A', 'a\r\nSet-Cookie: b=c'),
        `'${name}' does not take "X-A a\\r\\nSet-Cookie: b=c"`,
        'write it in one line, without control characters',
      ],
    ),
    [
      directive('error_page', '200', '/x'),
      '\'error_page\' does not take "200 /x"',
      "write statuses from 300 to 599 other than 499, then '=' or '=200' where the answer has another status, and a URI last",
    ],
  ])('of %p', (node, what, fix) => {
    expect(check('location', [node])).toEqual([{ what, fix, rule: 'NGX-UNITS' }]);
  });

  test.each<[string[], string, string]>([
    [['($http_x = a)'], "'if' does not take ['($http_x = a)']", "write ['($http_x', '=', 'a)']"],
    [['$http_x'], "'if' does not take ['$http_x']", "write ['($http_x)']"],
    [['($http_x', '=', 'a'], "'if' does not take ['($http_x', '=', 'a']", "write ['($http_x', '=', 'a)']"],
    [['($uri == a)'], "'if' does not take ['($uri == a)']", "write ['($uri', '=', 'a)']"],
    [['(-f $uri)'], "'if' does not take ['(-f $uri)']", "write ['(-f', '$uri)']"],
    [
      ['a'],
      "'if' does not take ['a']",
      "write ['($http_x', '=', 'a)'], ['($http_x)'] or ['(-f', '$request_filename)']",
    ],
  ])('of the condition %p', (args, what, fix) => {
    const node = Directive.of('if', args, [Directive.of('return', ['204'])])._in();
    expect(check('location', [node])).toEqual([{ what, fix, rule: 'NGX-CTX' }]);
  });
});

test('a return of a stream takes any text', () => {
  const tree = [block('stream', [], [block('server', [], [directive('return', 'abc')])])];
  expect(checkDirectives(tree, { context: 'main', version: '1.22.1' })).toEqual([]);
});

describeWith(['nginx'], 'a real nginx', () => {
  const said = (place: Place, text: string) =>
    withDirectory((directory) =>
      Promise.resolve(nginxTest(directory, renderNginx(nginxSite(directory, { [place]: parseNginx(text) })))),
    );

  test.each(WRONG)('refuses, in %s, %s', async (place, text) => {
    expect(await said(place, text)).toMatchObject({ ok: false });
  });

  test.each(RIGHT)('takes, in %s, %s', async (place, text) => {
    expect(await said(place, text)).toMatchObject({ ok: true });
  });
});
