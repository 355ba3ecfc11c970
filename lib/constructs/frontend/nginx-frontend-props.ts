import type { HealthCheck } from '../app/health-check';
import type { TerraformProvider } from '../../docker/cdktf';
import type { Duration } from '../../values/duration';
import type { Size } from '../../values/size';
import type { AccessLog } from './access-log';
import type { Gate } from './gate';
import type { Listener } from './listener';
import type { Logging } from '../container/logging';
import type { NginxImage } from './nginx-image';
import type { RestartPolicy } from '../container/restart-policy';

/** Properties of an nginx in front of applications, named as nginx names its directives. */
export interface NginxFrontendProps {
  /**
   * The image that nginx runs from.
   *
   * @default NginxImage.official('1.28.0')
   */
  readonly image?: NginxImage;
  /**
   * What the world connects to.
   *
   * @default - port 8080 on loopback
   */
  readonly listeners?: Listener[];
  /**
   * What owns the published ports.
   *
   * @default Gate.container(), so that nginx can be replaced without closing them
   */
  readonly gate?: Gate;
  /**
   * Names of the frontend's own server; other names are then refused.
   *
   * @default - it answers to every name, if anything is added to it; otherwise names that no server has are refused
   */
  readonly serverNames?: string[];
  /**
   * Charset of the Content-Type of answers.
   *
   * @default - none is added (nginx)
   */
  readonly charset?: string;
  /**
   * What nginx writes down of each request.
   *
   * @default AccessLog.combined() (nginx)
   */
  readonly accessLog?: AccessLog;
  /**
   * Largest request body.
   *
   * @default Size.mebibytes(1) (nginx)
   */
  readonly clientMaxBodySize?: Size;
  /**
   * Worker processes.
   *
   * @default - one for each declared cpu, rounded up (nginx: 1)
   */
  readonly workerProcesses?: number;
  /**
   * Connections of each worker, those to applications included.
   *
   * @default 1024 (nginx: 512)
   */
  readonly workerConnections?: number;
  /**
   * Time that an idle connection of a client is kept.
   *
   * @default Duration.seconds(65) (nginx: 75 s)
   */
  readonly keepaliveTimeout?: Duration;
  /**
   * Requests that one connection of a client may carry.
   *
   * @default - 1000 from nginx 1.19.10, 100 before (nginx)
   */
  readonly keepaliveRequests?: number;
  /**
   * DNS server that nginx asks for the IPv4 addresses of names while it runs: of applications over TCP, of other servers, and in
   * directives passed through. Before nginx 1.27.3, names of an upstream with several members are resolved at its start alone.
   *
   * @default - the engine's own, 127.0.0.11, where nginx is on a network that has it: that of an application over TCP, or one of
   * `networks`. The engine's default network has none, and names are resolved once there, at nginx's start
   */
  readonly resolver?: string;
  /**
   * Time that requests in flight get at a reload or a stop.
   *
   * @default Duration.seconds(30) (nginx: unlimited)
   */
  readonly workerShutdownTimeout?: Duration;
  /**
   * Cpus that nginx may use.
   *
   * @default - as many as the host has, with one worker
   */
  readonly cpus?: number;
  /**
   * Memory that nginx may use, its temporary files and swap included.
   *
   * @default - as much as the host has
   */
  readonly memory?: Size;
  /**
   * Room for nginx's temporary files, in memory: request bodies and answers that are larger than its buffers.
   *
   * @default - 64 MiB and four request bodies of the largest size that is let in
   */
  readonly scratchSize?: Size;
  /**
   * Numeric user that nginx runs as, from its start.
   *
   * @default 101, as in the official image
   */
  readonly uid?: number;
  /**
   * Numeric primary group.
   *
   * @default - the same number as `uid`
   */
  readonly gid?: number;
  /**
   * Names or ids of Docker networks to join, where external backends live.
   *
   * @default - none: those of its applications, and none at all when all are reached over sockets
   */
  readonly networks?: string[];
  /**
   * How often and how patiently nginx is looked at: whether its process is there, and whether it is the newest one that has been. A new
   * nginx takes over at its first success. The gate keeps to the default, so that another interval does not replace it.
   *
   * @default HealthCheck.connect(), every 5 s
   */
  readonly healthCheck?: HealthCheck;
  /**
   * When the engine starts the containers again.
   *
   * @default RestartPolicy.UNLESS_STOPPED (the engine: no)
   */
  readonly restart?: RestartPolicy;
  /**
   * Where the output of the containers goes.
   *
   * @default Logging.jsonFile(), three files of 10 MiB
   */
  readonly logging?: Logging;
  /**
   * Whether the containers' root file systems are read-only.
   *
   * @default true
   */
  readonly readOnlyRoot?: boolean;
  /**
   * Whether programs in the containers are kept from gaining privileges.
   *
   * @default true (the engine: false)
   */
  readonly noNewPrivileges?: boolean;
  /**
   * Capabilities that the containers keep, such as `NET_BIND_SERVICE`.
   *
   * @default - none
   */
  readonly capabilities?: string[];
  /**
   * Labels of the containers.
   *
   * @default - the library's own
   */
  readonly labels?: Record<string, string>;
  /**
   * Docker provider for every resource of this construct.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}
