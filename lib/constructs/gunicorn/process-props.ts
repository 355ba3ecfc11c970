import type { FileMode } from '../../values/file-mode';
import { checkedSocketPath } from '../checked/address';
import { commas, flag, mode, text } from './rows';
import type { Rows } from './rows';

/** gunicorn's processes and their sockets. */
export interface GunicornProcessProps {
  /**
   * Name of the processes for `ps`, where the image has `setproctitle`, and for syslog.
   *
   * @default - the module and its callable
   */
  readonly procName?: string;
  /**
   * Directories in which Python looks for modules besides `chdir`.
   *
   * @default - none (gunicorn)
   */
  readonly pythonpath?: string[];
  /**
   * Whether each worker has a TCP socket of its own, among which the kernel shares connections out; not with a Unix socket.
   *
   * @default false (gunicorn)
   */
  readonly reusePort?: boolean;
  /**
   * Path of the socket on which `gunicornc` controls the server, such as `/tmp/gunicorn.ctl`; from gunicorn 25.1.
   *
   * @default - no such socket (gunicorn: one below the home directory)
   */
  readonly controlSocket?: string;
  /**
   * Mode of that socket.
   *
   * @default FileMode.of('600') (gunicorn)
   */
  readonly controlSocketMode?: FileMode;
}

export const PROCESS_ROWS: Rows<GunicornProcessProps> = {
  procName: text,
  pythonpath: commas,
  reusePort: flag,
  controlSocket: (value, prop) => checkedSocketPath(prop, value),
  controlSocketMode: mode,
};
