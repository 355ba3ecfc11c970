import fc from 'fast-check';
import { block, directive, expression, variable } from '../../lib/nginx/directive';
import type { NginxArgument, NginxDirective } from '../../lib/nginx/directive';
import { literalDollarDirective, needsLiteralDollar } from '../../lib/nginx/literal-dollar';
import { parseNginx } from '../../lib/nginx/parse';
import { renderNginx } from '../../lib/nginx/render';
import { hostileText } from '../helpers/hostile';

const returned = (value: NginxArgument): string => renderNginx([directive('return', '200', value)]);

describe('rendered text', () => {
  test('has a directive a line and sets blocks apart', () => {
    const tree = [
      directive('pid', '/tmp/nginx.pid'),
      block(
        'http',
        [],
        [
          directive('charset', 'utf-8'),
          { ...directive('sendfile', 'on'), comment: 'one\nserver { }' },
          block('server', [], []),
        ],
      ),
    ];
    expect(renderNginx(tree)).toBe(
      [
        'pid /tmp/nginx.pid;',
        '',
        'http {',
        '    charset utf-8;',
        '',
        '    # one',
        '    # server { }',
        '    sendfile on;',
        '',
        '    server {',
        '    }',
        '}',
        '',
      ].join('\n'),
    );
  });

  test('quotes what is not plainly a word', () => {
    expect(returned('a;b')).toBe('return 200 "a;b";\n');
    expect(returned('')).toBe('return 200 "";\n');
    expect(returned('say "hi" \\o')).toBe('return 200 "say \\"hi\\" \\\\o";\n');
    expect(returned('#no')).toBe('return 200 "#no";\n');
  });

  test("never takes a user's dollar for a variable", () => {
    expect(returned('$host costs $5')).toBe('return 200 "${literal_dollar}host costs ${literal_dollar}5";\n');
  });

  test('writes the variables that our own code means', () => {
    expect(returned(expression('$scheme://${host}x$request_uri'))).toBe(
      'return 200 "$scheme://${host}x$request_uri";\n',
    );
    expect(returned(variable('host'))).toBe('return 200 $host;\n');
  });

  test('leaves a dollar alone where nginx does', () => {
    expect(renderNginx([block('location', ['~', '\\.php$'], [])])).toBe('location ~ "\\\\.php$" {\n}\n');
    expect(renderNginx([directive('server_name', '~^a$')])).toBe('server_name "~^a$";\n');
    expect(renderNginx([literalDollarDirective()])).toBe('geo $literal_dollar {\n    default "$";\n}\n');
  });

  test('knows when the tree needs the dollar variable', () => {
    expect(needsLiteralDollar([block('http', [], [directive('return', '200', 'a$')])])).toBe(true);
    expect(
      needsLiteralDollar([block('location', ['~', 'a$'], [directive('return', '200', variable('host'))])]),
    ).toBe(false);
    expect(needsLiteralDollar([literalDollarDirective()])).toBe(false);
  });
});

describe('what nginx.conf cannot hold is refused', () => {
  test('fails on a token of 4095 bytes, not of 4094', () => {
    expect(returned(`;${'x'.repeat(4093)}`)).toHaveLength(4094 + 'return 200 "";\n'.length);
    expect(() => returned(`;${'x'.repeat(4094)}`)).toThrow(
      'takes 4095 bytes in nginx.conf, more than the 4094',
    );
    expect(() => returned(`;${'é'.repeat(2047)}`)).toThrow('takes 4095 bytes');
  });

  test('fails on NUL and on half a surrogate pair, saying which', () => {
    expect(() => returned('a\0b')).toThrow('has a NUL character at position 1');
    expect(() => returned('\ud800')).toThrow('half of a surrogate pair');
  });

  test('fails on a variable where nginx takes none', () => {
    expect(() => renderNginx([directive('server_name', variable('host'))])).toThrow(
      'server_name takes no variables in argument 1',
    );
  });

  test('fails on a directive name that is more than a name', () => {
    expect(() => renderNginx([directive('return 200; x')])).toThrow('is not the name of an nginx directive');
  });
});

describe('reading back', () => {
  const argument = fc.oneof(
    hostileText,
    fc.array(
      fc.oneof(
        hostileText,
        fc.constantFrom('host', 'uri', 'a_1').map((name) => ({ variable: name })),
      ),
      { maxLength: 4 },
    ),
  );
  const leaf = fc.tuple(
    fc.constantFrom('return', 'add_header', 'root', 'set'),
    fc.array(argument, { maxLength: 3 }),
  );

  test('gives the same tree and the same text, whatever the values hold', () => {
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 5 }), (leaves) => {
        const tree = [
          block(
            'http',
            [],
            [
              block(
                'server',
                [],
                leaves.map(([name, args]) => directive(name, ...args)),
              ),
            ],
          ),
        ];
        const text = renderNginx(tree);
        const read = parseNginx(text);
        expect(renderNginx(read)).toBe(text);
        expect(names(read)).toEqual(names(tree));
      }),
      { numRuns: 500 },
    );
  });

  test('gives back literal text exactly', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        const [read] = parseNginx(returned(value));
        expect(read?.args[1]).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  test('knows the line of each directive', () => {
    expect(parseNginx('# c\na 1;\nb {\n  c "x\ny";\n}\n')).toEqual([
      { name: 'a', args: ['1'], line: 2 },
      { name: 'b', args: [], line: 3, block: [{ name: 'c', args: ['x\ny'], line: 4 }] },
    ]);
  });

  test.each([
    ['a "b', 'line 1: a " is never closed'],
    ['a "b"c;', 'line 1: "c" follows a closing quote'],
    ['\na b', 'line 2: "a" is not ended'],
    ['http {\n a b;', 'line 1: the block of http is not closed'],
    ['a b;\n}', "line 2: a '}' closes nothing"],
    ['; a b;', 'line 1: ";" stands where a name should'],
    ['content_by_lua_block { x }', 'line 1: content_by_lua_block holds Lua code'],
  ])('fails on %p with its line', (text, message) => {
    expect(() => parseNginx(text)).toThrow(message);
  });
});

function names(tree: readonly NginxDirective[]): unknown {
  return tree.map((node) => [
    node.name,
    node.args.length,
    node.block === undefined ? null : names(node.block),
  ]);
}
