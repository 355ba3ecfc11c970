import { ConfigError, shown } from '../../errors';
import type { Logging as LoggingModel } from '../../topology/app';
import type { Size } from '../../values/size';
import { MEBIBYTE } from '../../values/mebibyte';

/** Where the output of a container goes; the engine rotates it. */
export class Logging {
  /**
   * Files on the host that `docker logs` reads.
   *
   * @param maxSize Size at which a file is rotated; 10 MiB by default of this library (the engine: never).
   * @param maxFiles Files that are kept; 3 by default of this library (the engine: 1).
   * @throws ConfigError when the size is not in whole KiB, or the number is not a count.
   */
  public static jsonFile(maxSize?: Size, maxFiles: number = 3): Logging {
    const bytes = maxSize?.toBytes() ?? 10 * MEBIBYTE;
    if (bytes === 0 || bytes % 1024 !== 0) {
      throw new ConfigError({
        what: `Logging.jsonFile: maxSize of ${String(bytes)} bytes is not in whole KiB`,
        fix: 'give a size such as Size.mebibytes(10)',
      });
    }
    if (!Number.isInteger(maxFiles) || maxFiles < 1) {
      throw new ConfigError({
        what: `Logging.jsonFile: maxFiles ${String(maxFiles)} is not a count`,
        fix: 'give a whole number from 1',
      });
    }
    return new Logging({
      driver: 'json-file',
      options: { 'max-file': String(maxFiles), 'max-size': sizeText(bytes) },
    });
  }

  /**
   * Any log driver of the engine.
   *
   * @param logDriver Such as `journald` or `syslog`.
   * @param options Its options, by the engine's names of them.
   * @throws ConfigError when the driver is not a name.
   */
  public static driver(logDriver: string, options: Record<string, string> = {}): Logging {
    if (!/^[a-z][a-z0-9_./:-]*$/.test(logDriver)) {
      throw new ConfigError({
        what: `Logging.driver(${shown(logDriver)}) is not the name of a log driver`,
        fix: "give one of the engine's, such as 'journald'",
      });
    }
    return new Logging({ driver: logDriver, options: { ...options } });
  }

  /** @internal */
  public readonly _model: LoggingModel;

  private constructor(model: LoggingModel) {
    this._model = model;
  }
}

/** As the engine writes it back: whole MiB where they fit. */
function sizeText(bytes: number): string {
  return bytes % MEBIBYTE === 0 ? `${String(bytes / MEBIBYTE)}m` : `${String(bytes / 1024)}k`;
}
