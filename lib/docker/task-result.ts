import type { ContainerPlan } from '../topology/plan/container-plan';
import { addressOf } from './address';
import type { Construct, Container } from './cdktf';
import { TerraformResource } from './cdktf';
import { lateText } from './late';
import { literal } from './terraform-text';

/**
 * Fails an apply when a task has failed, and stands in its place for whatever comes after it. What it says: whose the task is,
 * its own output, and how to run it again, since the stored exit code fails every later plan.
 *
 * Not a condition of the container itself: when an apply was killed while it removed the task's predecessor, Terraform (seen with
 * 1.11) finds that gone, checks the condition twice, and panics at every later apply. This one is changed in place and so has no
 * predecessors.
 */
export function taskResult(scope: Construct, plan: ContainerPlan, task: Container): TerraformResource {
  const address = (): string => addressOf(task);
  const hint = literal(plan.failureHint ?? `${plan.key} failed`);
  const condition = lateText(() => `\${${address()}.exit_code == 0}`);
  const errorMessage = lateText(
    () =>
      `${hint}\n\${${address()}.container_logs}\nto run it again unchanged: terraform apply -replace=${address()}`,
  );
  const result = new TerraformResource(scope, `${plan.key}-result`, {
    terraformResourceType: 'terraform_data',
    lifecycle: { precondition: [{ condition, errorMessage }] },
  });
  result.addOverride('input', task.id);
  return result;
}
