import type { Problem } from '../errors';
import type { Frontend } from '../topology/frontend';
import { takesEncodedPath } from '../topology/render/encoded-path';
import { passedBackends } from '../topology/render/frontend-parts';
import type { Topology } from '../topology/topology';

/** Rule XT-PATH: nginx sends all members of an upstream the same path, decoded or as the client wrote it. */
export function mixedPathProblems(frontend: Frontend, { apps }: Topology): Problem[] {
  return passedBackends(frontend).flatMap((backend): Problem[] => {
    const members = apps.filter(({ id }) => backend.apps.includes(id));
    const decoding = members.find(takesEncodedPath);
    const other = members.find((app) => !takesEncodedPath(app));
    if (backend.protocol !== 'uwsgi' || decoding === undefined || other === undefined) return [];
    return [
      {
        what: `${backend.choice === undefined ? 'upstream ' : ''}${backend.name} has gunicorn app "${decoding.id}", which decodes the path of a request itself, beside ${other.server} app "${other.id}", which does not: one of them would see another path`,
        fix: 'give both protocol HTTP, or pass to each from a location of its own',
        construct: frontend.construct,
        rule: 'XT-PATH',
      },
    ];
  });
}
