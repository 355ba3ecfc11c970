import { formatMistake } from '../../lib/gunicorn/log-format';
import { peerMistake } from '../../lib/gunicorn/networks';
import { setting } from '../../lib/gunicorn/setting';
import { settingProblems } from '../../lib/gunicorn/validate';

const problems = (name: string, value: Parameters<typeof setting>[1], version = '20.1.0'): unknown =>
  settingProblems({ settings: [setting(name, value)], hooks: [] }, version);

test('a good file has no problems', () => {
  expect(problems('workers', 3)).toEqual([]);
  expect(problems('umask', { octal: '117' })).toEqual([]);
  expect(problems('worker_class', 'mine.Worker')).toEqual([]);
  expect(problems('bind', ['unix:/a', { before: 'unix:/', after: '' }])).toEqual([]);
  expect(problems('forwarded_allow_ips', '10.0.0.1, ::1, *')).toEqual([]);
  expect(
    problems('forwarded_allow_ips', '10.0.0.0/8, fd00::/8, 0.0.0.0/0, ::ffff:10.0.0.1', '23.0.0'),
  ).toEqual([]);
  expect(problems('proxy_protocol', true)).toEqual([]);
  expect(problems('sendfile', null)).toEqual([]);
  expect(problems('http_protocols', 'h2, h1', '27.0.1')).toEqual([]);
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
    'control_socket_disable needs gunicorn 25.1.0; serverVersion is 20.1.0',
    "set serverVersion: '25.1.0' or newer, which AppImage.python installs, or remove it",
  ],
  [
    'worker_class',
    'asgi',
    'worker_class "asgi" needs gunicorn 24.0.0; serverVersion is 20.1.0',
    "set serverVersion: '24.0.0' or newer, which AppImage.python installs, or use WorkerClass.UVICORN",
  ],
  [
    'forwarded_allow_ips',
    'nginx',
    'forwarded_allow_ips "nginx" is not a value that gunicorn takes: "nginx" is neither an address nor a network',
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

test.each([
  ['proxy_protocol', 'v2', '23.0.0', 'proxy_protocol "v2" needs gunicorn 24.1.0'],
  ['statsd_host', 'unix:///s', '20.1.0', 'statsd_host "unix:///s" needs gunicorn 21.0.0'],
  ['reload_extra_files', ['/a/*.html'], '23.0.0', 'reload_extra_files ["/a/*.html"] needs gunicorn 26.1.0'],
  ['http_protocols', 'h3', '27.0.1', 'http_protocols "h3" is not a value that gunicorn takes'],
  ['http_protocols', 'h1,h1', '27.0.1', 'http_protocols "h1,h1" is not a value that gunicorn takes'],
  ['http2_max_concurrent_streams', 0, '27.0.1', 'http2_max_concurrent_streams 0 is not'],
  ['http2_initial_window_size', 2 ** 31, '27.0.1', 'http2_initial_window_size 2147483648 is not'],
  ['http2_max_frame_size', 16_383, '27.0.1', 'http2_max_frame_size 16383 is not'],
  ['logconfig_dict', 'x', '23.0.0', 'logconfig_dict "x" is not'],
  ['statsd_host', 'host', '23.0.0', 'statsd_host "host" is not'],
])('fails on %s = %p with gunicorn %s', (name, value, version, what) => {
  expect(problems(name, value, version)).toMatchObject([{ what: expect.stringContaining(what) as string }]);
});

test('takes names that it cannot know from a release newer than the table, but none that are gone', () => {
  expect(problems('http3_streams', 3, '27.1.0')).toEqual([]);
  expect(problems('http3_streams', 3, '27.0.1')).toHaveLength(1);
  expect(problems('debug', true, '99.0')).toHaveLength(1);
});

describe('peers that are believed', () => {
  test.each([
    ['10.0.0.1/8', 'has bits set beyond its prefix, which stops the start'],
    ['fd00::1/64', 'has bits set beyond its prefix, which stops the start'],
    ['::ffff:10.0.0.1/120', 'has bits set beyond its prefix, which stops the start'],
    ['10.0.0.0/33', 'is neither an address nor a network'],
    ['10.0.0.0/8/8', 'is neither an address nor a network'],
    ['fe80::1%eth0', 'is neither an address nor a network'],
    ['', 'is neither an address nor a network'],
  ])('fails on %j', (entry, mistake) => {
    expect(peerMistake(entry, '23.0.0')).toBe(mistake);
  });

  test('fails on a network before the release that reads networks', () => {
    expect(peerMistake('10.0.0.0/8', '22.0.0')).toContain('compares as text and never finds');
  });

  test.each(['10.0.0.0/8', 'fd00::/8', '::/0', '1.2.3.4/32', '::1/128', '::ffff:10.0.0.0/104'])(
    'takes %s',
    (entry) => {
      expect(peerMistake(entry, '23.0.0')).toBeUndefined();
    },
  );
});

test.each([
  ['%(h)s "%(r)s" %(s)s 100%%', undefined],
  ['%(h)-15s %({x-id}i)s %(a)r', undefined],
  ['%(D)d', '%(D)d'],
  ['100%', '%'],
  ['%h', '%h'],
  ['%(h', '%('],
])('the access log format %j has the mistake %p', (format, mistake) => {
  expect(formatMistake(format)).toBe(mistake);
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
