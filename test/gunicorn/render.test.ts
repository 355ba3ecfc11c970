import fc from 'fast-check';
import { parseGunicorn } from '../../lib/gunicorn/parse';
import { renderGunicorn } from '../../lib/gunicorn/render';
import { setting } from '../../lib/gunicorn/setting';
import type { PythonValue } from '../../lib/gunicorn/setting';
import { hostileText, longText } from '../helpers/hostile';
import { pythonValue } from '../helpers/python-value';

const line = (value: PythonValue): string => renderGunicorn({ settings: [setting('x', value)], hooks: [] });

describe('rendered text', () => {
  test('has the import that a hostname needs, settings in order, hooks last', () => {
    const text = renderGunicorn({
      settings: [
        setting('bind', { before: 'unix:/run/wsgi/', after: '.sock' }),
        { ...setting('umask', { octal: '117' }), comment: 'for nginx\nonly' },
        setting('workers', 3),
        setting('preload_app', false),
        setting('secure_scheme_headers', { dict: { 'X-FORWARDED-PROTO': 'https' } }),
        setting('raw_env', ["A='1'", 'B=\\']),
      ],
      hooks: [
        { name: 'post_fork', text: 'def post_fork(server, worker):\n    import os\n\n    os.nice(1)\n' },
      ],
    });
    expect(text).toBe(
      [
        'import socket',
        '',
        "bind = 'unix:/run/wsgi/' + socket.gethostname() + '.sock'",
        '# for nginx',
        '# only',
        'umask = 0o117',
        'workers = 3',
        'preload_app = False',
        "secure_scheme_headers = {'X-FORWARDED-PROTO': 'https'}",
        "raw_env = ['A=\\'1\\'', 'B=\\\\']",
        '',
        '',
        'def post_fork(server, worker):',
        '    import os',
        '',
        '    os.nice(1)',
        '',
      ].join('\n'),
    );
  });

  test('writes control characters and line ends of Unicode as escapes', () => {
    expect(line('a\n\r\t\u0000\u0085\u2028é😀')).toBe("x = 'a\\n\\r\\t\\x00\\x85\\u2028é😀'\n");
  });
});

describe('what the file cannot hold is refused', () => {
  test.each([
    ['\ud800', 'half of a surrogate pair'],
    [1.5, '1.5 is not a whole number'],
    [Number.NaN, 'NaN is not a whole number'],
    [2 ** 53, 'is not a whole number'],
    [{ octal: '0o117' }, 'is not a file mode'],
  ])('fails on %p', (value, message) => {
    expect(() => line(value)).toThrow(message);
  });

  test.each(['X = 1\ny', 'Workers', ''])('fails on the name %p', (name) => {
    expect(() => renderGunicorn({ settings: [setting(name, 1)], hooks: [] })).toThrow(
      'is not the name of a gunicorn setting',
    );
  });

  test.each(['workers = 9', 'def other(server):\n    pass', 'def on_exit(server):\n    pass\nworkers = 9'])(
    'fails on a hook that is more, or other, than one function: %j',
    (text) => {
      expect(() => renderGunicorn({ settings: [], hooks: [{ name: 'on_exit', text }] })).toThrow(
        'is not one function of that name',
      );
    },
  );
});

describe('reading back', () => {
  test('gives the same values and the same text', () => {
    fc.assert(
      fc.property(fc.array(pythonValue, { maxLength: 4 }), (values) => {
        const settings = values.map((value, index) => setting(`v${String(index)}`, value));
        const text = renderGunicorn({ settings, hooks: [] });
        const read = parseGunicorn(text);
        expect(read.settings.map(({ value }) => value)).toEqual(values);
        expect(renderGunicorn(read)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test('gives back tokens up to 4,094 bytes of any alphabet', () => {
    fc.assert(
      fc.property(longText, hostileText, (long, hostile) => {
        const value = [long, `${long}${hostile}${long}`, { dict: { [long]: long } }];
        const text = renderGunicorn({ settings: [setting('v', value)], hooks: [] });
        const read = parseGunicorn(text);
        expect(read.settings[0]?.value).toEqual(value);
        expect(renderGunicorn(read)).toBe(text);
      }),
    );
  });

  test('gives back a hostname and a hook', () => {
    const file = {
      settings: [{ ...setting('bind', { before: 'a', after: 'b' }), line: 3 }],
      hooks: [{ name: 'on_exit', text: 'def on_exit(server):\n    pass', line: 6 }],
    };
    expect(parseGunicorn(renderGunicorn(file))).toEqual(file);
  });

  test('keeps what only Python could evaluate, with its line', () => {
    expect(
      parseGunicorn(
        "import multiprocessing\n# c\nbind = '0.0.0.0:5000'\nworkers = multiprocessing.cpu_count() * 2 + 1\n",
      ),
    ).toEqual({
      settings: [{ name: 'bind', value: '0.0.0.0:5000', line: 3 }],
      hooks: [],
      unparsed: [
        { text: 'import multiprocessing', line: 1 },
        { text: 'workers = multiprocessing.cpu_count() * 2 + 1', line: 4 },
      ],
    });
  });

  test('fails on a string that never ends, with its line', () => {
    expect(() => parseGunicorn("a = 1\nb = 'x")).toThrow("line 2: a ' is never closed");
  });
});
