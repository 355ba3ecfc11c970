import fc from 'fast-check';
import { canonical, expression, variable } from '../../lib/nginx/argument';
import type { NginxArgument } from '../../lib/nginx/argument';
import { block, directive } from '../../lib/nginx/directive';
import type { NginxDirective } from '../../lib/nginx/directive';
import { literalDollarDirective } from '../../lib/nginx/literal-dollar';
import { parseNginx } from '../../lib/nginx/parse';
import { renderNginx } from '../../lib/nginx/render';
import { hostileText } from '../helpers/hostile';

describe('reading back what was rendered', () => {
  const argument: fc.Arbitrary<NginxArgument> = fc.oneof(
    hostileText,
    fc
      .array(
        fc.oneof(
          hostileText,
          fc.constantFrom('host', 'uri', 'a_1', '1', '9', '1a', '_').map((name) => ({ variable: name })),
        ),
        { maxLength: 4 },
      )
      .map(canonical),
  );
  const comment = fc.option(
    fc
      .array(fc.stringMatching(/^[!-~é]{1,9}$/), { minLength: 1, maxLength: 3 })
      .map((lines) => lines.join('\n')),
    { nil: undefined },
  );
  const simple = fc.oneof(
    fc.tuple(fc.constantFrom('return', 'try_files', 'root', 'no_such'), fc.array(argument, { maxLength: 3 })),
    fc.tuple(fc.constantFrom('server_name', 'listen', 'include'), fc.array(hostileText, { maxLength: 3 })),
    hostileText.map((value): [string, NginxArgument[]] => ['set', [variable('x'), value]]),
  );
  const leaf = fc
    .tuple(simple, comment)
    .map(([[name, args], above]) => withComment(directive(name, ...args), above));
  const rows = fc.array(fc.tuple(hostileText, hostileText), { maxLength: 3 });
  const table = rows.map((pairs) =>
    block(
      'geo',
      [variable('x')],
      pairs.map(([key, value]) => directive(key, value)),
    ),
  );
  const { tree } = fc.letrec<{ tree: NginxDirective[]; node: NginxDirective }>((tie) => ({
    tree: fc.array(tie('node'), { maxLength: 4 }),
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      table,
      fc
        .tuple(hostileText, tie('tree'), comment)
        .map(([path, children, above]) => withComment(block('location', [path], children), above)),
    ),
  }));

  test('gives the same tree and the same text, whatever the values hold', () => {
    fc.assert(
      fc.property(tree, (written) => {
        const text = renderNginx(written);
        const read = parseNginx(text);
        expect(withoutLines(read)).toEqual(written);
        expect(renderNginx(read)).toBe(text);
      }),
      { numRuns: 600 },
    );
  });

  test('gives back any comment as comment lines and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const written = renderNginx([{ ...directive('a'), comment: text }]);
        const read = parseNginx(written);
        expect(read).toHaveLength(1);
        expect(renderNginx(read)).toBe(written);
      }),
    );
  });

  test('gives back tokens up to 4,094 bytes of any alphabet', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', ';', 'é', '😀', '\\'), fc.nat(4100), (letter, count) => {
        const text = letter.repeat(count);
        const bytes = Buffer.byteLength(letter === '\\' ? text + text : text);
        const written = () => renderNginx([directive('return', '200', text)]);
        if (bytes > 4094) expect(written).toThrow('more than the 4094 of one argument');
        else expect(parseNginx(written())[0]?.args[1]).toBe(text);
      }),
    );
  });

  test('gives back the dollar variable as what declares it', () => {
    const written = [literalDollarDirective(), directive('return', '200', '$5')];
    expect(withoutLines(parseNginx(renderNginx(written)))).toEqual(written);
  });
});

describe("nginx's own rules of reading", () => {
  const words = (text: string) => parseNginx(`server_name ${text};`)[0]?.args;

  test.each([
    ['a"b', ['a"b']],
    ["a'b'", ["a'b'"]],
    ['"a\'b"', ["a'b"]],
    ["'a\"b'", ['a"b']],
    ['a\\ b', ['a\\ b']],
    ['a\\;b', ['a\\;b']],
    ['a\\tb', ['a\tb']],
    ['"\\n\\r\\t\\"\\\'\\\\\\x"', ['\n\r\t"\'\\\\x']],
    ['a#b #c\n d', ['a#b', 'd']],
    ['a}b', ['a}b']],
    ['${a}{', undefined],
    ['"a" \'b\'\tc', ['a', 'b', 'c']],
    ['""', ['']],
    ['"a\nb"', ['a\nb']],
    ['\\"a', ['"a']],
  ])('make of %p the words %p', (text, expected) => {
    if (expected === undefined) expect(() => words(text)).toThrow('nginx.conf line 1');
    else expect(words(text)).toEqual(expected);
  });

  test('a bracket may follow a closing quote, and is a word of its own', () => {
    expect(parseNginx('if ($host = "a b") { }')[0]?.args).toEqual([
      ['(', { variable: 'host' }],
      '=',
      'a b',
      ')',
    ]);
  });

  test('a brace behind a dollar belongs to the word, one behind an escaped dollar does not', () => {
    expect(parseNginx('root /a/${host}b;')[0]?.args).toEqual([expression('/a/${host}b')]);
    expect(() => parseNginx('root /a/\\${host};')).toThrow('nginx.conf line 1');
  });

  test('comments above a directive are kept, others are not', () => {
    expect(parseNginx('# one\n#two\na; # behind\n# three\nb { # open\n c; }\n# end\n')).toEqual([
      { name: 'a', args: [], line: 3, comment: 'one\ntwo' },
      { name: 'b', args: [], line: 5, comment: 'three', block: [{ name: 'c', args: [], line: 6 }] },
    ]);
  });

  test('each directive knows its line', () => {
    expect(parseNginx('# c\na 1;\nb {\n  c "x\ny";\n\n  d; }\n').at(-1)?.block).toEqual([
      { name: 'c', args: ['x\ny'], line: 4 },
      { name: 'd', args: [], line: 7 },
    ]);
  });

  test.each([
    ['a "b', 'line 1: a " is never closed'],
    ["a\n'b", "line 2: a ' is never closed"],
    ['a "b"c;', 'line 1: "c" follows a closing quote'],
    ['b { a "b"} ', 'line 1: "}" follows a closing quote'],
    ['a "b"#c', 'line 1: "#" follows a closing quote'],
    ['\na b', 'line 2: "a" is not ended'],
    ['a { b }', 'line 1: "b" is not ended'],
    ['http {\n a b;', 'line 1: the block of http is never closed'],
    ['a b;\n}', "line 2: a '}' closes nothing"],
    ['; a b;', 'line 1: ";" stands where a name should'],
    ['a; { }', 'line 1: "{" stands where a name should'],
    ['map $a $b {\n c {', 'line 2: a block opens among the rows of map'],
    ['return 200\n "${1}";', 'line 2: ${1} is no capture to nginx'],
    ['content_by_lua_block { x }', 'line 1: content_by_lua_block holds Lua code'],
  ])('fails on %p with its line', (text, message) => {
    expect(() => parseNginx(text)).toThrow(message);
  });
});

function withComment(node: NginxDirective, comment: string | undefined): NginxDirective {
  return comment === undefined ? node : { ...node, comment };
}

function withoutLines(tree: readonly NginxDirective[]): NginxDirective[] {
  return tree.map(({ name, args, block: children, comment }) => ({
    name,
    args,
    ...(children === undefined ? {} : { block: withoutLines(children) }),
    ...(comment === undefined ? {} : { comment }),
  }));
}
