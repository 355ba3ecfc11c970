import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { socketAccess } from '../../lib/topology/derive/socket-access';
import type { Connector, Owned } from '../../lib/topology/derive/socket-access';
import { docker, dockerCan, dockerLines } from './docker';
import { BASE, testName } from './names';
import { REPORT } from './report';

const owned = (uid: number, gid: number, mode: string): Owned => ({ uid, gid, mode });

/** Directories as volumes of the engine, some of another owner than what lies in them. */
const DIRECTORIES: readonly Owned[] = [
  owned(10001, 10001, '750'),
  owned(10001, 10001, '755'),
  owned(10001, 10001, '700'),
  owned(10001, 10001, '070'),
  owned(10001, 33, '710'),
  owned(0, 0, '751'),
];

/** As servers make them by default or when told to, and as people write them by hand. */
const SOCKETS: readonly Owned[] = [
  owned(10001, 10001, '660'),
  owned(10001, 10001, '600'),
  owned(10001, 10001, '666'),
  owned(10001, 10001, '606'),
  owned(10001, 10001, '640'),
  owned(33, 33, '600'),
  owned(33, 101, '620'),
  owned(0, 10001, '060'),
];

const CONNECTORS: Readonly<Record<string, Connector>> = {
  'nginx in the group': { uid: 101, gid: 101, groups: [10001] },
  'nginx outside the group': { uid: 101, gid: 101, groups: [] },
  'nginx in two groups': { uid: 101, gid: 101, groups: [33, 10001] },
  'www-data': { uid: 33, gid: 33, groups: [] },
  'the same user': { uid: 10001, gid: 10001, groups: [] },
  'the same user in another group': { uid: 10001, gid: 5, groups: [] },
  'another user of the same primary group': { uid: 101, gid: 10001, groups: [] },
  'root without capabilities': { uid: 0, gid: 0, groups: [] },
  'root without capabilities, in the group': { uid: 0, gid: 0, groups: [10001] },
  'root that may override': { uid: 0, gid: 0, groups: [], overridesPermissions: true },
};

const CONFINED = [
  ...['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true', '--network', 'none'],
];

/** Makes every socket in every directory, whoever may write there, and waits. */
const SERVER = `
import os, socket, sys
listening = []
for directory in range(int(sys.argv[1])):
    for at, (uid, gid, mode) in enumerate(each.split(':') for each in sys.argv[2:]):
        path = f'/sockets/{directory}/{at}'
        listening.append(socket.socket(socket.AF_UNIX))
        listening[-1].bind(path)
        os.chown(path, int(uid), int(gid))
        os.chmod(path, int(mode, 8))
        listening[-1].listen(64)
print('ready', flush=True)
import time
time.sleep(600)
`;

/** Tries every socket, and says which it could connect to. */
const CLIENT = `
import socket, sys
for directory in range(int(sys.argv[1])):
    for at in range(int(sys.argv[2])):
        try:
            socket.socket(socket.AF_UNIX).connect(f'/sockets/{directory}/{at}')
            print(directory, at, 'connects')
        except PermissionError:
            print(directory, at, 'may not')
`;

const volume = (at: number): string => testName(`sockets-${String(at)}`);
const SERVER_NAME = testName('sockets');
const counts = [String(DIRECTORIES.length), String(SOCKETS.length)];

const mounts = (access: string): string[] =>
  DIRECTORIES.flatMap((_, at) => ['-v', `${volume(at)}:/sockets/${String(at)}:${access}`]);

/** What each connector could connect to, by directory and socket. */
const seen = new Map<string, ReadonlyMap<string, boolean>>();

beforeAll(async () => {
  for (const [at, { uid, gid, mode }] of DIRECTORIES.entries()) {
    const options = `o=uid=${String(uid)},gid=${String(gid)},mode=0${mode}`;
    docker(
      ...['volume', 'create', '-d', 'local', '-o', 'type=tmpfs', '-o', 'device=tmpfs', '-o', options],
      volume(at),
    );
  }
  const sockets = SOCKETS.map(({ uid, gid, mode }) => `${String(uid)}:${String(gid)}:${mode}`);
  docker(
    ...['run', '-d', '--name', SERVER_NAME, '--network', 'none', '-u', '0:0', ...mounts('rw'), BASE],
    ...['python3', '-c', SERVER, counts[0] ?? '', ...sockets],
  );
  while (!docker('logs', SERVER_NAME).includes('ready')) await new Promise((done) => setTimeout(done, 100));
  for (const [name, who] of Object.entries(CONNECTORS)) seen.set(name, connections(who));
});

afterAll(() => {
  dockerCan('rm', '-f', SERVER_NAME);
  for (const at of DIRECTORIES.keys()) docker('volume', 'rm', volume(at));
  const file = join(REPORT, 'socket-access.txt');
  writeFileSync(file, `${lines().join('\n')}\n`);
  process.stdout.write(`\nwho may connect to a socket, computed and seen\n${lines().join('\n')}\n`);
});

/** From a container as nginx's is, but for who it runs as. */
function connections({ uid, gid, groups, overridesPermissions }: Connector): ReadonlyMap<string, boolean> {
  const user = [
    ...['-u', `${String(uid)}:${String(gid)}`, ...groups.flatMap((group) => ['--group-add', String(group)])],
    ...(overridesPermissions === true ? ['--cap-add', 'DAC_OVERRIDE'] : []),
  ];
  const name = ['--name', testName('sockets-client')];
  const said = dockerLines(
    ...['run', '--rm', ...name, ...CONFINED, ...user, ...mounts('ro'), BASE],
    ...['python3', '-c', CLIENT, ...counts],
  );
  return new Map(
    said.map((line) => line.split(' ')).map(([d = '', s = '', what]) => [`${d} ${s}`, what === 'connects']),
  );
}

interface Combination {
  readonly name: string;
  readonly directory: Owned;
  readonly socket: Owned;
  readonly at: string;
}

const COMBINATIONS: readonly Combination[] = Object.keys(CONNECTORS).flatMap((name) =>
  DIRECTORIES.flatMap((directory, d) =>
    SOCKETS.map((socket, s) => ({ name, directory, socket, at: `${String(d)} ${String(s)}` })),
  ),
);

const shown = ({ uid, gid, mode }: Owned): string => `${String(uid)}:${String(gid)} ${mode}`;
const word = (allowed: boolean | undefined): string =>
  allowed === undefined ? 'not seen' : allowed ? 'may connect' : 'may not';

function answersOf({ name, directory, socket, at }: Combination): {
  readonly computed: string;
  readonly seen: string;
} {
  const who = CONNECTORS[name];
  if (who === undefined) throw new Error(`there is no connector ${name}`);
  return {
    computed: word(socketAccess(who, directory, socket).allowed),
    seen: word(seen.get(name)?.get(at)),
  };
}

/** A line for each connector and directory: the answers for each socket in turn, `+` may connect and `-` may not. */
function lines(): string[] {
  const line = (...columns: readonly string[]): string =>
    columns.map((column, at) => column.padEnd([42, 18, 12, 0][at] ?? 0)).join(' ');
  const sign = (answer: string): string => ({ 'may connect': '+', 'may not': '-' })[answer] ?? '?';
  const rows = Object.keys(CONNECTORS).flatMap((name) =>
    DIRECTORIES.map((directory) => {
      const all = COMBINATIONS.filter((each) => each.name === name && each.directory === directory).map(
        answersOf,
      );
      const column = (which: 'computed' | 'seen'): string => all.map((each) => sign(each[which])).join('');
      return line(name, shown(directory), column('computed'), column('seen'));
    }),
  );
  return [`sockets: ${SOCKETS.map(shown).join(', ')}`, line('who', 'directory', 'computed', 'seen'), ...rows];
}

describe('who may connect to a socket is what is computed', () => {
  test.each(Object.keys(CONNECTORS))('%s, to every socket in every directory', (name) => {
    const combinations = COMBINATIONS.filter((each) => each.name === name);
    const other = combinations
      .map((each) => ({ ...each, ...answersOf(each) }))
      .filter((each) => each.computed !== each.seen);
    expect(other).toEqual([]);
    expect(seen.get(name)?.size).toBe(DIRECTORIES.length * SOCKETS.length);
  });

  test('of at least 24 combinations, about as many may as may not', () => {
    const may = COMBINATIONS.filter((each) => answersOf(each).computed === 'may connect').length;
    expect(COMBINATIONS.length).toBeGreaterThanOrEqual(24);
    expect(may / COMBINATIONS.length).toBeGreaterThan(0.25);
    expect(may / COMBINATIONS.length).toBeLessThan(0.75);
  });
});
