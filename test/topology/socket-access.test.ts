import { socketAccess, whoMayConnect } from '../../lib/topology/derive/socket-access';
import type { Connector } from '../../lib/topology/derive/socket-access';

const NGINX: Connector = { uid: 101, gid: 101, groups: [10001] };

/** uid/gid/groups of nginx, then owner and mode of directory and socket, then the answer. */
const TRUTH: readonly [string, Connector, string, string, boolean][] = [
  ['the default: nginx in the app group, 0750 and 0660', NGINX, '10001:10001 750', '10001:10001 660', true],
  ['the hand-written 600 across users', NGINX, '10001:10001 755', '99:99 600', false],
  ['600 for the same uid', { uid: 99, gid: 99, groups: [] }, '99:99 750', '99:99 600', true],
  ['660 for a group that nginx is not in', { ...NGINX, groups: [] }, '0:0 755', '99:99 660', false],
  ['uWSGI without chmod-socket: 0755 has no write for others', NGINX, '0:0 755', '99:99 755', false],
  ['666 for anybody', NGINX, '0:0 755', '99:99 666', true],
  ['777 behind a directory without search', NGINX, '99:99 750', '99:99 777', false],
  ['search by primary gid', { uid: 1, gid: 99, groups: [] }, '99:99 710', '99:99 660', true],
  ['search by supplementary group', { uid: 1, gid: 1, groups: [99] }, '99:99 710', '99:99 620', true],
  ['read without write', NGINX, '10001:10001 750', '10001:10001 640', false],
  [
    'read and search on the directory, yet the group class has no search',
    NGINX,
    '1:10001 745',
    '1:1 666',
    false,
  ],
  [
    "the owner's bits count for the owner, not the group's",
    { uid: 99, gid: 99, groups: [] },
    '0:0 755',
    '99:99 060',
    false,
  ],
  ["the group's bits count for the group, not the others'", NGINX, '0:0 755', '99:10001 606', false],
  [
    'uid 0 without capabilities is like any other',
    { uid: 0, gid: 0, groups: [] },
    '33:33 770',
    '33:33 770',
    false,
  ],
  [
    'uid 0 that overrides permissions',
    { uid: 0, gid: 0, groups: [], overridesPermissions: true },
    '33:33 700',
    '33:33 600',
    true,
  ],
];

test.each(TRUTH)('%s', (_, connector, directory, socket, allowed) => {
  expect(socketAccess(connector, owned(directory), owned(socket)).allowed).toBe(allowed);
});

test('says which of the two permissions is missing', () => {
  expect(socketAccess(NGINX, owned('99:99 750'), owned('99:99 777')).missing).toBe('search on the directory');
  expect(socketAccess(NGINX, owned('0:0 755'), owned('99:99 600')).missing).toBe('write on the socket');
});

function owned(text: string): { uid: number; gid: number; mode: string } {
  const [owner = '', mode = ''] = text.split(' ');
  const [uid, gid] = owner.split(':').map(Number);
  return { uid: uid ?? -1, gid: gid ?? -1, mode };
}

test.each([
  ['660', 'uid 99 and group 33'],
  ['600', 'only uid 99'],
  ['060', 'only group 33'],
  ['440', 'nobody'],
  ['666', 'others'],
])('mode %s lets %s connect', (mode, who) => {
  expect(whoMayConnect({ uid: 99, gid: 33, mode })).toBe(who);
});
