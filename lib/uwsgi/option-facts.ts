/** What uWSGI's source says of one option. */
export interface OptionFacts {
  /** `core`, or the plugin that provides it. */
  readonly plugin: string;
  /** Whether it takes a value. */
  readonly argument: 'required' | 'optional' | 'none';
  /** How its value is parsed, such as `uint`, `bool` or `string-list`. */
  readonly kind: string;
  /** Read while the file is parsed: references in its value stay plain text. */
  readonly immediate?: true;
  /** Every line adds; otherwise the last one wins. */
  readonly repeatable?: true;
  readonly in2_0_21?: true;
  /** First release that has it, where that is newer than 2.0.21. */
  readonly since?: string;
  /** Chapter of the manual. */
  readonly group?: string;
  /** Only in a uWSGI that was built where the library PCRE is. */
  readonly pcre?: true;
  /** One of those that production uses, for each of which the library has decided something. */
  readonly production?: true;
  /** The option of production that this is another name of. */
  readonly sameAs?: string;
  /** Only on the unreleased master branch. */
  readonly masterOnly?: true;
}
