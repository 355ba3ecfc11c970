import { shown } from '../errors';
import type { Problem } from '../errors';
import { OWN_DIRECTORIES, PATHS, isBelow, secretDirectories } from '../topology/derive/paths';
import type { App } from '../topology/topology';

/** Directories that every image has: whatever is mounted there hides the programs of the image. */
const SYSTEM = ['/bin', '/boot', '/dev', '/etc', '/lib', '/lib64', '/proc', '/run', '/sbin', '/sys', '/usr'];

/** Directories that images have files in: a volume of secrets would hide them. */
const FILLED = new Set([
  ...SYSTEM,
  ...['/etc/ssl', '/etc/ssl/certs', '/etc/ssl/private', '/home', '/media', '/mnt', '/opt', '/root', '/srv'],
  ...['/var', '/var/cache', '/var/lib', '/var/log', '/var/run', '/var/tmp'],
]);

/** Trees that nothing of a user's belongs into. */
const CLOSED = ['/bin', '/boot', '/dev', '/lib', '/lib64', '/proc', '/sbin', '/sys', '/usr'];

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
    ...hiddenCode(app),
  ].map((problem) => ({ ...problem, construct: app.construct }));
}

function wantedBy(app: App): Wanted[] {
  const code = app.codeDirectory === undefined ? [] : [{ path: app.chdir, by: 'codeDirectory' }];
  const mounts = app.mounts.map(({ kind, path }) => ({
    path,
    by: `${MOUNT_CALLS[kind]} at ${path}`,
    resizes: kind === 'tmpfs',
  }));
  const secrets = secretDirectories(app).map((path) => ({ path, by: `the secret files in ${path}` }));
  return [...code, ...mounts, ...secrets].map((each) => ({ resizes: false, ...each }));
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
  const mounts = app.mounts.filter(({ path }) => path === '/' || SYSTEM.includes(path));
  const secrets = secretDirectories(app).filter(
    (path) => FILLED.has(path) || CLOSED.some((closed) => isBelow(path, closed)),
  );
  return [
    ...mounts.map(({ kind, path }) => ({
      what: `${MOUNT_CALLS[kind]} at ${path} would hide what the image has there, and the server with it`,
      fix: 'mount a directory below it',
      rule: 'XT-MOUNT-HIDES',
    })),
    ...secrets.map((path) => ({
      what: `the secret files in ${path} lie on a volume of their own, which would hide what the image has in ${path}`,
      fix: "put them into a directory that no image has, such as '/run/secrets'",
      rule: 'XT-MOUNT-HIDES',
    })),
  ];
}

/** Where the code is a file of `chdir`, nothing may lie over it. */
function hiddenCode(app: App): Problem[] {
  const secrets = secretDirectories(app).filter((path) => isBelow(app.chdir, path));
  const over = app.mounts.filter(
    ({ kind, path }) => kind !== 'host' && path !== '/' && isBelow(app.chdir, path),
  );
  const mounts = app.codeDirectory === undefined && app.module.kind === 'file' ? over : [];
  const hides = (by: string): Problem => ({
    what: `${by} would hide the code of the application, which is in chdir ${shown(app.chdir)}`,
    fix: "give another path, such as a directory of its own: '/run/secrets', '/srv/data'",
    rule: 'XT-MOUNT-HIDES',
  });
  return [
    ...secrets.map((path) => hides(`the volume of the secret files in ${path}`)),
    ...mounts.map(({ kind, path }) => hides(`${MOUNT_CALLS[kind]} at ${path}`)),
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
