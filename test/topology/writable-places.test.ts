import { writabilityOf, writableDirectories } from '../../lib/topology/derive/writable-places';
import type { Mount } from '../../lib/topology/app';

const HARDENED = { readOnlyRoot: true, noNewPrivileges: true, capabilities: [] };
const MOUNTS: Mount[] = [
  { kind: 'tmpfs', path: '/srv/memory', sizeBytes: 1 },
  { kind: 'volume', volume: 'v', path: '/srv/data', readOnly: false },
  { kind: 'host', hostPath: '/x', path: '/srv/data/fixed', readOnly: true },
  { kind: 'tmpfs', path: '/app/cache', sizeBytes: 1 },
];
const app = {
  chdir: '/app',
  codeDirectory: 'code',
  mounts: MOUNTS,
  secretFiles: [{ path: '/srv/memory/keys/a', content: 'x' }],
  hardening: HARDENED,
};

test.each([
  ['/var/log', 'read-only'],
  ['/', 'read-only'],
  ['/tmpfiles', 'read-only'],
  ['/tmp', 'writable'],
  ['/tmp/log', 'missing'],
  ['/dev/shm', 'writable'],
  ['/srv/memory', 'writable'],
  ['/srv/memory/log', 'missing'],
  ['/srv/data/deep/down', 'writable'],
  ['/srv/data/fixed/log', 'read-only'],
  ['/app', 'read-only'],
  ['/app/log', 'read-only'],
  ['/app/cache', 'writable'],
])('%s is %s', (directory, writability) => {
  expect(writabilityOf(app, directory)).toBe(writability);
});

test('everything is writable where the root is', () => {
  expect(writabilityOf({ ...app, hardening: { ...HARDENED, readOnlyRoot: false } }, '/var')).toBe('writable');
});

test('what is there before anybody makes it', () => {
  expect(writableDirectories(app)).toEqual(['/tmp', '/dev/shm', '/srv/memory', '/srv/data', '/app/cache']);
});
