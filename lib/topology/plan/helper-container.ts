import type { ContainerPlan } from './container-plan';

/** What every helper that only touches volumes has in common: no network, no limits to declare, nothing to restart. */
export const HELPER = {
  groupAdd: [],
  readOnlyRoot: false,
  noNewPrivileges: true,
  generation: false,
  tmpfs: {},
  network: { mode: 'none', networks: [] },
  ports: [],
  restart: 'no',
  init: false,
  limits: {},
  sysctls: {},
  labels: {},
  dependsOn: [],
  replacedWith: [],
  createBeforeDestroy: true,
} as const satisfies Partial<ContainerPlan>;
