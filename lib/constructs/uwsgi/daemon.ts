import { checkOptions } from '../checked/options';
import { ConfigError } from '../../errors';
import { wholeNumber } from '../checked/values';
import { absolutePath } from './conversion';
import { keyValues } from './key-values';

/** How a program lives beside the server. */
export interface UwsgiDaemonOptions {
  /**
   * Number of the signal that stops it.
   *
   * @default 15, SIGTERM (uWSGI)
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

const CALL = 'UwsgiDaemon.of';

/**
 * A program that lives and ends with the server. One that ends is started again, after a while that grows with each time.
 * At a stop it gets its signal and about a second: what has to finish something is a `Worker`.
 */
export class UwsgiDaemon {
  /**
   * @param command What the shell of the image runs.
   * @param options How it lives.
   * @throws ConfigError for an empty command, a signal that is none, or a directory that is not absolute.
   */
  public static of(command: string, options: UwsgiDaemonOptions = {}): UwsgiDaemon {
    checkOptions(CALL, 'UwsgiDaemonOptions', options);
    const { stopsignal = 15, reloadsignal = stopsignal, chdir } = options;
    return new UwsgiDaemon(
      keyValues(CALL, [
        { key: 'cmd', value: command, called: 'command' },
        { key: 'stopsignal', value: checkedSignal('stopsignal', stopsignal) },
        { key: 'reloadsignal', value: checkedSignal('reloadsignal', reloadsignal) },
        { key: 'chdir', value: chdir === undefined ? chdir : absolutePath(`${CALL}: chdir`, chdir) },
      ]),
    );
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
  ) {}
}

/** Signals of Linux, those of real time included. */
const MOST_SIGNAL = 64;

function checkedSignal(name: string, signal: number): number {
  if (wholeNumber(`${CALL}: ${name}`, signal) <= MOST_SIGNAL) return signal;
  throw new ConfigError({
    what: `${CALL}: ${name} ${String(signal)} is not the number of a signal`,
    fix: `give a whole number from 1 to ${String(MOST_SIGNAL)}, such as 15 for SIGTERM`,
  });
}
