import { join } from 'node:path';
import { TerraformStack } from '../docker/cdktf';
import type { ISynthesisSession } from '../docker/cdktf';
import { writeReview } from '../docker/review-files';
import { writeContexts } from '../docker/staged-contexts';
import { ConfigError } from '../errors';
import { renderedFiles } from '../topology/render/rendered-files';
import { findingsOf } from './findings';
import type { StackTopology } from './stack-topology';

/**
 * Hooks a stack's topology into cdktf's synthesis: findings stop it before any stack is written, and the review folder is
 * written beside `cdk.tf.json`.
 */
export function installSynthesis(
  stack: TerraformStack,
  declared: StackTopology,
  find: (other: TerraformStack) => StackTopology | undefined,
): void {
  stack.node.addValidation({ validate: () => findingsOfApp(stack, find) });
  const inner = stack.synthesizer;
  stack.synthesizer = {
    addFileAsset: undefined,
    synthesize(session: ISynthesisSession): void {
      inner.synthesize(session);
      const folder = session.manifest.forStack(stack).workingDirectory;
      writeContexts(join(session.outdir, folder), declared.staged());
      writeReview(session.outdir, folder, declared.topology(), renderedFiles(declared.topology()));
    },
  } as typeof inner;
}

/** Every stack reports the findings of all of them, so that a mistake in the last one leaves nothing written. */
function findingsOfApp(
  stack: TerraformStack,
  find: (other: TerraformStack) => StackTopology | undefined,
): string[] {
  const stacks = stack.node.root.node.findAll().filter((node) => TerraformStack.isStack(node));
  return stacks.flatMap((each) => {
    const declared = find(each);
    return declared === undefined
      ? []
      : findingsOf(declared).map((problem) => new ConfigError(problem).message);
  });
}
