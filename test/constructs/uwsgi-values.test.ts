import {
  Duration,
  Mount,
  Size,
  UwsgiApp,
  UwsgiCache,
  UwsgiCheaperAlgo,
  UwsgiCron,
  UwsgiDaemon,
  UwsgiLogEncoder,
  UwsgiLogger,
  UwsgiOption,
  UwsgiStatsPush,
  UwsgiTimer,
} from 'cdktf-wsgi';
import type { UwsgiAppProps } from 'cdktf-wsgi';
import { UWSGI, siteStack } from '../helpers/stacks';

const part = Duration.milliseconds(1500);
const notWhole = 'a duration of 1500 milliseconds is not a whole number of seconds';

describe('a value of a small struct is told by the call and the argument', () => {
  test.each<[() => unknown, string]>([
    [
      () => UwsgiTimer.of(256, Duration.seconds(5)),
      'UwsgiTimer.of: signal 256 is not the number of a signal of uWSGI\n  give a whole number from 0 to 255',
    ],
    [() => UwsgiTimer.of(1.5, Duration.seconds(5)), 'UwsgiTimer.of: signal 1.5 is not the number'],
    [() => UwsgiTimer.of(1, part), `UwsgiTimer.of: every: ${notWhole}`],
    [
      () => UwsgiTimer.of(1, Duration.seconds(0)),
      'UwsgiTimer.of: every of 0 is no interval\n  give Duration.seconds(1) or more',
    ],
    [() => UwsgiDaemon.of(''), 'UwsgiDaemon.of: command "" is empty\n  give it a text'],
    [() => UwsgiDaemon.of('x', { stopsignal: 0 }), 'UwsgiDaemon.of: stopsignal 0 is not a count'],
    [
      () => UwsgiDaemon.of('x', { reloadsignal: 65 }),
      'UwsgiDaemon.of: reloadsignal 65 is not the number of a signal\n  give a whole number from 1 to 64',
    ],
    [() => UwsgiDaemon.of('x', { chdir: 'srv' }), 'UwsgiDaemon.of: chdir "srv" is not an absolute path'],
    [() => UwsgiCron.of('x', { minute: 60 }), 'UwsgiCron.of: minute 60 is not on the clock\n  give a whole'],
    [() => UwsgiCron.of('x', { weekday: -8 }), 'UwsgiCron.of: weekday -8 is not on the clock'],
    [() => UwsgiCron.of(' '), 'UwsgiCron.of: command " " is empty\n  give what the shell is to run'],
    [() => UwsgiCache.of('', { items: 2 }), 'UwsgiCache.of: name "" is empty'],
    [
      () => UwsgiCache.of('c', { items: 1 }),
      'UwsgiCache.of: items 1 is not a count\n  give a whole number from 2',
    ],
    [() => UwsgiCache.of('c', { items: 2, keysize: 0 }), 'UwsgiCache.of: keysize 0 is not a count'],
    [
      () => UwsgiCache.of('c', { items: 2, blocksize: Size.bytes(0) }),
      'UwsgiCache.of: blocksize of 0 holds no item\n  give the size of the largest item',
    ],
    [() => UwsgiCache.of('c', { items: 2, store: 'x' }), 'UwsgiCache.of: store "x" is not an absolute path'],
    [
      () => UwsgiLogger.rsyslog('a b', 'x'),
      'UwsgiLogger.rsyslog: server "a b" is not one word\n  give it without',
    ],
    [() => UwsgiLogger.rsyslog('a', 'x y'), 'UwsgiLogger.rsyslog: ident "x y" is not one word'],
    [() => UwsgiLogger.redis('a', ''), 'UwsgiLogger.redis: channel "" is not one word'],
    [() => UwsgiStatsPush.statsd('a b'), 'UwsgiStatsPush.statsd: server "a b" is not one word'],
    [() => UwsgiStatsPush.statsd('a', 'b,c'), 'UwsgiStatsPush.statsd: prefix "b,c" is not one word'],
    [() => UwsgiStatsPush.socket(''), 'UwsgiStatsPush.socket: server "" is not one word'],
    [() => UwsgiLogEncoder.suffix(''), 'UwsgiLogEncoder.suffix: text "" is empty'],
    [
      () => UwsgiCheaperAlgo.busyness({ multiplier: 0 }),
      'UwsgiCheaperAlgo.busyness: multiplier 0 is not a count',
    ],
  ])('%s', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('a value of a prop that is a list or a map is told by its place', () => {
  const lineBreak = 'has a line break at position';
  const published = { staticMaps: { '/s': '/s' } };
  const cases: [Partial<UwsgiAppProps>, string][] = [
    [{ spooler: ['/srv/a', 'tasks'] }, 'spooler[1] "tasks" is not an absolute path'],
    [
      { spooler: ['/srv/a', '/srv/tasks'], mounts: [Mount.hostPath('/a', '/srv/a')] },
      'spooler[1] "/srv/tasks": there is no such directory',
    ],
    [{ masterFifo: ['/tmp/a', '/run/b'] }, 'masterFifo[1] "/run/b": nobody may write there'],
    [
      { cache2: [UwsgiCache.of('a', { items: 2 }), UwsgiCache.of('b', { items: 2, store: '/srv/b' })] },
      'cache2[1] "/srv/b": nobody may write there',
    ],
    [{ mule: ['a.py', ''] }, 'mule[1] "" is empty'],
    [
      { spooler: ['/srv/a'], mounts: [Mount.hostPath('/a', '/srv/a')], spoolerProcesses: 40_000 },
      'spoolerProcesses 40000 is more than uWSGI takes\n  give a whole number from 1 to 32767',
    ],
    [{ mules: 40_000 }, 'mules 40000 is more than uWSGI takes'],
    [{ mule: ['a.py', 'b\nc.py'] }, `mule[1]: "b\\nc.py" ${lineBreak}`],
    [{ execAsap: ['a', 'b '] }, 'execAsap[1]: "b " ends with a blank, which uWSGI cuts off'],
    [{ cron: [UwsgiCron.of('a'), UwsgiCron.of('b\nc')] }, `cron[1]: "-1 -1 -1 -1 -1 b\\nc" ${lineBreak}`],
    [{ attachDaemon2: [UwsgiDaemon.of('a\nb')] }, 'attachDaemon2[0]: "cmd=a\\nb,stopsignal=15,'],
    [{ logEncoder: [UwsgiLogEncoder.prefix('a\nb')] }, `logEncoder[0]: "prefix a\\nb" ${lineBreak}`],
    [{ procnamePrefix: 'a\nb' }, `procnamePrefix: "a\\nb" ${lineBreak}`],
    [{ ...published, staticExpires: { '/a': part } }, `staticExpires "/a": ${notWhole}`],
    [
      { ...published, staticExpires: { '/a\0': Duration.seconds(1) } },
      'staticExpires: "/a\\u0000 1" has a NUL',
    ],
    [
      { options: [UwsgiOption.of('log-zeromq', 'a'), UwsgiOption.of('for-glob', 'b\nc')] },
      `options[1]: for-glob: "b\\nc" ${lineBreak}`,
    ],
    [{ capabilities: ['NET_ADMIN', 'no such'] }, 'capabilities[1] "no such" is not a capability'],
    [{ networks: ['a', 'b c'] }, 'networks[1] "b c" is not the name of a network'],
  ];

  test.each(cases)('%j', (over, message) => {
    const build = (): object => siteStack((site) => new UwsgiApp(site, 'x', { ...UWSGI, ...over }));
    expect(build).toThrow(message);
    expect(build).toThrow('construct: site/x');
  });
});

test('a value that only the whole file makes unwritable is told by its option', () => {
  expect(() =>
    siteStack(
      (site) =>
        new UwsgiApp(site, 'x', {
          ...UWSGI,
          hookPreApp: ['print:%(module)'],
          options: [UwsgiOption.of('set-placeholder', 'module=1')],
        }),
    ),
  ).toThrow('hook-pre-app: "print:%(module)" holds "%(module)", which uWSGI always replaces');
});
