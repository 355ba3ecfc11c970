import { shown } from '../errors';
import type { Problem } from '../errors';
import { OWN_DIRECTORIES, PATHS, isBelow, secretDirectories } from '../topology/derive/paths';
import type { App } from '../topology/topology';

/** Directories that every image has: whatever is mounted there hides the programs of the image. */
const SYSTEM = [
  ...['/bin', '/boot', '/dev', '/etc', '/lib', '/lib64', '/proc', '/run', '/sbin', '/sys', '/usr'],
  ...['/usr/bin', '/usr/lib', '/usr/local', '/usr/local/bin', '/usr/local/lib', '/usr/sbin'],
];

/** Directories that images have files in: a volume of secrets would hide them. */
const FILLED = new Set([
  ...SYSTEM,
  ...['/etc/ssl', '/etc/ssl/certs', '/etc/ssl/private', '/home', '/media', '/mnt', '/opt', '/root', '/srv'],
  ...['/var', '/var/cache', '/var/lib', '/var/log', '/var/run', '/var/tmp'],
]);

/** Trees that nothing of a user's belongs into. */
const CLOSED = ['/bin', '/boot', '/dev', '/lib', '/lib64', '/proc', '/sbin', '/sys', '/usr'];

/** What the engine mounts into every container before anything of ours: files that an image has there cannot be seen. */
const KERNEL = ['/dev', '/proc', '/sys'];

/** A directory of an application's container that is not its image's. */
interface Wanted {
  readonly path: string;
  /** What wants it, in the user's words. */
  readonly by: string;
  /** True where the library's own tmpfs may lie: it is resized. */
  readonly resizes: boolean;
}

/** Whatever is mounted where something else is, of the user's, of the library's or of the image's. */
export function mountProblems(app: App): Problem[] {
  const wanted = wantedBy(app);
  return [
    ...takenTwice(wanted),
    ...sameFiles(app),
    ...wanted.flatMap(overOurs),
    ...hiddenImage(app),
    ...ownChdir(app),
    ...hiddenCode(app),
  ].map((problem) => ({ ...problem, construct: app.construct }));
}

function wantedBy(app: App): Wanted[] {
  const mounts = app.mounts.map(({ kind, path }) => ({
    path,
    by: `${MOUNT_CALLS[kind]} at ${path}`,
    resizes: kind === 'tmpfs',
  }));
  const secrets = secretDirectories(app).map((path) => ({ path, by: `the secret files in ${path}` }));
  return [...codeAt(app), ...mounts, ...secrets].map((each) => ({ resizes: false, ...each }));
}

/** Shipped code is a mount as well. */
function codeAt({ codeDirectory, chdir }: App): { readonly path: string; readonly by: string }[] {
  return codeDirectory === undefined ? [] : [{ path: chdir, by: 'codeDirectory' }];
}

const MOUNT_CALLS = { volume: 'Mount.volume', host: 'Mount.hostPath', tmpfs: 'Mount.tmpfs' } as const;

function takenTwice(wanted: readonly Wanted[]): Problem[] {
  return wanted.flatMap(({ path, by }, at) => {
    const first = wanted.slice(0, at).find((other) => other.path === path);
    if (first === undefined) return [];
    return [
      {
        what: `${path} is wanted by two: ${first.by}, and ${by}`,
        fix: 'give one of them another path',
        rule: 'XT-MOUNT-DUP',
      },
    ];
  });
}

function sameFiles({ secretFiles }: App): Problem[] {
  const paths = secretFiles.map(({ path }) => path);
  const twice = paths.filter((path, at) => paths.indexOf(path) !== at);
  return twice.map((path) => ({
    what: `two secret files are ${path}`,
    fix: 'give one of them another path',
    rule: 'XT-MOUNT-DUP',
  }));
}

function overOurs({ path, by, resizes }: Wanted): Problem[] {
  const own = OWN_DIRECTORIES.find((directory) => isBelow(path, directory));
  if (own !== undefined) {
    return [
      {
        what: `${by}: ${own} is the library's, for the server's configuration and sockets`,
        fix: 'give it another path',
        rule: 'XT-MOUNT-DUP',
      },
    ];
  }
  if (path !== PATHS.scratch || resizes) return [];
  return [
    {
      what: `${by}: ${path} is a tmpfs in every container, where server and probe leave their marks`,
      fix: "give it a path below, such as '/tmp/uploads'; Mount.tmpfs('/tmp', size) makes that tmpfs larger",
      rule: 'XT-MOUNT-DUP',
    },
  ];
}

/** A volume that holds secrets holds nothing else: what the image has in that directory cannot be seen any more. */
function hiddenImage(app: App): Problem[] {
  const hides = (path: string): boolean => path === '/' || SYSTEM.includes(path) || isBelow(path, '/proc');
  const mounts = app.mounts.map(({ kind, path }) => ({ path, by: `${MOUNT_CALLS[kind]} at ${path}` }));
  const code = codeAt(app).map(({ path, by }) => ({ path, by: `${by}: a volume at chdir ${path}` }));
  const secrets = secretDirectories(app).filter(
    (path) => FILLED.has(path) || CLOSED.some((closed) => isBelow(path, closed)),
  );
  return [
    ...[...code, ...mounts]
      .filter(({ path }) => hides(path))
      .map(({ by }) => ({
        what: `${by} would hide what the image has there, and the server with it`,
        fix: "give a directory of its own, such as '/srv/shop'",
        rule: 'XT-MOUNT-HIDES',
      })),
    ...secrets.map((path) => ({
      what: `the secret files in ${path} lie on a volume of their own, which would hide what the image has in ${path}`,
      fix: "put them into a directory that no image has, such as '/run/secrets'",
      rule: 'XT-MOUNT-HIDES',
    })),
  ];
}

/** Shipped code is told by `overOurs`, as any mount is; a directory of ours holds nobody else's code either. */
function ownChdir({ codeDirectory, chdir }: App): Problem[] {
  const own = OWN_DIRECTORIES.find((directory) => isBelow(chdir, directory));
  if (codeDirectory !== undefined || own === undefined) return [];
  return [
    {
      what: `chdir ${shown(chdir)}: ${own} is the library's, for the server's configuration and sockets`,
      fix: "give a directory of the application's own, such as '/app'",
      rule: 'XT-MOUNT-HIDES',
    },
  ];
}

/** Where the code of an image lies in `chdir`, nothing may lie over it. */
function hiddenCode(app: App): Problem[] {
  const secrets = secretDirectories(app).filter((path) => isBelow(app.chdir, path));
  const hides = (by: string): Problem => ({
    what: `${by} would hide the code of the application, which is in chdir ${shown(app.chdir)}`,
    fix: "give another path, such as a directory of its own: '/run/secrets', '/srv/data'",
    rule: 'XT-MOUNT-HIDES',
  });
  return [
    ...secrets.map((path) => hides(`the volume of the secret files in ${path}`)),
    ...(hasCodeInChdir(app) ? [...mountsOver(app).map(hides), ...everyContainers(app)] : []),
  ];
}

function hasCodeInChdir({ codeDirectory, module, image }: App): boolean {
  return codeDirectory === undefined && (module.kind === 'file' || image.kind === 'python');
}

/** A directory of the host is left to `hostCodeProblems`; a larger /tmp is told as the /tmp of every container. */
function mountsOver({ mounts, chdir }: App): string[] {
  return mounts
    .filter(({ kind, path }) => kind !== 'host' && path !== '/' && path !== PATHS.scratch)
    .filter(({ path }) => isBelow(chdir, path))
    .map(({ kind, path }) => `${MOUNT_CALLS[kind]} at ${path}`);
}

function everyContainers({ chdir, mounts }: App): Problem[] {
  const over = [PATHS.scratch, ...KERNEL].find((path) => isBelow(chdir, path));
  const isHosts = mounts.some(({ kind, path }) => kind === 'host' && isBelow(chdir, path) && path !== '/');
  if (over === undefined || isHosts) return [];
  return [
    {
      what: `chdir ${shown(chdir)}: every container has a file system of its own at ${over}, which would hide the code of the image`,
      fix: "give a directory that is the image's, such as '/app', or ship the code with codeDirectory",
      rule: 'XT-MOUNT-HIDES',
    },
  ];
}

/** Code that lies on the host changes under a running server, and no rollout and no review sees it. */
export function hostCodeProblems(app: App): Problem[] {
  if (app.development) return [];
  const over = (path: string): boolean => path !== '/' && isBelow(app.chdir, path);
  const mounts = app.mounts.filter(({ kind, path }) => kind === 'host' && over(path));
  return mounts.map(({ path }) => ({
    what: `Mount.hostPath(…, ${shown(path)}) puts the host's files where the code of ${app.server} app "${app.id}" is (chdir ${app.chdir}): they change under the running server, and no rollout and no review sees it`,
    fix: 'ship the code with codeDirectory or in the image, or say development: true where that is what you want',
    construct: app.construct,
    rule: 'DEV-HOST-CODE',
  }));
}
