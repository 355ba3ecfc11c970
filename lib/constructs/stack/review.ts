import { TerraformStack } from '../../docker/cdktf';
import type { IConstruct } from '../../docker/cdktf';
import { ConfigError } from '../../errors';
import { topologyDiagram } from '../../review/diagram';
import { renderedFiles } from '../../topology/render/rendered-files';
import { findingsOf, unwritableProblems } from './findings';
import { StackTopology } from './stack-topology';

/** What a stack will run, in memory: the same as the review folder, without Docker and without Terraform. */
export class Review {
  /** @param construct The stack, or anything in it. */
  public static of(construct: IConstruct): Review {
    return new Review(StackTopology.find(TerraformStack.of(construct)) ?? StackTopology.of(construct));
  }

  private constructor(private readonly declared: StackTopology) {}

  /**
   * Rendered files: `<construct>/<file>` to its text.
   *
   * @throws ConfigError, with the construct, for a value that cannot be written; `findings` has all of them.
   */
  public get files(): Record<string, string> {
    const [first] = unwritableProblems(this.declared.topology());
    if (first !== undefined) throw new ConfigError(first);
    return renderedFiles(this.declared.topology());
  }

  /** Findings, each as its whole message; empty when there is none. */
  public get findings(): string[] {
    return findingsOf(this.declared).map((problem) => new ConfigError(problem).message);
  }

  /** The topology as JSON. */
  public get topology(): string {
    return JSON.stringify(this.declared.topology(), undefined, 2);
  }

  /** The topology as a Mermaid diagram. */
  public get diagram(): string {
    return topologyDiagram(this.declared.topology());
  }
}
