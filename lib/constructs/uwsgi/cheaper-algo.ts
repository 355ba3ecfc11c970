import { checkOptions } from '../checked/options';
import { ConfigError, shown } from '../../errors';
import type { UwsgiSetting } from '../../topology/uwsgi-app';
import { wholeNumber } from '../checked/values';
import { refuseTokens } from '../checked/tokens';

/** When `busyness` starts and stops workers. */
export interface UwsgiBusynessOptions {
  /**
   * Percentage of its time that a worker is busy above which more workers are started.
   *
   * @default 50 (uWSGI)
   */
  readonly max?: number;
  /**
   * Percentage below which workers are stopped.
   *
   * @default 25 (uWSGI)
   */
  readonly min?: number;
  /**
   * Cycles of `cheaperOverload` that a worker must be idle before it is stopped.
   *
   * @default 10 (uWSGI)
   */
  readonly multiplier?: number;
}

/** What decides how many workers there are, between `cheaper` and `processes`. */
export class UwsgiCheaperAlgo {
  /** Starts workers when all are busy for a cycle, and stops one after as many idle cycles. */
  public static readonly SPARE = new UwsgiCheaperAlgo('spare', {});
  /** Keeps a number of idle workers, which `cheaper` gives. */
  public static readonly SPARE2 = new UwsgiCheaperAlgo('spare2', {});
  /** Starts workers when connections wait in the queue. */
  public static readonly BACKLOG = new UwsgiCheaperAlgo('backlog', {});
  /** Leaves it to commands of `masterFifo`. */
  public static readonly MANUAL = new UwsgiCheaperAlgo('manual', {});

  /**
   * By the share of their time that workers are busy.
   *
   * @param options Where it starts and stops workers.
   * @throws ConfigError for percentages that are none, or for a min that is not below the max.
   */
  public static busyness(options: UwsgiBusynessOptions = {}): UwsgiCheaperAlgo {
    checkOptions('UwsgiCheaperAlgo.busyness', 'UwsgiBusynessOptions', options);
    refuseTokens(options, []);
    const { max, min, multiplier } = options;
    for (const [name, value] of Object.entries({ max, min })) {
      if (value !== undefined) checkPercentage(name, value);
    }
    if ((min ?? 25) >= (max ?? 50)) {
      throw new ConfigError({
        what: `UwsgiCheaperAlgo.busyness: min ${String(min ?? 25)} is not below max ${String(max ?? 50)}`,
        fix: 'give a smaller min or a larger max',
        rule: 'UWS-CHEAPER-ALGO',
      });
    }
    return new UwsgiCheaperAlgo(
      'busyness',
      {
        ...(max === undefined ? {} : { 'cheaper-busyness-max': max }),
        ...(min === undefined ? {} : { 'cheaper-busyness-min': min }),
        ...(multiplier === undefined
          ? {}
          : {
              'cheaper-busyness-multiplier': wholeNumber('UwsgiCheaperAlgo.busyness: multiplier', multiplier),
            }),
      },
      'cheaper_busyness',
    );
  }

  /**
   * One of a plugin of your own.
   *
   * @param name What the plugin calls it.
   * @param plugin The plugin.
   */
  public static custom(name: string, plugin: string): UwsgiCheaperAlgo {
    refuseTokens({ name, plugin }, []);
    return new UwsgiCheaperAlgo(name, {}, plugin);
  }

  /** @internal */
  public readonly _settings: Readonly<Record<string, UwsgiSetting>>;

  private constructor(
    name: string,
    parameters: Readonly<Record<string, number>>,
    /** @internal */
    public readonly _plugin?: string,
  ) {
    this._settings = { 'cheaper-algo': name, ...parameters };
  }
}

function checkPercentage(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= 100) return;
  throw new ConfigError({
    what: `UwsgiCheaperAlgo.busyness: ${name} ${shown(value)} is not a percentage`,
    fix: 'give a whole number from 1 to 100',
    rule: 'UWS-CHEAPER-ALGO',
  });
}
