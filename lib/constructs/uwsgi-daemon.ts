import type { Duration } from '../values/duration';
import { wholeNumber } from './checked';
import { keyValues } from './uwsgi-key-values';

/** How a program lives beside the server. */
export interface UwsgiDaemonOptions {
  /**
   * Time after its start before which it is not started again.
   *
   * @default Duration.seconds(10) (uWSGI)
   */
  readonly freq?: Duration;
  /**
   * Number of the signal that stops it.
   *
   * @default 15, SIGTERM (uWSGI: 9, SIGKILL)
   */
  readonly stopsignal?: number;
  /**
   * Number of the signal that it gets when the server reloads.
   *
   * @default - that of `stopsignal`
   */
  readonly reloadsignal?: number;
  /**
   * Directory that it runs in.
   *
   * @default - `chdir`
   */
  readonly chdir?: string;
}

/** A program that lives and ends with the server. */
export class UwsgiDaemon {
  /**
   * @param command What the shell of the image runs.
   * @param options How it lives.
   * @throws ConfigError for what uWSGI's list of keys and values cannot hold.
   */
  public static of(command: string, options: UwsgiDaemonOptions = {}): UwsgiDaemon {
    const signal = options.stopsignal ?? 15;
    const pairs = {
      cmd: command,
      freq: options.freq?.toSeconds(),
      stopsignal: wholeNumber('stopsignal', signal),
      reloadsignal: wholeNumber('reloadsignal', options.reloadsignal ?? signal),
      chdir: options.chdir,
    };
    return new UwsgiDaemon(keyValues('attachDaemon2', pairs));
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
  ) {}
}
