import type { Problem } from '../errors';
import { mebibytesText, tmpfsSizes } from '../topology/derive/container-room';
import type { Frontend } from '../topology/frontend';
import { appsBehind } from '../topology/render/frontend-parts';
import type { App, Topology } from '../topology/topology';
import type { UwsgiApp } from '../topology/uwsgi-app';
import { MEBIBYTE } from '../values/mebibyte';

/**
 * Rule UWS-POSTBUF-TMP: uWSGI writes a body that is longer than `post-buffering` below /tmp before the application sees it, and answers 500
 * where it does not fit (seen: `No space left on device`).
 */
export function bodyProblems(frontend: Frontend, topology: Topology): Problem[] {
  return frontend.servers.flatMap((server) => {
    const body = server.clientMaxBodySizeBytes ?? frontend.clientMaxBodySizeBytes;
    return appsBehind(server, topology)
      .filter(spools)
      .flatMap((app) => {
        const room = roomOf(app);
        if (room === undefined || body <= room || body <= app.postBufferingBytes) return [];
        return [
          {
            what: `clientMaxBodySize lets in bodies of ${mebibytesText(body)}, and uwsgi app "${app.id}" writes them into a /tmp of ${mebibytesText(room)}: it would answer 500`,
            fix: `give it mounts: [Mount.tmpfs('/tmp', Size.mebibytes(${String(Math.ceil(body / MEBIBYTE))}))], times as many as may come at once, environment TMPDIR with a mounted directory, or let in less`,
            construct: app.construct,
            rule: 'UWS-POSTBUF-TMP',
          },
        ];
      });
  });
}

/** Off with 0. */
function spools(app: App): app is UwsgiApp {
  return app.server === 'uwsgi' && app.postBufferingBytes > 0;
}

/** Size of /tmp, which is a tmpfs in every container; undefined where bodies go elsewhere. */
function roomOf(app: UwsgiApp): number | undefined {
  return Object.hasOwn(app.environment, 'TMPDIR') ? undefined : new Map(tmpfsSizes(app)).get('/tmp');
}
