import type { Logging } from '../app';
import type { ContainerPlan } from './container-plan';

/** Log driver and rotation, stated always: a daemon's own defaults would force a replacement on every apply. */
export const DEFAULT_LOGGING: Logging = {
  driver: 'json-file',
  options: { 'max-file': '3', 'max-size': '10m' },
};

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
  logging: DEFAULT_LOGGING,
  init: false,
  limits: {},
  sysctls: {},
  labels: {},
  dependsOn: [],
  replacedWith: [],
  createBeforeDestroy: true,
} as const satisfies Partial<ContainerPlan>;
