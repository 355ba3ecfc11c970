import { Testing } from 'cdktf';
import type { TerraformStack } from 'cdktf';
import { Review } from 'cdktf-wsgi';
import { Direct } from '../examples/direct/main';
import { HandWritten } from '../examples/hand-written/main';
import { ManyDomains } from '../examples/many-domains/main';
import type { TableFile } from './table-file';

/** Every example, and how to make its stack. */
export const EXAMPLES: Readonly<Record<string, () => TerraformStack>> = {
  'hand-written': () => new HandWritten(Testing.app(), 'hand-written'),
  direct: () => new Direct(Testing.app(), 'direct'),
  'many-domains': () => new ManyDomains(Testing.app(), 'many-domains'),
};

/**
 * What an example renders, as files beside it: for people who want to see it before they run anything, and for the test that
 * compares every line. `resources.json` holds the Docker resources; hashes of contents are written as `<hash>`, and uploaded texts as the
 * names of their files.
 */
export function exampleFiles(name: string, stack: TerraformStack): TableFile[] {
  const { files, diagram } = Review.of(stack);
  const folder = `examples/${name}/rendered`;
  const shown = Object.entries(files).filter(([path]) => path !== 'probe.py');
  return [
    ...shown.map(([path, text]) => ({ path: `${folder}/${path}`, text })),
    { path: `${folder}/topology.mmd`, text: diagram },
    { path: `${folder}/resources.json`, text: resources(stack, files) },
  ];
}

function resources(stack: TerraformStack, files: Readonly<Record<string, string>>): string {
  const { resource, output } = JSON.parse(Testing.synth(stack)) as Record<string, unknown>;
  const text = JSON.stringify({ resource, output }, undefined, 2).replace(/\b[0-9a-f]{16}\b/g, '<hash>');
  const named = Object.entries(files).reduce((result, [path, content]) => {
    const quoted = JSON.stringify(content);
    return result.replaceAll(quoted, JSON.stringify(`<${path}>`));
  }, text);
  return `${named.replaceAll(/"GATE_CONF=(?:[^"\\]|\\.)*"/g, '"GATE_CONF=<gate.conf>"')}\n`;
}
