import type { Construct, Container } from '../../docker/cdktf';
import { TerraformOutput } from '../../docker/cdktf';
import { lateList } from '../../docker/late';

/** What a construct tells after an apply. */
interface Outputs {
  /** Read late, since servers may be added; absent for what publishes nothing. */
  readonly urls?: () => string[];
  readonly containers: readonly Container[];
}

/**
 * Outputs `<id>-urls` and `<id>-containers`: names of containers are new at each creation, and `docker logs` wants one. Their
 * own names are not hashed, since ids are unique within a stack.
 */
export function addOutputs(scope: Construct, id: string, { urls, containers }: Outputs): void {
  if (urls !== undefined) {
    output(scope, `${id}-urls`, lateList(urls), `Where ${id} is reached`);
  }
  const names = containers.map((container) => container.name);
  output(scope, `${id}-containers`, names, `Containers of ${id}`);
}

function output(scope: Construct, name: string, value: unknown, description: string): void {
  const made = new TerraformOutput(scope, name, { value, description });
  made.overrideLogicalId(name);
}
