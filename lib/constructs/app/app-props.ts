import type { TerraformProvider } from '../../docker/cdktf';
import type { FileMode } from '../../values/file-mode';
import type { Size } from '../../values/size';
import type { AppImage } from './app-image';
import type { HealthCheck } from './health-check';
import type { Listener } from '../frontend/listener';
import type { Mount } from '../container/mount';
import type { Logging } from '../container/logging';
import type { ReleaseTask } from './release-task';
import type { RestartPolicy } from '../container/restart-policy';
import type { SecretFile } from '../container/secret-file';
import type { Transport } from './transport';
import type { WsgiModule } from './wsgi-module';

/** What every application server takes, whichever it is. */
export interface AppProps {
  /** Where the container's file system comes from. */
  readonly image: AppImage;
  /** Where the WSGI callable is. */
  readonly module: WsgiModule;
  /**
   * Directory that the application runs in, absolute.
   *
   * @default '/app'
   */
  readonly chdir?: string;
  /**
   * A local directory, relative to the folder of `cdktf.json`, shipped read-only to `chdir`. With `development` it is mounted there
   * itself, so that what is edited is what runs; the engine has to be on this machine then.
   *
   * @default - the code is in the image
   */
  readonly codeDirectory?: string;
  /**
   * How requests cross from nginx.
   *
   * @default - a Unix socket; nothing for an application that has listeners of its own
   */
  readonly transport?: Transport;
  /**
   * Mode of the Unix socket.
   *
   * @default FileMode.of('660'), so that the group that nginx joins may connect
   */
  readonly socketMode?: FileMode;
  /**
   * Numeric user that the server runs as, up to 2147483647. 0 is root, for an image whose files only root may read: it has no
   * capabilities either but those that `capabilities` names.
   *
   * @default 10001
   */
  readonly uid?: number;
  /**
   * Numeric primary group; nginx joins it to reach the socket.
   *
   * @default - the same number as `uid`; 10001 for root, so that nginx does not join the group of root
   */
  readonly gid?: number;
  /**
   * Cpus that the container may use; workers are derived from it.
   *
   * @default - as many as the host has; workers are derived from 1
   */
  readonly cpus?: number;
  /**
   * Memory that the container may use, swap included.
   *
   * @default - as much as the host has
   */
  readonly memory?: Size;
  /**
   * Containers that run side by side, each with slots of its own behind nginx.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Names or ids of Docker networks to join.
   *
   * @default - the engine's default bridge
   */
  readonly networks?: string[];
  /**
   * Environment variables; Terraform tokens are carried through.
   *
   * @default - none but HOME and two of Python's
   */
  readonly environment?: Record<string, string>;
  /**
   * Private files, readable by the application alone.
   *
   * @default - none
   */
  readonly secretFiles?: SecretFile[];
  /**
   * Directories that are not the image's. `Mount.tmpfs('/tmp', size)` resizes the one that is always there.
   *
   * @default - /tmp alone, a tmpfs of 256 MiB, or of 64 MiB where memory is declared, of which it is a part then
   */
  readonly mounts?: Mount[];
  /**
   * What must answer before a container counts as healthy.
   *
   * @default HealthCheck.connect()
   */
  readonly healthCheck?: HealthCheck;
  /**
   * What has to succeed once before each new version starts, such as migrations.
   *
   * @default - nothing
   */
  readonly release?: ReleaseTask;
  /**
   * When the engine starts a container again.
   *
   * @default RestartPolicy.UNLESS_STOPPED (the engine: no)
   */
  readonly restart?: RestartPolicy;
  /**
   * Where the container's output goes.
   *
   * @default Logging.jsonFile(), three files of 10 MiB
   */
  readonly logging?: Logging;
  /**
   * Labels of the container.
   *
   * @default - the library's own, by which left-over containers are found
   */
  readonly labels?: Record<string, string>;
  /**
   * Whether this is somebody's own machine, where code is edited while it runs. Only then may the code be mounted from the host,
   * and may a server reload with every change of a file.
   *
   * @default false
   */
  readonly development?: boolean;
  /**
   * Ports of the host on which the application answers HTTP itself, without nginx.
   *
   * @default - none
   */
  readonly listeners?: Listener[];
  /**
   * Whether the container's root file system is read-only.
   *
   * @default true
   */
  readonly readOnlyRoot?: boolean;
  /**
   * Whether programs in the container are kept from gaining privileges (setuid, file capabilities).
   *
   * @default true (the engine: false)
   */
  readonly noNewPrivileges?: boolean;
  /**
   * Capabilities that the container keeps, such as `NET_ADMIN`.
   *
   * @default - none
   */
  readonly capabilities?: string[];
  /**
   * Docker provider for every resource of this construct.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}
