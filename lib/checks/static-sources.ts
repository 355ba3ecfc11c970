import { shown } from '../errors';
import type { Problem } from '../errors';
import { isBelow } from '../topology/derive/paths';
import type { Topology } from '../topology/topology';

/** Directories of an application's image that hold its code: nginx would send the source to whoever asks. */
export function staticSourceProblems({ staticMounts, apps }: Topology): Problem[] {
  return staticMounts.flatMap(({ source, construct, path }): Problem[] => {
    if (source.kind !== 'appImage') return [];
    const app = apps.find(({ id }) => id === source.app);
    if (app === undefined || !isBelow(app.chdir, source.directory)) return [];
    return [
      {
        what: `StaticSource.appImage(…, ${shown(source.directory)}) would serve the code of ${app.server} app "${app.id}" (chdir ${app.chdir}) at ${path}`,
        fix: `give a directory that holds nothing but static files, such as ${shown(`${app.chdir}/static`)}`,
        construct,
        rule: 'XT-STATIC-SRC',
      },
    ];
  });
}
