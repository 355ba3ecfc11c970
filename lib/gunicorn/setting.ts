/** A file mode, written `0o117`: the decimal 117 would be another mode, and a string is refused. */
export interface PythonMode {
  readonly octal: string;
}

/** Text with the machine's hostname in it: `'unix:/run/' + socket.gethostname() + '.sock'`. */
export interface PythonHostnameText {
  readonly before: string;
  readonly after: string;
}

/** A value of the config file. Strings are literal, whatever they hold. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | PythonMode
  | PythonHostnameText
  | readonly PythonValue[]
  | { readonly dict: Readonly<Record<string, PythonValue>> };

/** An assignment of the config file. */
export interface GunicornSetting {
  readonly name: string;
  readonly value: PythonValue;
  /** A comment line above it. */
  readonly comment?: string;
  /** Line on which the parser found it. */
  readonly line?: number;
}

/** A server hook: its name, and the Python text of its whole `def`. */
export interface GunicornHook {
  readonly name: string;
  readonly text: string;
  readonly line?: number;
}

/** A line that the parser keeps as it is, since only Python could say what it does. */
export interface UnparsedLine {
  readonly text: string;
  readonly line: number;
}

/** A config file: settings in the order given, then hooks. */
export interface GunicornFile {
  readonly settings: readonly GunicornSetting[];
  readonly hooks: readonly GunicornHook[];
  /** Functions that the hooks call, written before them; no setting has such a name. */
  readonly helpers?: readonly GunicornHook[];
  /** Only in a file that was read: what is neither. */
  readonly unparsed?: readonly UnparsedLine[];
}

/** A setting with its value. */
export function setting(name: string, value: PythonValue): GunicornSetting {
  return { name, value };
}
