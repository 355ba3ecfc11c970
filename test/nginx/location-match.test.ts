import { mapKey } from '../../lib/nginx/data-block';
import { locationsOf, matchLocation } from '../../lib/nginx/location-match';
import type { MatchedLocation } from '../../lib/nginx/location-match';
import { compatibleRegex } from '../../lib/nginx/location-regex';
import { normalUri } from '../../lib/nginx/normal-uri';
import { parseNginx } from '../../lib/nginx/parse';

/** The chosen location as nginx.conf writes it, or the kind of the other answers. */
function chosen(locations: readonly MatchedLocation[], uri: string): string {
  const answer = matchLocation(locations, uri);
  if (answer.kind !== 'location') return answer.kind;
  return `${answer.location.modifier ?? ''}${answer.location.path}`;
}

describe('matchLocation', () => {
  const locations: readonly MatchedLocation[] = [
    { path: '/' },
    { path: '/api/' },
    { path: '/api/v1/', locations: [{ modifier: '~', path: '\\.json$' }, { path: '/api/v1/x/' }] },
    { modifier: '^~', path: '/static/' },
    { modifier: '=', path: '/api/' },
    { modifier: '~', path: '\\.php$' },
    { modifier: '~*', path: '\\.PNG$' },
  ];

  test.each([
    ['/api/', '=/api/'],
    ['/api/x', '/api/'],
    ['/api/v1/a', '/api/v1/'],
    ['/api/v1/a.json', '~\\.json$'],
    ['/api/v1/x/a', '/api/v1/x/'],
    ['/api/v1/x/a.php', '~\\.php$'],
    ['/static/a.php', '^~/static/'],
    ['/a.php', '~\\.php$'],
    ['/a.png', '~*\\.PNG$'],
    ['/a.PHP', '/'],
    ['/%61pi//?a.php', '=/api/'],
    ['/..', 'refused'],
    ['/%', 'refused'],
    ['x', 'refused'],
  ])('for %p answers %p', (uri, expected) => {
    expect(chosen(locations, uri)).toBe(expected);
  });

  test('answers that there is none', () => {
    expect(chosen([{ path: '/a' }], '/b')).toBe('none');
  });

  test('cannot tell when the answer hangs on a regex that is not JavaScript, and can when it does not', () => {
    const pcre: readonly MatchedLocation[] = [
      { path: '/' },
      { modifier: '=', path: '/x' },
      { modifier: '~', path: 'c$' },
      { modifier: '~', path: '^/(?i)a' },
    ];
    expect(matchLocation(pcre, '/a')).toEqual({
      kind: 'cannot tell',
      why: "the regex '^/(?i)a' may mean something else to nginx for '/a'",
    });
    expect(chosen(pcre, '/x')).toBe('=/x');
    expect(chosen(pcre, '/abc')).toBe('~c$');
    expect(chosen([{ modifier: '~', path: '.' }], '/é')).toBe('cannot tell');
  });

  test('reads locations from a tree, nested ones too, and leaves out named ones', () => {
    const tree = parseNginx(
      'listen 80; location /a { location = /a/b { } } location ~* "x y$" { } location @n { } location =/c { }',
    );
    expect(locationsOf(tree)).toEqual([
      { path: '/a', locations: [{ modifier: '=', path: '/a/b', locations: [] }] },
      { modifier: '~*', path: 'x y$', locations: [] },
      { modifier: '=', path: '/c', locations: [] },
    ]);
  });
});

describe('compatibleRegex', () => {
  test.each([
    '^/a(?:b|c)$',
    '\\.php$',
    '^/(?<name>[^/]+)/\\d{2,4}?$',
    '[\\w.-]+',
    'a{2}',
    '(?=x)(?!y)',
    '\\x2f',
    'a|b',
    '[)]',
  ])('takes %p over', (pattern) => {
    expect(compatibleRegex(pattern, false)?.source).toBe(new RegExp(pattern).source);
  });

  test.each([
    '(?i)a',
    '(?P<x>a)',
    '(?>a)',
    'a++',
    'a*+',
    'a{1,2}+',
    '\\Aa',
    'a\\z',
    '\\Qa\\E',
    '\\h',
    '[[:alpha:]]',
    '[]a]',
    '[^]a]',
    '(a)\\1',
    '\\v',
    '(?#x)',
    '(*UTF8)a',
    'é',
    '(?<1a>x)',
    '(',
    'a{,3}',
    '[\\Z]',
    '(?|a)',
    '\\k<a>',
    '[b-a]',
  ])('leaves %p alone', (pattern) => {
    expect(compatibleRegex(pattern, false)).toBeUndefined();
  });
});

describe('normalUri', () => {
  test.each([
    ['/', '/'],
    ['/a/./b/../c', '/a/c'],
    ['/a/..', '/'],
    ['/a/.', '/a/'],
    ['//a///b//', '/a/b/'],
    ['/%2E%2e/', undefined],
    ['/a%2Fb', '/a/b'],
    ['/a%2', undefined],
    ['/%00', undefined],
    ['', undefined],
    ['/a?/../..', '/a'],
    ['/%C3%A9', '/\u00c3\u00a9'],
    ['/é', '/\u00c3\u00a9'],
  ])('makes of %p the path %p', (uri, path) => {
    expect(normalUri(uri)).toBe(path);
  });
});

test('a map key keeps its meaning as text', () => {
  expect(['default', 'a', '~x', '\\x', 'volatile', 'defaults'].map(mapKey)).toEqual([
    '\\default',
    'a',
    '\\~x',
    '\\\\x',
    '\\volatile',
    'defaults',
  ]);
});
