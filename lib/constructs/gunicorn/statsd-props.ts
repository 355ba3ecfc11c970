import { commas, flag, text } from './rows';
import type { Rows } from './rows';
import type { StatsdAddress } from '../app/statsd-address';

/** What gunicorn tells a statsd server. */
export interface GunicornStatsdProps {
  /**
   * Where the statsd server listens.
   *
   * @default - no metrics (gunicorn)
   */
  readonly statsdHost?: StatsdAddress;
  /**
   * What stands before the name of each metric.
   *
   * @default - nothing (gunicorn)
   */
  readonly statsdPrefix?: string;
  /**
   * Tags of each metric, in Datadog's form, such as `env:prod`.
   *
   * @default - none (gunicorn)
   */
  readonly dogstatsdTags?: string[];
  /**
   * Whether the connections that wait for a worker are a metric; from gunicorn 24.1.
   *
   * @default false (gunicorn)
   */
  readonly enableBacklogMetric?: boolean;
}

export const STATSD_ROWS: Rows<GunicornStatsdProps> = {
  statsdHost: (host) => host.address,
  statsdPrefix: text,
  dogstatsdTags: commas,
  enableBacklogMetric: flag,
};
