import { ConfigError, shown } from '../errors';

/** Permission bits of a file, socket or directory, written as `chmod` takes them. */
export class FileMode {
  /**
   * @param octal Three octal digits, such as `660`: owner, group, others.
   * @throws ConfigError for anything else; a leading zero too, since uWSGI refuses it.
   */
  public static of(octal: string): FileMode {
    if (!/^[0-7]{3}$/.test(octal)) {
      throw new ConfigError({
        what: `FileMode.of(${shown(octal)}) is not a file mode`,
        fix: "write three octal digits, such as FileMode.of('660')",
      });
    }
    return new FileMode(octal);
  }

  /** The three octal digits, such as `660`. */
  public readonly octal: string;

  private constructor(octal: string) {
    this.octal = octal;
  }
}
