import type { DataVolume } from './data-volume';
import type { DockerHost } from './docker-host';
import type { Frontend } from './frontend';
import type { GunicornApp } from './gunicorn-app';
import type { StaticMount } from './static-mount';
import type { UwsgiApp } from './uwsgi-app';
import type { Worker } from './worker';

/** An application behind whichever server. */
export type App = UwsgiApp | GunicornApp;

/** Everything one stack declares, as plain data: what checks read and files are rendered from. */
export interface Topology {
  readonly stack: string;
  readonly host: DockerHost;
  readonly apps: readonly App[];
  /** Processes beside the applications. */
  readonly workers: readonly Worker[];
  readonly frontends: readonly Frontend[];
  readonly staticMounts: readonly StaticMount[];
  /** Volumes that outlive every container. */
  readonly dataVolumes: readonly DataVolume[];
}
