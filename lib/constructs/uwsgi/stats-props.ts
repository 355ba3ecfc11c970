import type { UwsgiStatsPush } from './stats-push';
import { OWN, flagWhenTrue, lines, texts } from './conversion';
import type { Conversions } from './conversion';

/** What the server tells of itself. */
export interface UwsgiStatsProps {
  /**
   * Port on which the stats server answers, on every address of the container: on loopback nobody could reach it.
   *
   * @default - no stats server (uWSGI)
   */
  readonly stats?: number;
  /**
   * Whether the stats server speaks HTTP, rather than writing its JSON at once.
   *
   * @default false (uWSGI)
   */
  readonly statsHttp?: boolean;
  /**
   * Whether the stats leave out what each thread does.
   *
   * @default false (uWSGI)
   */
  readonly statsNoCores?: boolean;
  /**
   * Whether metrics are collected, for the application and for the stats.
   *
   * @default - true with statsPush and carbon (uWSGI: false)
   */
  readonly enableMetrics?: boolean;
  /**
   * Where metrics are sent to.
   *
   * @default - none (uWSGI)
   */
  readonly statsPush?: UwsgiStatsPush[];
  /**
   * Addresses of Graphite servers, such as `graphite:2003`.
   *
   * @default - none (uWSGI)
   */
  readonly carbon?: string[];
}

/** The options that the props become. */
export const UWSGI_STATS_OPTIONS: Conversions<UwsgiStatsProps> = {
  stats: OWN,
  statsHttp: OWN,
  statsNoCores: flagWhenTrue('stats-no-cores'),
  enableMetrics: flagWhenTrue('enable-metrics'),
  statsPush: lines('stats-push'),
  carbon: texts('carbon'),
};
