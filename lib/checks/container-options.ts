import { passedThroughProblems } from '../topology/gunicorn-decisions';
import { isBelow } from '../topology/derive/paths';
import { shown } from '../errors';
import type { Problem } from '../errors';
import type { App, Topology } from '../topology/topology';
import { uwsgiOptionProblems } from './uwsgi-options';

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
  if (app.server === 'uwsgi') return uwsgiOptionProblems(app);
  return passedThroughProblems(app.settings).map((problem) => ({ ...problem, construct: app.construct }));
}
