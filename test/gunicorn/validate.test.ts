import { setting } from '../../lib/gunicorn/setting';
import { settingProblems } from '../../lib/gunicorn/validate';

const problems = (name: string, value: Parameters<typeof setting>[1], version = '20.1.0'): unknown =>
  settingProblems({ settings: [setting(name, value)], hooks: [] }, version);

test('a good file has no problems', () => {
  expect(problems('workers', 3)).toEqual([]);
  expect(problems('umask', { octal: '117' })).toEqual([]);
  expect(problems('worker_class', 'mine.Worker')).toEqual([]);
  expect(problems('bind', ['unix:/a', { before: 'unix:/', after: '' }])).toEqual([]);
  expect(problems('forwarded_allow_ips', '10.0.0.0/8, ::1')).toEqual([]);
});

test.each([
  ['worker', 3, 'gunicorn has no setting "worker"', 'did you mean "workers"?'],
  [
    'debug',
    true,
    'gunicorn has no setting "debug" since 19.1.1',
    'remove it: gunicorn skips it without a word',
  ],
  ['logfile', 'x', 'gunicorn has no setting "logfile" since 0.12.2', 'use errorlog'],
  [
    'check_config',
    true,
    'check_config is not a setting of the config file: a run mode, not a server setting',
    'remove it',
  ],
  ['workers', 'many', 'workers "many" is not a value that gunicorn takes', 'give it a whole number from 0'],
  ['reload', 1, 'reload 1 is not a value that gunicorn takes', 'give it true or false'],
  [
    'loglevel',
    'verbose',
    'loglevel "verbose" is not a value that gunicorn takes',
    'give it "debug", "info", "warning", "error", "critical"',
  ],
  [
    'control_socket_disable',
    true,
    'control_socket_disable needs gunicorn 25.1.0, and this application declares 20.1.0',
    'run gunicorn 25.1.0 or newer, or remove it',
  ],
  [
    'worker_class',
    'asgi',
    'worker_class "asgi" needs gunicorn 24.0.0, and this application declares 20.1.0',
    'run gunicorn 24.0.0 or newer',
  ],
  [
    'forwarded_allow_ips',
    'nginx',
    'forwarded_allow_ips "nginx" is not a value that gunicorn takes',
    "give it '*', addresses or networks separated by commas, such as '10.0.0.0/8'",
  ],
])('fails on %s = %p', (name, value, what, fix) => {
  expect(problems(name, value)).toMatchObject([{ what, fix }]);
});

test('fails on a worker class that a newer release dropped', () => {
  expect(problems('worker_class', 'eventlet', '25.3.0')).toEqual([]);
  expect(problems('worker_class', 'eventlet', '26.0.0')).toMatchObject([
    { what: 'worker_class "eventlet" is gone since gunicorn 26.0.0' },
  ]);
});

test('fails on a hook of another arity, and on one that does not exist', () => {
  const hooks = [
    { name: 'post_fork', text: 'def post_fork(server):\n    pass' },
    { name: 'post_frok', text: 'def post_frok(a):\n    pass' },
  ];
  expect(settingProblems({ settings: [], hooks }, '20.1.0')).toMatchObject([
    { what: 'the hook post_fork takes 1 arguments, and gunicorn calls it with 2' },
    { what: 'gunicorn has no setting "post_frok"', fix: 'did you mean "post_fork"?' },
  ]);
});

test('fails on a setting given twice', () => {
  const settings = [setting('workers', 1), setting('workers', 2)];
  expect(settingProblems({ settings, hooks: [] }, '20.1.0')).toMatchObject([
    { what: 'workers is given twice, and gunicorn takes the last one' },
  ]);
});
