import { join } from 'node:path';
import { TerraformStack } from '../../docker/cdktf';
import type { ISynthesisSession } from '../../docker/cdktf';
import { writeReview } from '../../docker/review-files';
import { writeContexts } from '../../docker/staged-contexts';
import { ConfigError } from '../../errors';
import { renderedFiles } from '../../topology/render/rendered-files';
import { findingsOf } from './findings';
import type { StackTopology } from './stack-topology';

/** Says that a stack reports findings already; two copies of the library share it. */
const GUARDED = Symbol.for('cdktf-wsgi/guarded');

type Find = (stack: TerraformStack) => StackTopology | undefined;

/**
 * Hooks a stack's topology into cdktf's synthesis: findings stop it before any stack is written, and the review folder is
 * written beside `cdk.tf.json`.
 */
export function installSynthesis(stack: TerraformStack, declared: StackTopology, find: Find): void {
  guard(stack, find);
  const prepare = stack.prepareStack.bind(stack);
  stack.prepareStack = () => {
    for (const other of stacksOf(stack)) guard(other, find);
    prepare();
  };
  const inner = stack.synthesizer;
  stack.synthesizer = {
    addFileAsset: undefined,
    synthesize(session: ISynthesisSession): void {
      inner.synthesize(session);
      const folder = session.manifest.forStack(stack).workingDirectory;
      const topology = declared.topology();
      writeContexts(join(session.outdir, folder), declared.staged());
      writeReview(session.outdir, folder, {
        topology,
        files: renderedFiles(topology),
        findings: findingsOf(declared),
      });
    },
  } as typeof inner;
}

/**
 * Lets a stack report the findings of all, so that a mistake in the last one leaves nothing written. cdktf validates and writes one stack
 * after the other, those too that have nothing of ours; it prepares all of them before, and then each is there.
 */
function guard(stack: TerraformStack & { [GUARDED]?: boolean }, find: Find): void {
  if (stack[GUARDED] === true) return;
  Object.defineProperty(stack, GUARDED, { value: true });
  stack.node.addValidation({
    validate: () => stacksOf(stack).flatMap((other) => messagesOf(other, stack, find)),
  });
}

/** The findings of a stack; cdktf puts the path of the one that reports them in front. */
function messagesOf(stack: TerraformStack, reporter: TerraformStack, find: Find): string[] {
  const declared = find(stack);
  if (declared === undefined) return [];
  const from = stack === reporter ? '' : `in stack ${stack.node.id}: `;
  return findingsOf(declared).map((problem) => `${from}${new ConfigError(problem).message}`);
}

function stacksOf(stack: TerraformStack): TerraformStack[] {
  return stack.node.root.node.findAll().filter((node) => TerraformStack.isStack(node));
}
