import { concat, expression, variable } from '../../lib/nginx/argument';
import { block, directive } from '../../lib/nginx/directive';
import type { NginxArgument } from '../../lib/nginx/argument';
import { literalDollarDirective, needsLiteralDollar } from '../../lib/nginx/literal-dollar';
import { renderNginx } from '../../lib/nginx/render';

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
    expect(returned('say "hi" \\o')).toBe(`return 200 'say "hi" \\\\o';\n`);
    expect(returned(`"it's"`)).toBe(`return 200 "\\"it's\\"";\n`);
    expect(returned('#no')).toBe('return 200 "#no";\n');
  });

  test("never takes a user's dollar for a variable", () => {
    expect(returned('$host costs $5')).toBe('return 200 "${literal_dollar}host costs ${literal_dollar}5";\n');
  });

  test('keeps captures to one digit without braces, and braces names where text would run on', () => {
    expect(returned(expression('$10 $1a ${host}a'))).toBe('return 200 "$10 $1a ${host}a";\n');
    expect(expression('$10')).toEqual([{ variable: '1' }, '0']);
    expect(returned(concat(variable('1'), '0'))).toBe('return 200 $10;\n');
    expect(returned(concat(variable('host'), ':', '{}'))).toBe('return 200 "$host:{}";\n');
    expect(returned(concat('$', variable('host'), 'x$'))).toBe(
      'return 200 "$literal_dollar${host}x$literal_dollar";\n',
    );
  });

  test('writes the name of a declared variable without braces', () => {
    expect(renderNginx([directive('set', variable('1a'), 'x')])).toBe('set $1a x;\n');
    expect(renderNginx([block('map', [variable('host'), variable('x')], [directive('~^a$', '$')])])).toBe(
      'map $host $x {\n    "~^a$" $literal_dollar;\n}\n',
    );
  });

  test('writes conditions as nginx wants them', () => {
    const args = [concat('(', variable('host')), '~', 'a b$', ')'];
    expect(renderNginx([block('if', args, [])])).toBe('if ($host ~ "a b$" ) {\n}\n');
  });

  test('never lets a comment become anything else', () => {
    const comment = (text: string) => renderNginx([{ ...directive('a'), comment: text }]);
    expect(comment('x\r\ny; {\rz\u0000\u2028')).toBe('# x\n# y; {\n# z\\u0000\\u2028\na;\n');
    expect(comment('')).toBe('#\na;\n');
    expect(comment('é'.repeat(1500))).toBe(`# ${'é'.repeat(1000)}\n# ${'é'.repeat(500)}\na;\n`);
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
      'nginx does not expand variables in "$host" of server_name',
    );
  });

  test('fails on a variable name that nginx cannot have, and on a dollar that begins none', () => {
    expect(() => returned(variable('a-b'))).toThrow('"a-b" is not the name of an nginx variable');
    expect(() => expression('cost: $')).toThrow("has a '$' that begins no variable");
    expect(() => expression('${1}')).toThrow('is no capture to nginx, but a variable named 1');
  });

  test('fails on text where a directive declares a variable', () => {
    expect(() => renderNginx([directive('set', '$x', '1')])).toThrow("pass variable('name')");
  });

  test('fails on a block among rows of data', () => {
    expect(() => renderNginx([block('map', [variable('a'), variable('b')], [block('c', [], [])])])).toThrow(
      'which holds rows of data only',
    );
  });

  test('fails on a directive name that is more than a name', () => {
    expect(() => renderNginx([directive('return 200; x')])).toThrow('is not the name of an nginx directive');
  });
});
