import { topologyProblems } from '../../checks/structure';
import { literal } from '../../docker/terraform-text';
import { ConfigError } from '../../errors';
import type { Problem } from '../../errors';
import { unwritable } from '../../nginx/unwritable';
import type { Frontend } from '../../topology/frontend';
import type { FrontendFiles } from '../../topology/plan/frontend-plan';
import { once } from '../../topology/once';
import { nginxConfig } from '../../topology/render/nginx-config';
import { frontendFiles } from '../../topology/render/rendered-files';
import type { Topology } from '../../topology/topology';
import type { StackTopology } from './stack-topology';

/** Everything that would not work in a stack, all at once. */
export function findingsOf(declared: StackTopology): Problem[] {
  return [...declared.problems(), ...problemsOf(declared.topology())];
}

/** Found once for each revision: every stack of an app reports the findings of all. */
const problemsOf = once((topology: Topology): Problem[] => [
  ...topologyProblems(topology),
  ...unwritableProblems(topology),
]);

/** Every value of a frontend's file that cannot be written, with the construct that it was given to. */
export function unwritableProblems(topology: Topology): Problem[] {
  return topology.frontends.flatMap((frontend) => {
    const { problems } = attempt(frontend, topology);
    if (problems.length === 0) return [];
    const each = unwritable(nginxConfig(frontend, topology), literal);
    return (each.length === 0 ? problems : each).map((one) => ({ construct: frontend.construct, ...one }));
  });
}

/**
 * The files of a frontend, or empty ones where a value cannot be written: cdktf asks for texts before it validates, and would
 * bury the reason in a resolution error. The finding stops the synthesis.
 */
export function writableFiles(frontend: Frontend, topology: Topology): FrontendFiles {
  return attempt(frontend, topology).files;
}

function attempt(
  frontend: Frontend,
  topology: Topology,
): { readonly files: FrontendFiles; readonly problems: readonly Problem[] } {
  try {
    const files = frontendFiles(frontend, topology);
    for (const text of [files.nginxConf, ...files.files.map(({ content }) => content)]) literal(text);
    return { files, problems: [] };
  } catch (error) {
    if (error instanceof ConfigError) {
      return {
        files: { nginxConf: '', gateConf: '', files: [], hash: 'unwritable' },
        problems: error.problems,
      };
    }
    throw error;
  }
}
