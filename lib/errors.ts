/** What is wrong, and what to do about it: the parts of every message this library throws. */
export interface Problem {
  /** What is wrong, in terms of what the user wrote, with the value received and the values allowed. */
  readonly what: string;
  /** The change to make. */
  readonly fix?: string;
  /** Path of the construct it happened in, once known. */
  readonly construct?: string;
  /** Written id of the rule that found it, when a rule did. */
  readonly rule?: string;
}

/**
 * Mistakes in what the user wrote, told in the user's words.
 *
 * The message holds every part of every problem, one part a line. Lower layers throw without a
 * construct path; the constructs layer adds it with `ConfigError.at`.
 *
 * @jsii ignore
 */
export class ConfigError extends Error {
  /** What is wrong: one thing, or everything that was found at once. */
  public readonly problems: readonly Problem[];

  public constructor(problem: Problem, ...others: readonly Problem[]) {
    const problems = [problem, ...others];
    super(problems.map(describe).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }

  /** Runs `action` and adds the construct path to a `ConfigError` that does not have one yet. */
  public static at<T>(construct: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw located(error, construct);
    }
  }
}

/** The same error, a `ConfigError` without a construct path with this one. */
export function located(error: unknown, construct: string): unknown {
  return changed(error, (problem) => ({ ...problem, construct: problem.construct ?? construct }));
}

/** Values do not know whose they are: says it in front of what is wrong with one. */
export function named<T>(whose: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw changed(error, (problem) => ({ ...problem, what: `${whose}: ${problem.what}` }));
  }
}

function changed(error: unknown, change: (problem: Problem) => Problem): unknown {
  if (!(error instanceof ConfigError)) return error;
  const [first, ...others] = error.problems.map(change);
  return first === undefined ? error : new ConfigError(first, ...others);
}

/**
 * Throws all of them at once.
 *
 * @throws ConfigError for any problem; nothing for none.
 */
export function refuse(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first !== undefined) throw new ConfigError(first, ...others);
}

/**
 * Reads each of them, whatever is wrong with the others.
 *
 * @throws ConfigError with what was refused of any.
 */
export function allOf<T, R>(values: readonly T[], read: (value: T, at: number) => R): R[] {
  const problems: Problem[] = [];
  const results = values.flatMap((value, at) => {
    try {
      return [read(value, at)];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  refuse(problems);
  return results;
}

/**
 * What comes of each part, whatever is wrong with the others.
 *
 * @throws ConfigError with what any of them refused.
 */
export function together<T extends unknown[]>(...parts: { readonly [K in keyof T]: () => T[K] }): T {
  return allOf<() => unknown, unknown>(parts, (part) => part()) as T;
}

/** Shows a received value in a message: quoted, with control characters visible, cut when it is long. */
export function shown(value: unknown): string {
  const text =
    typeof value === 'number'
      ? String(value)
      : ((JSON.stringify(value) as string | undefined) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function describe(problem: Problem): string {
  const lines = [problem.what];
  if (problem.fix !== undefined) lines.push(`  ${problem.fix}`);
  if (problem.construct !== undefined) lines.push(`  construct: ${problem.construct}`);
  if (problem.rule !== undefined) lines.push(`  rule: ${problem.rule}`);
  return lines.join('\n');
}
