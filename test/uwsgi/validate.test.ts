import { option } from '../../lib/uwsgi/option';
import { optionProblems } from '../../lib/uwsgi/validate';

test('a good file has no problems', () => {
  const good = [
    option('master', true),
    option('env', 'A=1'),
    option('env', 'B=2'),
    option('buffer-size', 65_535),
  ];
  expect(optionProblems(good, '2.0.21')).toEqual([]);
});

test.each([
  [option('harakirii', 30), 'uWSGI has no option "harakirii"', 'did you mean "harakiri"?'],
  [
    option('processes', 'four'),
    'processes "four" is not a value that uWSGI takes',
    'give it a whole number without a unit',
  ],
  [
    option('buffer-size', 65_536),
    'buffer-size "65536" is not a value that uWSGI takes',
    'give it a whole number up to 65535',
  ],
  [
    option('chmod-socket', '0660'),
    'chmod-socket "0660" is not a value that uWSGI takes',
    'give it exactly three octal digits',
  ],
  [
    option('master', 'disabled'),
    'master "disabled" is not a value that uWSGI takes',
    "give it 'true' or 'false'",
  ],
  [option('socket', ''), 'socket has no value', 'give it one'],
  [
    option('max-requests-delta', 5),
    'max-requests-delta needs uWSGI 2.0.29; serverVersion is 2.0.21',
    "set serverVersion: '2.0.29' or newer, which AppImage.python installs, or remove it",
  ],
])('fails on %j', (wrong, what, fix) => {
  expect(optionProblems([wrong], '2.0.21')).toMatchObject([{ what, fix }]);
});

test('an option that 2.0.21 knows is not called newer', () => {
  expect(optionProblems([option('max-worker-lifetime-delta', 5)], '2.0.21')).toEqual([]);
});

test('a newer release accepts what an older one does not know', () => {
  expect(optionProblems([option('max-requests-delta', 5)], '2.0.29')).toEqual([]);
});

test('fails on a scalar given twice, since the last one wins in silence', () => {
  expect(optionProblems([option('processes', 1), option('processes', 2)], '2.0.21')).toMatchObject([
    { what: 'processes is given twice, and uWSGI takes the last one' },
  ]);
});

test('a declared placeholder is a name like any other', () => {
  expect(optionProblems([option('set-placeholder', 'mine=1'), option('mine', '2')], '2.0.21')).toEqual([]);
});
