import type { App } from '../topology';
import type { Worker } from '../worker';
import { generations } from './app-plan';
import type { ContainerPlan, LimitsPlan } from './container-plan';
import { behindTheScenes } from './release-plan';
import type { ResourcePlan } from './stack-plan';

/** The containers of a worker: what its application's are, but for what makes those servers. */
export function workerPlan(worker: Worker, app: App): ResourcePlan {
  const containers = Array.from({ length: worker.replicas }, (_, slot) => container(worker, app, slot));
  return { images: [], networks: [], volumes: [], containers };
}

function container(worker: Worker, app: App, slot: number): ContainerPlan {
  const like = generations(app).at(-1);
  if (like === undefined) throw new Error(`the application ${app.id} has no containers`);
  const [program = '', ...args] = worker.command;
  return {
    ...behindTheScenes(app, like),
    key: `${worker.id}-${String(slot)}`,
    role: 'worker',
    construct: worker.construct,
    entrypoint: [program],
    command: args,
    environment: { ...like.environment, ...worker.environment },
    stop: { signal: worker.stopSignal, graceSeconds: worker.stopGraceSeconds },
    limits: limitsOf(worker, like.limits),
    createBeforeDestroy: !worker.alone,
  };
}

function limitsOf({ cpus, memoryBytes }: Worker, like: LimitsPlan): LimitsPlan {
  return {
    ...like,
    ...(cpus === undefined ? {} : { cpus }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
  };
}
