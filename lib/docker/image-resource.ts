import { join, relative, resolve, sep } from 'node:path';
import type { BuiltImage, ImagePlan } from '../topology/plan/stack-plan';
import type { ContextFile } from './build-context';
import { contextFiles, contextHash } from './build-context';
import type { Construct } from './cdktf';
import { App, Image, TerraformStack } from './cdktf';
import type { TerraformProvider } from './cdktf';
import { readable } from './names';
import { refuseMissing } from './needs';
import { literal, literals, terraformText } from './terraform-text';

/** A context that is written beside `cdk.tf.json`: our Dockerfile, and the directory's files under `files/`. */
export interface StagedContext {
  /** Relative to the stack's folder. */
  readonly path: string;
  readonly instructions: string;
  readonly directory: string;
  readonly files: readonly ContextFile[];
}

/**
 * The image of a plan, and what has to be staged for it. Its labels make it another image than one of the same content: to remove two
 * names of one image at once may fail as well.
 */
export function imageResource(
  scope: Construct,
  plan: ImagePlan,
  provider: TerraformProvider | undefined,
): { readonly image: Image; readonly staged?: StagedContext } {
  const given = provider === undefined ? {} : { provider };
  const id = `${plan.key}-image`;
  if (plan.kind === 'pulled') {
    return { image: new Image(scope, id, { name: terraformText(plan.name), keepLocally: true, ...given }) };
  }
  const stack = TerraformStack.of(scope).node.id;
  const files = contextFiles(plan.directory, ownDockerfile(plan));
  refuseMissing(plan, files);
  const hash = contextHash(files, [stack, plan.key, plan.instructions, plan.dockerfile, plan.buildArgs]);
  const staged = stagedContext(plan, files, hash);
  const context = staged === undefined ? fromStackFolder(scope, plan.directory) : `./${staged.path}`;
  const image = new Image(scope, id, {
    name: `${readable(`${stack}-${plan.key}`)}:${hash}`,
    keepLocally: false,
    triggers: { context: hash },
    buildAttribute: {
      context: literal(context),
      dockerfile: literal(ownDockerfile(plan) ?? 'Dockerfile'),
      label: { 'cdktf-wsgi.stack': literal(stack), 'cdktf-wsgi.image': literal(plan.key) },
      ...(Object.keys(plan.buildArgs).length === 0 ? {} : { buildArgs: literals(plan.buildArgs) }),
    },
    lifecycle: { createBeforeDestroy: true },
    ...given,
  });
  return staged === undefined ? { image } : { image, staged };
}

/** The Dockerfile that the directory itself brings. */
function ownDockerfile(plan: BuiltImage): string | undefined {
  return plan.instructions === undefined ? (plan.dockerfile ?? 'Dockerfile') : undefined;
}

function stagedContext(
  plan: BuiltImage,
  files: readonly ContextFile[],
  hash: string,
): StagedContext | undefined {
  if (plan.instructions === undefined) return undefined;
  return {
    path: `context/${readable(plan.key)}-${hash}`,
    instructions: plan.instructions,
    directory: plan.directory,
    files,
  };
}

/** Relative to where Terraform runs, always, so that another checkout of the same code plans no change. */
function fromStackFolder(scope: Construct, directory: string): string {
  const folder = join(App.of(scope).outdir, 'stacks', TerraformStack.of(scope).node.id);
  return relative(resolve(folder), resolve(directory)).split(sep).join('/');
}
