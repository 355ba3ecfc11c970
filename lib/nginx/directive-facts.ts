/** What nginx's source says of one directive. */
export interface DirectiveFacts {
  /** First release that has it; absent when 1.14.0 did. */
  readonly since?: string;
  /** True when nginx refuses a second one in the same block. */
  readonly once?: boolean;
  /** One entry for each module that declares it. */
  readonly uses: readonly DirectiveUse[];
}

/** A directive as one module declares it. */
export interface DirectiveUse {
  readonly module: string;
  readonly contexts: readonly string[];
  /** Allowed counts of arguments; `minArgs` instead when there is no upper limit. */
  readonly args?: readonly number[];
  readonly minArgs?: number;
  readonly block?: boolean;
  /** How its value is parsed, such as `flag`, `size` or `time-ms`. */
  readonly kind: string;
  /** The words it takes, when it takes no others. */
  readonly values?: readonly string[];
  /** Least and greatest number it takes. */
  readonly bounds?: readonly [number, number];
}

/** A directive that newer releases no longer know. */
export interface RemovedDirective {
  readonly lastSeen: string;
  readonly replacement?: string;
}
