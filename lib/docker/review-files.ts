import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Problem } from '../errors';
import type { Topology } from '../topology/topology';
import { topologyDiagram } from '../review/diagram';

/** What a reviewer is shown of a stack. */
export interface ReviewContent {
  readonly topology: Topology;
  readonly files: Readonly<Record<string, string>>;
  readonly findings: readonly Problem[];
}

/** Writes the folder for people beside `cdk.tf.json`: rendered files as files, the topology, its diagram, the findings. */
export function writeReview(
  outdir: string,
  folder: string,
  { topology, files, findings }: ReviewContent,
): void {
  const review = join(outdir, folder, 'review');
  rmSync(review, { recursive: true, force: true });
  const all = {
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`files/${path}`, text])),
    'topology.json': json(topology),
    'topology.mmd': topologyDiagram(topology),
    'findings.json': json(findings),
  };
  mkdirSync(review);
  for (const folder of foldersOf(Object.keys(all))) mkdirSync(join(review, folder));
  for (const [path, text] of Object.entries(all)) writeFileSync(join(review, path), text);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Each folder once and after the one that it is in: making them one by one costs half of what a recursive `mkdir` does. */
function foldersOf(paths: readonly string[]): string[] {
  const ancestors = (path: string): string[] =>
    dirname(path) === '.' ? [] : [...ancestors(dirname(path)), dirname(path)];
  return [...new Set(paths.flatMap(ancestors))];
}
