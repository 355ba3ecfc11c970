import { appConfigText, frontendFiles } from '../render/rendered-files';
import type { Topology } from '../topology';
import { appPlan } from './app-plan';
import { dataPlan } from './data-plan';
import { frontendPlan } from './frontend-plan';
import { onHost } from './host-plan';
import type { ResourcePlan } from './stack-plan';
import { codePlans, staticPlan } from './static-plan';
import { workerPlan } from './worker-plan';

/** Everything that a stack asks the engine for, one plan for each construct. */
export function topologyPlans(topology: Topology): ResourcePlan[] {
  return [
    ...topology.dataVolumes.map(dataPlan),
    ...topology.apps.flatMap((app) => [...codePlans(app), appPlan(app, appConfigText(app))]),
    ...topology.workers.flatMap((worker) => {
      const app = topology.apps.find(({ id }) => id === worker.app);
      return app === undefined ? [] : [workerPlan(worker, app)];
    }),
    ...topology.staticMounts.map(staticPlan),
    ...topology.frontends.map((frontend) =>
      frontendPlan(frontend, topology, frontendFiles(frontend, topology)),
    ),
  ].map((plan) => onHost(plan, topology.host));
}
