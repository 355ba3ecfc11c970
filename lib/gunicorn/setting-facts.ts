/** What gunicorn's source says of one setting. */
export interface SettingFacts {
  /** How its validator reads a value, such as `uint`, `bool` or `hook`. */
  readonly kind: string;
  /** First release that has it. */
  readonly since: string;
  readonly values?: readonly string[];
  /** Least and greatest number; without a second one there is no greatest. */
  readonly range?: readonly number[];
  /** Numbers of arguments that a hook may take. */
  readonly arity?: readonly number[];
  /** Why the config file cannot hold it. */
  readonly notInFile?: string;
}

/** A setting that newer releases no longer know, skipping it without a word. */
export interface RemovedSetting {
  readonly name: string;
  readonly lastSeen: string;
  readonly replacement: string | null;
}
