import { paths } from './conversion';
import type { Conversions } from './conversion';

/** Hands on a running server. */
export interface UwsgiOperationProps {
  /**
   * Named pipes that take commands for the master, such as `r` for a reload; below a writable directory, such as /tmp/fifo.
   *
   * @default - none (uWSGI)
   */
  readonly masterFifo?: string[];
}

/** The options that the props become. */
export const UWSGI_OPERATION_OPTIONS: Conversions<UwsgiOperationProps> = {
  masterFifo: paths('master-fifo'),
};
