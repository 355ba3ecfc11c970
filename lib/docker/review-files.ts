import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Topology } from '../topology/topology';
import { topologyDiagram } from '../review/diagram';

/** Writes the folder for people beside `cdk.tf.json`: rendered files as files, the topology, its diagram. */
export function writeReview(
  outdir: string,
  folder: string,
  topology: Topology,
  files: Readonly<Record<string, string>>,
): void {
  const review = join(outdir, folder, 'review');
  rmSync(review, { recursive: true, force: true });
  const all = {
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`files/${path}`, text])),
    'topology.json': `${JSON.stringify(topology, undefined, 2)}\n`,
    'topology.mmd': topologyDiagram(topology),
    'findings.json': '[]\n',
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(review, path)), { recursive: true });
    writeFileSync(join(review, path), text);
  }
}
