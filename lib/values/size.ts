import { ConfigError } from '../errors';
import { wholeAmount } from './amount';
import { MEBIBYTE } from './mebibyte';

/** An amount of memory or disk with its unit; powers of 1024 throughout, as the servers count. */
export class Size {
  /**
   * @param amount A whole number of bytes, 0 or more.
   * @throws ConfigError when the amount is negative or not whole.
   */
  public static bytes(amount: number): Size {
    return new Size(amount, 1, 'bytes');
  }

  /**
   * @param amount A number of KiB (1,024 bytes), 0 or more, whole to the byte.
   * @throws ConfigError when the amount is negative or finer than a byte.
   */
  public static kibibytes(amount: number): Size {
    return new Size(amount, 1024, 'kibibytes');
  }

  /**
   * @param amount A number of MiB (1,048,576 bytes), 0 or more, whole to the byte.
   * @throws ConfigError when the amount is negative or finer than a byte.
   */
  public static mebibytes(amount: number): Size {
    return new Size(amount, MEBIBYTE, 'mebibytes');
  }

  /**
   * @param amount A number of GiB (1,073,741,824 bytes), 0 or more, whole to the byte.
   * @throws ConfigError when the amount is negative or finer than a byte.
   */
  public static gibibytes(amount: number): Size {
    return new Size(amount, 1024 ** 3, 'gibibytes');
  }

  private readonly total: number;

  private constructor(amount: number, unit: number, name: string) {
    const kind = { call: `Size.${name}`, noun: 'size', step: 'byte' };
    this.total = wholeAmount(amount, unit, kind);
  }

  /** This size in bytes. */
  public toBytes(): number {
    return this.total;
  }

  /**
   * This size in MiB.
   *
   * @throws ConfigError when it is not a whole number of MiB: nothing is rounded in silence.
   */
  public toMebibytes(): number {
    if (this.total % MEBIBYTE !== 0) {
      throw new ConfigError({
        what: `a size of ${String(this.total)} bytes is not a whole number of MiB`,
        fix: 'whole MiB are needed here: give Size.mebibytes(n)',
      });
    }
    return this.total / MEBIBYTE;
  }
}
