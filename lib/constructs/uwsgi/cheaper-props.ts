import type { Duration } from '../../values/duration';
import type { Size } from '../../values/size';
import type { UwsgiCheaperAlgo } from './cheaper-algo';
import { OWN, bytes, seconds } from './conversion';
import type { Conversions } from './conversion';

/** As many workers as there is to do. */
export interface UwsgiCheaperProps {
  /**
   * Fewest workers kept when there is little to do; fewer than `processes`.
   *
   * @default - all workers always run (uWSGI)
   */
  readonly cheaper?: number;
  /**
   * What decides how many workers there are.
   *
   * @default UwsgiCheaperAlgo.SPARE (uWSGI)
   */
  readonly cheaperAlgo?: UwsgiCheaperAlgo;
  /**
   * Workers at the start.
   *
   * @default - as many as `cheaper` (uWSGI)
   */
  readonly cheaperInitial?: number;
  /**
   * Workers added at once.
   *
   * @default 1 (uWSGI)
   */
  readonly cheaperStep?: number;
  /**
   * Time of one cycle of the algorithm: how long workers have to be too few, or too many.
   *
   * @default Duration.seconds(3) (uWSGI)
   */
  readonly cheaperOverload?: Duration;
  /**
   * Memory of all workers above which no more are started; brings `memoryReport` where nothing else has workers measured.
   *
   * @default - unlimited (uWSGI)
   */
  readonly cheaperRssLimitSoft?: Size;
}

/** The options that the props become. */
export const UWSGI_CHEAPER_OPTIONS: Conversions<UwsgiCheaperProps> = {
  cheaper: OWN,
  cheaperAlgo: { convert: ({ _settings }) => _settings },
  cheaperInitial: OWN,
  cheaperStep: OWN,
  cheaperOverload: seconds('cheaper-overload'),
  cheaperRssLimitSoft: bytes('cheaper-rss-limit-soft'),
};
