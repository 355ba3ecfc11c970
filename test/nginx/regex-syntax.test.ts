import fc from 'fast-check';
import { directive } from '../../lib/nginx/directive';
import { regexMistake } from '../../lib/nginx/regex-syntax';
import { renderNginx } from '../../lib/nginx/render';
import { nginxTest, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { nginxSite } from './site';

/** Patterns with a mistake that is told, why it is one, and where it is. */
const WRONG: readonly (readonly [string, string, number])[] = [
  ['(', "a '(' is never closed", 0],
  ['a(b(c)', "a '(' is never closed", 1],
  ['(?:a', "a '(' is never closed", 0],
  ['(?=a', "a '(' is never closed", 0],
  ['a(?', "a '(' is never closed", 1],
  ['(?P<n>a', "a '(' is never closed", 0],
  ['(?(?=a)b', "a '(' is never closed", 0],
  [')', "a ')' closes nothing", 0],
  ['a)(b', "a ')' closes nothing", 1],
  ['\\c()', "a ')' closes nothing", 3],
  ['[a\\Q(\\E)', "a '[' is never closed", 0],
  ['a[', "a '[' is never closed", 1],
  ['[]', "a '[' is never closed", 0],
  ['[^]', "a '[' is never closed", 0],
  ['[a\\]', "a '[' is never closed", 0],
  ['[[:alpha:]', "a '[' is never closed", 0],
  ['(?#a', "the comment '(?#' is never closed", 0],
  ['a\\', 'it ends with a backslash', 1],
  ['+a', "there is nothing that '+' could repeat", 0],
  ['?a', "there is nothing that '?' could repeat", 0],
  ['{2}a', "there is nothing that '{2}' could repeat", 0],
  ['a|*b', "there is nothing that '*' could repeat", 2],
  ['(+a)', "there is nothing that '+' could repeat", 1],
  ['(?:*a)', "there is nothing that '*' could repeat", 3],
  ['(*)', "there is nothing that '*' could repeat", 1],
  ['a**', "there is nothing that '*' could repeat", 2],
  ['a*+*', "there is nothing that '*' could repeat", 3],
  ['a{2}{3}', "there is nothing that '{3}' could repeat", 4],
  ['\\Q\\E*', "there is nothing that '*' could repeat", 4],
  ['(?#x)*', "there is nothing that '*' could repeat", 5],
  ['a{3,2}', "the numbers of '{3,2}' are in the wrong order", 1],
  ['[z-a]', 'the range z-a is in the wrong order', 0],
  ['x[b-a-z]', 'the range b-a is in the wrong order', 1],
  ['a(?])', "there is no group '(?]'", 1],
  ['a\\u0041', 'PCRE has no \\u', 1],
  ['(?P<a>b)(?<a>c)', 'two groups are called a', 8],
  ["(?<a>b)|x(?'a'c)", 'two groups are called a', 9],
  ['\\1a', '\\1 refers to a group that is not there', 0],
  ['(?:a)\\1', '\\1 refers to a group that is not there', 5],
];

/** Patterns that are none to JavaScript, or look as if they were wrong, and that nginx takes. */
const RIGHT: readonly string[] = [
  '^/a(b|c)*d{2,3}$',
  "(?<n>a)(?P<m>b)(?'o'c)",
  "(?<n>a)\\k{n}\\k'n'\\k<n>\\g{n}(?P=n)(?&n)(?P>n)",
  '(a)\\1\\g1\\g{-1}(?1)(?-1)',
  '(?R)?',
  'a++b*+c?+d{2}+',
  'a+?b*?c??d{2}?',
  '(?>a+)b',
  '(?|(a)|(b))\\1',
  '(?i)a(?-i)b(?i:c)(?^i:d)(?i-s:e)',
  '(?s)(?m)(?J)(?<a>b)(?<a>c)',
  '(?|(?<a>b)|(?<a>c))',
  '(?<a>b)(?<A>c)\\Q(?<a>\\E[(?<a>)]',
  '\\Aa\\Kb\\Z',
  '\\Q(*[\\E\\Qa',
  'a\\Q\\E*',
  'a\\E*',
  '[]a)(]',
  '[^]a]',
  '[[:alpha:][:^digit:](]',
  '[[:alpha]',
  '[a[b]',
  '[\\]]',
  '[\\Q]\\E]',
  '[a-z-9]',
  '[a-]',
  '[--a]',
  '[\\w-]',
  '[\\1]',
  '[\\c\\]',
  '\\c(',
  '\\(\\[',
  '\\x{41}+?\\p{L}+\\o{101}',
  'a{',
  '{a',
  'a{,',
  'x{2,1',
  'a}b]',
  '(?#a(b)c',
  'a(?#x)*',
  '(?x)a # (',
  '(?xx)[ ]]',
  "(?C1)a(?C'x)y')b",
  '(*UTF8)a',
  '(*ACCEPT)(*MARK:a(b)c',
  '(*pla:a)b',
  '(?*a)(?<*b)c',
  '(a)?(?(1)b|c)',
  '(?<n>a)?(?(<n>)b|c)',
  '(?(?=a)b|c)(?(?!d)e)',
  '(?(DEFINE)(?<d>a))(?&d)',
  '(?=a)*b(?<=b)',
  '(?<=ab|cd)e(?<!f)g',
  '()|a||',
  '\\\\u',
];

/** Wrong in ways that only nginx can tell. */
const LEFT_TO_NGINX: readonly string[] = ['(?<=a+)b', '(?1)', '(?P<1a>b)', '[[.a.]]', 'a{70000}', '^*'];

test.each(WRONG)('%s is wrong, at its place', (pattern, why, position) => {
  expect(regexMistake(pattern)).toEqual({ why, position });
});

test.each([...RIGHT, ...LEFT_TO_NGINX])('nothing is told of %s', (pattern) => {
  expect(regexMistake(pattern)).toBeUndefined();
});

/** Whether the real nginx takes a pattern, where nothing is read before it. */
function taken(directory: string, pattern: string): boolean {
  const http = [directive('rewrite_log', 'off')];
  const server = [directive('rewrite', pattern, '/x')];
  return nginxTest(directory, renderNginx(nginxSite(directory, { http, server }))).ok;
}

describeWith(['nginx'], 'a real nginx', () => {
  const sorted = (patterns: readonly string[]): Promise<{ yes: string[]; no: string[] }> =>
    withDirectory((directory) => {
      const yes = patterns.filter((pattern) => taken(directory, pattern));
      return Promise.resolve({ yes, no: patterns.filter((pattern) => !yes.includes(pattern)) });
    });

  test('refuses each of them that is wrong, and none that is right', async () => {
    expect((await sorted(WRONG.map(([pattern]) => pattern))).yes).toEqual([]);
    expect((await sorted(RIGHT)).no).toEqual([]);
    expect((await sorted(LEFT_TO_NGINX)).yes).toEqual([]);
  }, 60_000);

  test('refuses whatever is told to be wrong', async () => {
    const pieces = [
      ...[
        'a',
        'b-',
        ':',
        '(',
        ')',
        '[',
        ']',
        '[^',
        '[]',
        '[[:alpha:]',
        '|',
        '*',
        '+',
        '?',
        '{2}',
        '{1,',
        '}',
        '.',
        '^',
        '$',
      ],
      ...[
        '\\',
        '\\d',
        '\\(',
        '\\]',
        '\\Q',
        '\\E',
        '\\k{n}',
        '\\1',
        '\\c',
        '\\x{41}',
        '#',
        ' ',
        '-',
        '<n>',
        '=',
        '!',
        'R',
        "'",
      ],
      ...[
        '(?:',
        '(?=',
        '(?<=',
        '(?<n>',
        '(?P<m>',
        '(?i)',
        '(?#',
        '(?>',
        '(?|',
        '(?(1)',
        '(?(',
        '(*',
        '(?C',
        '(?x)',
        '(?1)',
      ],
    ];
    const patterns = fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 })
      .map((all) => all.join(''));
    const wrong = fc.sample(patterns, 500).filter((pattern) => regexMistake(pattern) !== undefined);
    expect(wrong.length).toBeGreaterThan(100);
    expect((await sorted([...new Set(wrong)])).yes).toEqual([]);
  }, 120_000);

  test('refuses exactly what is told to be wrong, where patterns have nothing but groups, sets and quantifiers', async () => {
    const pieces = [
      'a',
      '.',
      '(',
      ')',
      '[',
      ']',
      '[^',
      '|',
      '*',
      '+',
      '?',
      '{2}',
      '{2,1}',
      '\\d',
      '\\(',
      '\\]',
      '(?:',
      '(?=',
    ];
    const patterns = fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 7 })
      .map((all) => all.join(''))
      // What releases of PCRE differ in is left to nginx.
      .filter((pattern) => !/\(\?[a[+]/.test(pattern));
    const some = [...new Set(fc.sample(patterns, 250))];
    const told = some.filter((pattern) => regexMistake(pattern) !== undefined);
    expect((await sorted(some)).no).toEqual(told);
  }, 120_000);
});
