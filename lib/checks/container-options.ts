import { passedThroughProblems } from '../topology/gunicorn-decisions';
import { isBelow } from '../topology/derive/paths';
import { shown } from '../errors';
import type { Problem } from '../errors';
import type { App, Topology } from '../topology/topology';
import type { UwsgiApp } from '../topology/uwsgi-app';

interface Misfit {
  readonly why: string;
  readonly fix: string;
  readonly rule: string;
}

const FOREGROUND: Omit<Misfit, 'rule'> = {
  why: 'the foreground process ends, and the container with it',
  fix: 'leave it out: the engine keeps the container in the background',
};
const LOG_FILE: Misfit = {
  why: 'the root is read-only, nothing rotates the file, and docker logs would be empty',
  fix: "leave it out: the log is the container's output, kept by the prop logging",
  rule: 'UWS-LOGTO',
};
const PID: Omit<Misfit, 'rule'> = {
  why: 'the engine knows the process, and an unwritable path stops the start',
  fix: 'leave it out',
};

/** Options that uWSGI takes and a container cannot use (each seen). */
const UWSGI_MISFITS: Readonly<Record<string, Misfit>> = {
  daemonize: { ...FOREGROUND, rule: 'UWS-DAEMONIZE' },
  logto: LOG_FILE,
  logto2: LOG_FILE,
  daemonize2: { ...FOREGROUND, rule: 'UWS-DAEMONIZE' },
  pidfile: { ...PID, rule: 'UWS-PIDFILE' },
  uid: {
    why: 'uWSGI refuses to start: the container does not run as root',
    fix: 'use the prop uid',
    rule: 'UWS-UID-NONROOT',
  },
  gid: {
    why: 'uWSGI refuses to start: the container does not run as root',
    fix: 'use the prop gid',
    rule: 'UWS-UID-NONROOT',
  },
};

/** What uWSGI would serve or offer in vain: a loopback port of the container, and the application's own source. */
export function uwsgiProblems(app: UwsgiApp): Problem[] {
  const values = (name: string): string[] =>
    app.options.flatMap((line) => (line.name === name ? [line.value] : []));
  const loopback = values('stats').filter((address) => /^(?:127\.|localhost|\[?::1)/.test(address));
  const maps = [
    ...app.staticMaps,
    ...values('static-map').map((value) => {
      const [path = '', directory = ''] = value.split('=', 2);
      return { path, directory };
    }),
  ].filter(({ directory }) => isBelow(app.chdir, directory));
  return [
    ...loopback.map((address) => ({
      what: `stats on ${address}: that is the container's own loopback, where nobody can ask`,
      fix: 'use the prop stats, such as stats: 9191, which listens on every address of the container',
      construct: app.construct,
      rule: 'UWS-STATS-LOOPBACK',
    })),
    ...maps.map(({ path, directory }) => ({
      what: `${path} would serve ${directory}, and the application's source code in ${app.chdir} with it`,
      fix: 'give a directory of its own below it, such as /static, or let nginx serve the files: StaticMount',
      construct: app.construct,
      rule: 'UWS-STATIC-CODE',
    })),
  ];
}

/** Directories of an application's container that two things want. */
export function mountProblems(app: App): Problem[] {
  const wanted = [
    ...(app.codeDirectory === undefined ? [] : [app.chdir]),
    ...app.mounts.map(({ path }) => path),
    ...new Set(app.secretFiles.map(({ path }) => path.slice(0, path.lastIndexOf('/')))),
  ];
  const twice = wanted.filter((path, at) => wanted.indexOf(path) !== at);
  const ours = wanted.filter((path) => ['/run/wsgi', '/etc/wsgi'].some((own) => isBelow(path, own)));
  const files = app.secretFiles.map(({ path }) => path);
  const sameFile = files.filter((path, at) => files.indexOf(path) !== at);
  return [...twice, ...ours, ...sameFile].map((path) => ({
    what: `${path} of ${app.server} app "${app.id}" is wanted by two: each path has one owner, and /run/wsgi and /etc/wsgi are the library's`,
    fix: 'give one of them another path',
    construct: app.construct,
    rule: 'XT-MOUNT-DUP',
  }));
}

/** Code that lies on the host changes under a running server, and no rollout and no review sees it. */
export function hostCodeProblems(app: App): Problem[] {
  if (app.development) return [];
  const mounts = app.mounts.filter((mount) => mount.kind === 'host' && isBelow(app.chdir, mount.path));
  return mounts.map(({ path }) => ({
    what: `Mount.hostPath(…, ${shown(path)}) puts the host's files where the code of ${app.server} app "${app.id}" is (chdir ${app.chdir}): they change under the running server, and no rollout and no review sees it`,
    fix: 'ship the code with codeDirectory or in the image, or say development: true where that is what you want',
    construct: app.construct,
    rule: 'DEV-HOST-CODE',
  }));
}

/** Persistent data have one owner: applications of different users would take them from each other at every rollout. */
export function dataProblems(topology: Topology): Problem[] {
  const owners = new Map<string, App>();
  return topology.apps.flatMap((app) =>
    app.mounts.flatMap((mount): Problem[] => {
      if (mount.kind !== 'volume' || mount.readOnly) return [];
      const other = owners.get(mount.volume);
      owners.set(mount.volume, other ?? app);
      if (other === undefined || (other.uid === app.uid && other.gid === app.gid)) return [];
      return [
        {
          what: `${other.construct} (${String(other.uid)}:${String(other.gid)}) and ${app.construct} (${String(app.uid)}:${String(app.gid)}) both write data volume "${mount.volume}"`,
          fix: 'give both the same uid and gid, or mount it read-only in one of them',
          construct: app.construct,
          rule: 'XT-DATA-OWNER',
        },
      ];
    }),
  );
}

/** What an application passes through although no container can use it. */
export function containerProblems(app: App): Problem[] {
  if (app.server === 'gunicorn') {
    return passedThroughProblems(app.settings).map((problem) => ({ ...problem, construct: app.construct }));
  }
  return app.options.flatMap(({ name }) => {
    const misfit = Object.hasOwn(UWSGI_MISFITS, name) ? UWSGI_MISFITS[name] : undefined;
    if (misfit === undefined) return [];
    const { why, fix, rule } = misfit;
    return [{ what: `${name} has no place in a container: ${why}`, fix, construct: app.construct, rule }];
  });
}
