import type { Duration } from '../../values/duration';
import type { Size } from '../../values/size';
import { ConfigError } from '../../errors';
import { wholeMebibytes } from '../checked/values';
import { OWN, flag, paths } from './conversion';
import type { Conversions, UwsgiSettings } from './conversion';

/** When a worker is replaced, and by what. */
export interface UwsgiRecyclingProps {
  /**
   * Requests after which a worker is recycled.
   *
   * @default - never (uWSGI)
   */
  readonly maxRequests?: number;
  /**
   * Spread of `maxRequests`, so that workers do not recycle together; from uWSGI 2.0.29.
   *
   * @default - a tenth of `maxRequests`, where the release can do that (uWSGI: 0)
   */
  readonly maxRequestsDelta?: number;
  /**
   * Age at which a worker is recycled after its request; above `minWorkerLifetime`.
   *
   * @default - never (uWSGI)
   */
  readonly maxWorkerLifetime?: Duration;
  /**
   * Spread of `maxWorkerLifetime`, so that workers do not recycle together.
   *
   * @default - a tenth of `maxWorkerLifetime` (uWSGI: 0)
   */
  readonly maxWorkerLifetimeDelta?: Duration;
  /**
   * Age before which no worker is recycled.
   *
   * @default Duration.seconds(10) (uWSGI)
   */
  readonly minWorkerLifetime?: Duration;
  /**
   * Address space at which a worker is recycled after its request, in whole MiB.
   *
   * @default - never (uWSGI)
   */
  readonly reloadOnAs?: Size;
  /**
   * Memory at which a worker is recycled after its request, in whole MiB.
   *
   * @default - a worker's share of the declared `memory`; never where none is declared, or with threads before 2.0.27 (uWSGI: never)
   */
  readonly reloadOnRss?: Size;
  /**
   * Address space at which the master kills a worker, its request with it, in whole MiB.
   *
   * @default - never (uWSGI)
   */
  readonly evilReloadOnAs?: Size;
  /**
   * Memory at which the master kills a worker, its request with it, in whole MiB.
   *
   * @default - never (uWSGI)
   */
  readonly evilReloadOnRss?: Size;
  /**
   * Address space that no process may exceed, in whole MiB: allocations fail above it. uWSGI and Python take 60 MiB before the
   * application has anything, and each library that it loads takes more.
   *
   * @default - unlimited (uWSGI)
   */
  readonly limitAs?: Size;
  /**
   * Whether Python's `atexit` functions do not run when a worker ends.
   *
   * @default false (uWSGI)
   */
  readonly skipAtexit?: boolean;
  /**
   * Files whose change reloads the whole server.
   *
   * @default - none (uWSGI)
   */
  readonly touchReload?: string[];
  /**
   * Files whose change reloads one worker after the other; needs `lazyApps`.
   *
   * @default - none (uWSGI)
   */
  readonly touchChainReload?: string[];
}

/** In MiB: with 58 a bare application does not start, with 60 it does (seen with 2.0.21, 2.0.28 and 2.0.31, Python 3.11). */
const LEAST_ADDRESS_SPACE = 60;

const LIMIT_AS = {
  convert: (given: Size, prop: string): UwsgiSettings => {
    const amount = wholeMebibytes(prop, given);
    if (amount >= LEAST_ADDRESS_SPACE) return { 'limit-as': amount };
    throw new ConfigError({
      what: `${prop} of ${String(amount)} MiB is less than uWSGI and Python take before the application is loaded: the server would not start`,
      fix: `give Size.mebibytes(${String(LEAST_ADDRESS_SPACE)}) and what the application needs, or leave it out and bound memory with the prop memory`,
    });
  },
};

/** The options that the props become. */
export const UWSGI_RECYCLING_OPTIONS: Conversions<UwsgiRecyclingProps> = {
  maxRequests: OWN,
  maxRequestsDelta: OWN,
  maxWorkerLifetime: OWN,
  maxWorkerLifetimeDelta: OWN,
  minWorkerLifetime: OWN,
  reloadOnAs: OWN,
  reloadOnRss: OWN,
  evilReloadOnAs: OWN,
  evilReloadOnRss: OWN,
  limitAs: LIMIT_AS,
  skipAtexit: flag('skip-atexit'),
  touchReload: paths('touch-reload'),
  touchChainReload: paths('touch-chain-reload'),
};
