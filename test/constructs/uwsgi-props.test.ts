import { Mount, Review, Size, UwsgiApp, UwsgiCache, UwsgiOption } from 'cdktf-wsgi';
import type { UwsgiAppProps } from 'cdktf-wsgi';
import { UWSGI, siteStack } from '../helpers/stacks';
import { SAMPLES } from '../helpers/uwsgi-samples';
import type { Sample } from '../helpers/uwsgi-samples';

function fileLines(over: Partial<UwsgiAppProps>): string[] {
  const stack = siteStack((site) => {
    new UwsgiApp(site, 'x', { ...UWSGI, ...over });
  });
  return (Review.of(stack).files['x/uwsgi.ini'] ?? '').split('\n').filter((line) => !line.startsWith(';'));
}

/** Lines of a file that another does not have as often. */
function added(lines: readonly string[], before: readonly string[]): string[] {
  const left = [...before];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

test.each(Object.entries<Sample<unknown>>(SAMPLES))(
  'the prop %s brings its lines into the file, and no other',
  (prop, { value, beside, lines, brings = [] }) => {
    const before = fileLines(beside ?? {});
    const after = fileLines({ ...beside, [prop]: value });
    expect(added(after, before).sort()).toEqual([...lines, ...brings].sort());
  },
);

test('what is passed through stands last, behind everything that props became', () => {
  const lines = fileLines({
    masterFifo: ['/tmp/fifo'],
    options: [UwsgiOption.of('log-x-forwarded-for', 'true')],
  });
  expect(lines.slice(-3)).toEqual(['master-fifo = /tmp/fifo', 'log-x-forwarded-for = true', '']);
});

test('mules, spoolers and caches take their memory off the workers', () => {
  const room = { cpus: 4, memory: Size.mebibytes(1152), processes: 4 };
  expect(fileLines(room)).toContain('reload-on-rss = 260');
  const mounts = [Mount.hostPath('/srv/tasks', '/srv/tasks')];
  const spooler = { spooler: ['/srv/tasks'], spoolerProcesses: 4, mounts };
  expect(fileLines({ ...room, mules: 7, mule: ['m.py'], ...spooler })).toContain('reload-on-rss = 68');
  const cache2 = [UwsgiCache.of('c', { items: 1000, blocksize: Size.kibibytes(510) })];
  expect(fileLines({ ...room, cache2 })).toContain('reload-on-rss = 135');
});
