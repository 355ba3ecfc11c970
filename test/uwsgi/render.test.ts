import fc from 'fast-check';
import { HOSTNAME, option } from '../../lib/uwsgi/option';
import type { UwsgiOption } from '../../lib/uwsgi/option';
import { parseUwsgi } from '../../lib/uwsgi/parse';
import { renderUwsgi } from '../../lib/uwsgi/render';
import { hostileText, longText } from '../helpers/hostile';

const line = (name: string, value: UwsgiOption['value']): string | undefined =>
  renderUwsgi([option(name, value)])
    .split('\n')
    .at(-2);

describe('rendered text', () => {
  test('has one section, plugin lines first, the rest in the order given', () => {
    const text = renderUwsgi([
      option('master', true),
      option('socket', ['/run/wsgi/', HOSTNAME, '.sock']),
      { ...option('processes', 4), comment: '50% of\nthe host' },
      option('need-plugin', 'python3'),
    ]);
    expect(text).toBe(
      [
        '[uwsgi]',
        'need-plugin = python3',
        'master = true',
        'socket = /run/wsgi/%h.sock',
        '; 50%% of',
        '; the host',
        'processes = 4',
        '',
      ].join('\n'),
    );
  });

  test('has plugins before what they provide, and their directories before them', () => {
    const text = renderUwsgi([
      option('need-plugin', 'python3'),
      option('cheaper-busyness-penalty', 5),
      option('plugins-dir', '/opt/plugins'),
      option('need-plugin', 'cheaper_busyness'),
    ]);
    expect(text.split('\n').slice(1, -1)).toEqual([
      'plugins-dir = /opt/plugins',
      'need-plugin = python3',
      'need-plugin = cheaper_busyness',
      'cheaper-busyness-penalty = 5',
    ]);
  });

  test('doubles a percent sign', () => {
    expect(line('procname', '50% %h %(x)')).toBe('procname = 50%% %%h %%(x)');
  });

  test('writes what would begin a reference through a placeholder, declared first', () => {
    expect(renderUwsgi([option('procname', '$(HOME) @(/etc/passwd) $x')])).toBe(
      '[uwsgi]\nset-placeholder = dollar=$\nset-placeholder = at=@\nprocname = %(dollar)(HOME) %(at)(/etc/passwd) $x\n',
    );
  });

  test('sees a reference that two parts of text make together', () => {
    expect(line('procname', ['$', '(HOME)', HOSTNAME])).toBe('procname = %(dollar)(HOME)%h');
  });

  test('leaves as text what uWSGI does not take as a reference', () => {
    for (const text of ['%()', '%( )', '%(procname', '%(a(procname))', '%(nope)(procname)']) {
      expect(line('procname', text)).toBe(`procname = ${text.replace('%', '%%')}`);
    }
  });

  test('leaves an option that is read at once without placeholders, which it would not know', () => {
    expect(line('plugin', '$(X)')).toBe('plugin = $(X)');
  });
});

describe('what uwsgi.ini cannot hold is refused', () => {
  test.each([
    ['a\nprocesses = 3', 'has a line break at position 1'],
    ['a\r', 'has a carriage return at position 1'],
    ['a\0', 'has a NUL at position 1'],
    [' a', 'begins with a blank, which uWSGI cuts off'],
    ['a\t', 'ends with a blank, which uWSGI cuts off'],
    ['\udc00', 'half of a surrogate pair'],
    ['%(procname)', 'which uWSGI always replaces by the value of that option'],
    ['%(dollar)', 'which uWSGI always replaces by the value of that option'],
  ])('fails on %j', (value, message) => {
    expect(() => line('procname', value)).toThrow(message);
  });

  test.each([
    ['%(foo bar)', 'which uWSGI always replaces by the result of a calculation'],
    ['%(1 + 2)', 'which uWSGI always replaces by the result of a calculation'],
    ['%(a(b) c)', 'which uWSGI always replaces by the result of a calculation'],
    ['%(a (b) c)', 'which uWSGI always replaces by the result of a calculation'],
    ['%(ini)', 'which uWSGI always replaces by the value of that option'],
    ['%(open%(procname)', 'holds "%(procname)", which uWSGI always replaces'],
  ])('fails on %j, which looks like text', (value, message) => {
    expect(() => line('procname', value)).toThrow(message);
  });

  test.each(['set', 'set-ph', 'set-placeholder'])('fails on the name that %s declares', (declaring) => {
    expect(() => renderUwsgi([option(declaring, 'mine=1'), option('procname', '%(mine)')])).toThrow(
      'which uWSGI always replaces by the value of that option',
    );
  });

  test('fails on a reference in an option that is read at once, which would be taken as text', () => {
    expect(() => line('listen', [{ reference: '$(LISTEN)' }])).toThrow('reads at once');
    expect(line('plugins-dir', ['/opt/', HOSTNAME])).toBe('plugins-dir = /opt/%h');
  });

  test('fails on a blank behind an empty first part', () => {
    expect(() => line('procname', ['', ' a'])).toThrow('begins with a blank');
  });

  test('fails on a name that is more than a name, and on a reference that is none', () => {
    expect(() => line('a = 1\nb', 'x')).toThrow('is not the name of a uWSGI option');
    expect(() => line('procname', [{ reference: '%h\nx = 1' }])).toThrow('is not a reference of uWSGI');
  });
});

describe('reading back', () => {
  test('gives the same text and the same values, or refuses', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 4 }), (values) => {
        const options = values.map((value) => option('env', value));
        const text = attempt(() => renderUwsgi(options));
        if (text === undefined) {
          refused++;
          return;
        }
        const read = parseUwsgi(text);
        expect(read.map((row) => row.value)).toEqual(values);
        expect(renderUwsgi(read)).toBe(text);
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeLessThan(800);
  });

  test('gives back tokens up to 4,094 bytes of any alphabet', () => {
    fc.assert(
      fc.property(longText, hostileText, (long, hostile) => {
        const options = [option('env', `A=${long}`), option('env', long)];
        const text = renderUwsgi(options);
        expect(parseUwsgi(text).map((row) => row.value)).toEqual([`A=${long}`, long]);
        expect(renderUwsgi(parseUwsgi(text))).toBe(text);
        const both = attempt(() => renderUwsgi([option('env', `${long}${hostile}${long}`)]));
        if (both !== undefined) expect(parseUwsgi(both)[0]?.value).toBe(`${long}${hostile}${long}`);
      }),
    );
  });

  test('keeps references and lines of a hand-written file', () => {
    expect(
      parseUwsgi(
        '[uwsgi]\n; c\nsocket=/tmp/%n.sock\nchmod-socket = 600\nenv = A=$(B)\nmaster\n[other]\nx = 1\n',
      ),
    ).toEqual([
      { name: 'socket', value: ['/tmp/', { reference: '%n' }, '.sock'], line: 3 },
      { name: 'chmod-socket', value: '600', line: 4 },
      { name: 'env', value: ['A=', { reference: '$(B)' }], line: 5 },
      { name: 'master', value: '', line: 6 },
    ]);
  });

  test.each([
    ['\ufeff[uwsgi]\n', 'line 1: a byte order mark hides the section'],
    ['a = 1\n', 'line 1: "a = 1" stands before any section'],
    ['', 'there is no [uwsgi] section'],
    [
      '[uwsgi]\n; 50%\nmaster = true\n',
      'line 2: "; 50%" ends with a single \'%\', which takes the line break',
    ],
  ])('fails on %j', (text, message) => {
    expect(() => parseUwsgi(text)).toThrow(message);
  });
});

function attempt(action: () => string): string | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
