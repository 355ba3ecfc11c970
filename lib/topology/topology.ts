import type { Frontend } from './frontend';
import type { GunicornApp } from './gunicorn-app';
import type { StaticMount } from './static-mount';
import type { UwsgiApp } from './uwsgi-app';

/** An application behind whichever server. */
export type App = UwsgiApp | GunicornApp;

/** Everything one stack declares, as plain data: what checks read and files are rendered from. */
export interface Topology {
  readonly stack: string;
  readonly apps: readonly App[];
  readonly frontends: readonly Frontend[];
  readonly staticMounts: readonly StaticMount[];
  /** Ids of persistent volumes that mounts name. */
  readonly dataVolumes: readonly {
    readonly id: string;
    readonly construct: string;
    readonly name?: string;
  }[];
}
