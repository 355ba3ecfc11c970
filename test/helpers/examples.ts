import { resolve } from 'node:path';
import { StackTopology } from '../../lib/constructs/stack/stack-topology';
import type { App, Topology } from '../../lib/topology/topology';
import { EXAMPLES } from '../../scripts/example-files';

/** A file or a directory of the examples. */
export function examplePath(path: string): string {
  return resolve(__dirname, '../../examples', path);
}

/**
 * The topology of an example, with the releases of Debian 12 declared in place of those that its images have: the same props,
 * rendered for the programs of this machine.
 */
export function exampleOnDebian12(name: string): Topology {
  const build = EXAMPLES[name];
  if (build === undefined) throw new Error(`there is no example ${name}`);
  return onDebian12(StackTopology.of(build()).topology());
}

/** The same of any topology. */
export function onDebian12(topology: Topology): Topology {
  const streamModule = 'modules/ngx_stream_module.so';
  return {
    ...topology,
    apps: topology.apps.map(appOnDebian12),
    frontends: topology.frontends.map((frontend) => ({ ...frontend, version: '1.22.1', streamModule })),
  };
}

function appOnDebian12(app: App): App {
  return app.server === 'uwsgi'
    ? { ...app, serverVersion: '2.0.21', pythonPlugin: 'modular', pluginName: 'python3' }
    : { ...app, serverVersion: '20.1.0' };
}
