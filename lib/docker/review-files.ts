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
  mkdirSync(review);
  for (const folder of foldersOf(Object.keys(all))) mkdirSync(join(review, folder));
  for (const [path, text] of Object.entries(all)) writeFileSync(join(review, path), text);
}

/** Each folder once and after the one that it is in: making them one by one costs half of what a recursive `mkdir` does. */
function foldersOf(paths: readonly string[]): string[] {
  const ancestors = (path: string): string[] =>
    dirname(path) === '.' ? [] : [...ancestors(dirname(path)), dirname(path)];
  return [...new Set(paths.flatMap(ancestors))];
}
