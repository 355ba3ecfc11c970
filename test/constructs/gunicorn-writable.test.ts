import { DataVolume, GunicornApp, Mount, Size } from 'cdktf-wsgi';
import type { GunicornAppProps } from 'cdktf-wsgi';
import { GUNICORN, siteStack } from '../helpers/stacks';

const made = (over: Partial<GunicornAppProps>) => (): unknown =>
  siteStack((site) => new GunicornApp(site, 'x', { ...GUNICORN, serverVersion: '27.0.1', ...over }));
const handler = (filename: string): Partial<GunicornAppProps> => ({
  logconfigDict: {
    handlers: { file: { class: 'logging.FileHandler', filename } },
    root: { handlers: ['file'] },
    loggers: {},
  },
});
const memory = (path: string): Mount => Mount.tmpfs(path, Size.mebibytes(1));

describe('a log that gunicorn could not open', () => {
  test.each<[Partial<GunicornAppProps>, string]>([
    [
      { accesslog: '/var/log/a.log' },
      'accesslog "/var/log/a.log": nobody may write there, the root is read-only\n' +
        "  give '-', which is the container's output, or mount something at /var/log\n" +
        '  construct: site/x\n  rule: GUN-LOG-FILE',
    ],
    [{ errorlog: '/a.log' }, 'or mount something at /srv/data'],
    [{ errorlog: 'log/a.log' }, 'errorlog "log/a.log": nobody may write there'],
    [{ errorlog: 'log/a.log', chdir: '/srv/shop' }, 'or mount something at /srv/shop/log'],
    [
      { accesslog: '/tmp/log/a.log' },
      'accesslog "/tmp/log/a.log": there is no directory /tmp/log: what is mounted there is empty at the start',
    ],
    [
      { accesslog: '/srv/log/a', mounts: [Mount.hostPath('/srv/log', '/srv/log', { readOnly: true })] },
      'accesslog "/srv/log/a": nobody may write there',
    ],
    [
      handler('/var/log/a.log'),
      'logconfigDict.handlers.file.filename "/var/log/a.log": nobody may write there, the root is read-only\n' +
        '  give the handler the class logging.StreamHandler',
    ],
    [
      { controlSocket: '/run/gunicorn.ctl' },
      'controlSocket "/run/gunicorn.ctl": nobody may write there, the root is read-only\n  give a path below /tmp',
    ],
  ])('fails on %j', (over, message) => {
    expect(made(over)).toThrow(message);
  });
});

describe('a log that gunicorn can open', () => {
  test.each<[Partial<GunicornAppProps>]>([
    [{ accesslog: '-', errorlog: '-' }],
    [{ accesslog: '/dev/stdout', errorlog: '/proc/self/fd/2' }],
    [{ accesslog: '/tmp/a.log', errorlog: '/dev/shm/e.log' }],
    [{ accesslog: 'log/a.log', mounts: [memory('/app/log')] }],
    [{ accesslog: '/var/log/a.log', readOnlyRoot: false }],
    [handler('/tmp/a.log')],
    [{ logconfigDict: { handlers: { out: { class: 'logging.StreamHandler' } }, root: {}, loggers: {} } }],
    [{ logconfig: '/etc/shop/logging.ini' }],
    [{ controlSocket: '/tmp/gunicorn.ctl' }],
  ])('is %j', (over) => {
    expect(made(over)).not.toThrow();
  });

  test('is one below a directory of a volume, which may hold it', () => {
    expect(() =>
      siteStack((site) => {
        const mounts = [Mount.volume(new DataVolume(site, 'logs'), '/srv/logs')];
        new GunicornApp(site, 'x', { ...GUNICORN, mounts, accesslog: '/srv/logs/today/a.log' });
      }),
    ).not.toThrow();
  });
});
