import type { Problem } from '../errors';
import type { App, Topology } from '../topology/topology';

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
