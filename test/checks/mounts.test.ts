import type { AppProps } from 'cdktf-wsgi';
import {
  AppImage,
  DataVolume,
  GunicornApp,
  Listener,
  Mount,
  Review,
  SecretFile,
  Size,
  WsgiModule,
} from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { GUNICORN, container, siteStack } from '../helpers/stacks';

type Props = (site: TerraformStack) => Partial<AppProps>;

function stackWith(props: Props): TerraformStack {
  return siteStack(
    (site) => new GunicornApp(site, 'api', { ...GUNICORN, listeners: [Listener.http(1)], ...props(site) }),
  );
}

/** The first lines of the findings of an application with these props. */
function findings(props: Props): string[] {
  return Review.of(stackWith(props)).findings.map((finding) => finding.split('\n')[0] ?? '');
}

const secret = (path: string): Partial<AppProps> => ({ secretFiles: [SecretFile.of(path, 'x')] });
const mib = Size.mebibytes(1);
const CODE = 'examples/hand-written/g_test';
const built = (chdir: string): Partial<AppProps> => ({ chdir, image: AppImage.python(CODE) });
const shipped = (chdir: string): Partial<AppProps> => ({ chdir, codeDirectory: CODE });

test.each<[string, Props, string]>([
  [
    'two spellings of one path',
    () => ({ mounts: [Mount.hostPath('/a', '/m'), Mount.tmpfs('/m/./', mib)] }),
    '/m is wanted by two: Mount.hostPath at /m, and Mount.tmpfs at /m',
  ],
  [
    'a mount where secret files are',
    () => ({ ...secret('/run/secrets/key'), mounts: [Mount.tmpfs('/run/secrets', mib)] }),
    '/run/secrets is wanted by two: Mount.tmpfs at /run/secrets, and the secret files in /run/secrets',
  ],
  [
    'a mount where the code is shipped to',
    () => ({
      chdir: '/code',
      module: WsgiModule.dotted('g', 'app'),
      codeDirectory: CODE,
      mounts: [Mount.tmpfs('/code', mib)],
    }),
    '/code is wanted by two: codeDirectory, and Mount.tmpfs at /code',
  ],
  [
    'two secret files of one path',
    () => ({ secretFiles: [SecretFile.of('/s/k', 'x'), SecretFile.of('/s/k', 'y')] }),
    'two secret files are /s/k',
  ],
  [
    'a directory of the host over /tmp',
    () => ({ mounts: [Mount.hostPath('/a', '/tmp/')] }),
    'Mount.hostPath at /tmp: /tmp is a tmpfs in every container, where server and probe leave their marks',
  ],
  [
    'secret files in /tmp itself',
    () => secret('/tmp/key'),
    'the secret files in /tmp: /tmp is a tmpfs in every container, where server and probe leave their marks',
  ],
  [
    'a mount over the configuration',
    () => ({ mounts: [Mount.tmpfs('/etc/wsgi/x', mib)] }),
    "Mount.tmpfs at /etc/wsgi/x: /etc/wsgi is the library's, for the server's configuration and sockets",
  ],
  [
    'a mount over all programs',
    (site) => ({ mounts: [Mount.volume(new DataVolume(site, 'v'), '/usr')] }),
    'Mount.volume at /usr would hide what the image has there, and the server with it',
  ],
  [
    'a mount over everything',
    () => ({ mounts: [Mount.hostPath('/a', '/')] }),
    'Mount.hostPath at / would hide what the image has there, and the server with it',
  ],
  [
    'a secret file beside those of the system',
    () => secret('/etc/passwd'),
    'the secret files in /etc lie on a volume of their own, which would hide what the image has in /etc',
  ],
  [
    'a secret file among the libraries',
    () => secret('/usr/lib/python3/key'),
    'the secret files in /usr/lib/python3 lie on a volume of their own, which would hide what the image has in /usr/lib/python3',
  ],
  [
    'a secret file beside the code',
    () => secret('/app/key'),
    'the volume of the secret files in /app would hide the code of the application, which is in chdir "/app"',
  ],
  [
    'data over the code of the image',
    (site) => ({
      chdir: '/srv/shop',
      module: WsgiModule.file('p.py', 'app'),
      mounts: [Mount.volume(new DataVolume(site, 'v'), '/srv')],
    }),
    'Mount.volume at /srv would hide the code of the application, which is in chdir "/srv/shop"',
  ],
  [
    'the code of an image in /tmp',
    () => built('/tmp'),
    'chdir "/tmp": every container has a file system of its own at /tmp, which would hide the code of the image',
  ],
  [
    'the code of an image below a larger /tmp',
    () => ({ ...built('/tmp/shop'), mounts: [Mount.tmpfs('/tmp', Size.mebibytes(128))] }),
    'chdir "/tmp/shop": every container has a file system of its own at /tmp, which would hide the code of the image',
  ],
  [
    "the code of an image among the kernel's files",
    () => built('/proc/x'),
    'chdir "/proc/x": every container has a file system of its own at /proc, which would hide the code of the image',
  ],
  ...['/run/wsgi', '/etc/wsgi'].map((path): [string, Props, string] => [
    `the code of an image in ${path}`,
    () => built(path),
    `chdir "${path}": ${path} is the library's, for the server's configuration and sockets`,
  ]),
  [
    'data over the code of an image that the library builds',
    () => ({ ...built('/srv/shop'), mounts: [Mount.tmpfs('/srv', mib)] }),
    'Mount.tmpfs at /srv would hide the code of the application, which is in chdir "/srv/shop"',
  ],
  ...['/usr', '/usr/local', '/proc/x'].map((path): [string, Props, string] => [
    `code that is shipped to ${path}`,
    () => shipped(path),
    `codeDirectory: a volume at chdir ${path} would hide what the image has there, and the server with it`,
  ]),
  [
    'code that is shipped to /tmp',
    () => shipped('/tmp'),
    'codeDirectory: /tmp is a tmpfs in every container, where server and probe leave their marks',
  ],
  [
    'code that is shipped to the sockets',
    () => shipped('/run/wsgi'),
    "codeDirectory: /run/wsgi is the library's, for the server's configuration and sockets",
  ],
])('fails on %s', (_, props, message) => {
  expect(findings(props)).toEqual([message]);
});

test.each<[string, Props]>([
  ['a larger /tmp', () => ({ mounts: [Mount.tmpfs('/tmp', Size.mebibytes(128))] })],
  ['a directory of the host below /tmp', () => ({ mounts: [Mount.hostPath('/a', '/tmp/uploads')] })],
  ['shared memory', () => ({ mounts: [Mount.tmpfs('/dev/shm', mib)] })],
  ['secret files in a directory of their own', () => secret('/run/secrets/key')],
  ['secret files below the code', () => secret('/app/secrets/key')],
  ['certificates of the host', () => ({ mounts: [Mount.hostPath('/a', '/etc/ssl', { readOnly: true })] })],
  [
    'data where an installed application works',
    (site) => ({ chdir: '/data', mounts: [Mount.volume(new DataVolume(site, 'v'), '/data')] }),
  ],
  ['an installed application that works in /tmp', () => ({ chdir: '/tmp' })],
  ['code that is shipped below /tmp', () => shipped('/tmp/shop')],
  ['code that is shipped to a directory of its own', () => shipped('/usr/src/app')],
])('%s is fine', (_, props) => {
  expect(findings(props)).toEqual([]);
});

test('a mount is written as the engine cleans its path', () => {
  const stack = stackWith(() => ({
    mounts: [Mount.hostPath('/a//b/', '/m/'), Mount.tmpfs('/tmp/', Size.mebibytes(1))],
  }));
  expect(container(stack, 'api-0')).toMatchObject({
    tmpfs: { '/tmp': 'size=1048576,uid=10001,gid=10001,mode=0700' },
    volumes: expect.arrayContaining([
      expect.objectContaining({ host_path: '/a/b', container_path: '/m' }),
    ]) as unknown,
  });
});

test.each<[() => unknown, string]>([
  [() => Mount.tmpfs('/m', Size.bytes(0)), 'Mount.tmpfs: a size of 0 is no limit'],
  [() => Mount.hostPath('/a', '/m/../etc'), 'Mount.hostPath: "/m/../etc" is not a path that can be mounted'],
  [() => SecretFile.of('/run/./k', ''), 'SecretFile.of("/run/./k", …) is not a path for a file'],
])('fails at once on %s', (make, message) => {
  expect(make).toThrow(message);
});
