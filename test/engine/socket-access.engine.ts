import { execFileSync, spawnSync } from 'node:child_process';
import { socketAccess } from '../../lib/topology/derive/socket-access';
import type { Connector, Owned } from '../../lib/topology/derive/socket-access';
import { BASE } from './site';

const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim();

const HARDENED = [
  '--read-only',
  '--cap-drop',
  'ALL',
  '--security-opt',
  'no-new-privileges:true',
  '--network',
  'none',
];

/** Binds a socket of a mode and waits. */
const SERVER = `
import os, socket, sys, time
s = socket.socket(socket.AF_UNIX)
os.umask(0)
s.bind('/run/x/s')
os.chmod('/run/x/s', int(sys.argv[1], 8))
s.listen()
time.sleep(60)
`;

const CLIENT = "import socket; socket.socket(socket.AF_UNIX).connect('/run/x/s')";

/** Whether a container of this user really connects to a socket of that owner and mode, on a tmpfs volume of the engine. */
function connects(who: Connector, directory: Owned, socket: Owned): boolean {
  const { uid, gid, mode } = directory;
  const options = `uid=${String(uid)},gid=${String(gid)},mode=0${mode}`;
  const volume = docker(
    'volume',
    'create',
    '-d',
    'local',
    '-o',
    'type=tmpfs',
    '-o',
    'device=tmpfs',
    '-o',
    `o=${options}`,
  );
  // The server may search its own directory in every row: it binds as the directory's owner.
  const server = docker(
    ...[
      'run',
      '-d',
      ...HARDENED,
      '-u',
      `${String(socket.uid)}:${String(socket.gid)}`,
      '-v',
      `${volume}:/run/x`,
    ],
    ...[BASE, 'python3', '-c', SERVER, socket.mode],
  );
  try {
    for (let tries = 0; tries < 50 && !bound(server); tries++) spawnSync('sleep', ['0.1']);
    const groups = who.groups.flatMap((group) => ['--group-add', String(group)]);
    const client = spawnSync(
      'docker',
      [
        'run',
        '--rm',
        ...HARDENED,
        '-u',
        `${String(who.uid)}:${String(who.gid)}`,
        ...groups,
        '-v',
        `${volume}:/run/x:ro`,
        BASE,
      ].concat(['python3', '-c', CLIENT]),
      { encoding: 'utf8' },
    );
    if (client.status !== 0 && !client.stderr.includes('PermissionError')) throw new Error(client.stderr);
    return client.status === 0;
  } finally {
    docker('rm', '-f', server);
    docker('volume', 'rm', volume);
  }
}

function bound(server: string): boolean {
  return (
    spawnSync('docker', ['exec', server, 'python3', '-c', "import os; os.stat('/run/x/s')"]).status === 0
  );
}

const APP = { uid: 10001, gid: 10001 };
const NGINX: Connector = { uid: 101, gid: 101, groups: [] };

const CONNECTORS: readonly [string, Connector][] = [
  ['nginx in the group', { ...NGINX, groups: [10001] }],
  ['nginx outside the group', NGINX],
  ['the same user', { uid: 10001, gid: 10001, groups: [] }],
  ['the same user in another group', { uid: 10001, gid: 5, groups: [] }],
  ['another user of the same primary group', { uid: 101, gid: 10001, groups: [] }],
  ['root without capabilities', { uid: 0, gid: 0, groups: [] }],
];

const MODES: readonly [string, string][] = [
  ['750', '660'],
  ['750', '600'],
  ['750', '666'],
  ['755', '606'],
  ['700', '660'],
];

describe('who may connect to a socket is what is computed', () => {
  test.each(
    CONNECTORS.flatMap(([name, who]) =>
      MODES.map(([directory, socket]) => [name, directory, socket, who] as const),
    ),
  )('%s, directory %s, socket %s', (_, directoryMode, socketMode, who) => {
    const directory = { ...APP, mode: directoryMode };
    const socket = { ...APP, mode: socketMode };
    expect(connects(who, directory, socket)).toBe(socketAccess(who, directory, socket).allowed);
  });
});
