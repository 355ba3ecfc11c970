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
 * A mistake in what the user wrote, told in the user's words.
 *
 * The message holds every part of the problem, one part a line. Lower layers throw without a
 * construct path; the constructs layer adds it with `ConfigError.at`.
 *
 * @jsii ignore
 */
export class ConfigError extends Error {
  public readonly problem: Problem;

  public constructor(problem: Problem) {
    super(describe(problem));
    this.name = 'ConfigError';
    this.problem = problem;
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
  return error instanceof ConfigError && error.problem.construct === undefined
    ? new ConfigError({ ...error.problem, construct })
    : error;
}

/** Values do not know whose they are: says it in front of what is wrong with one. */
export function named<T>(whose: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError({ ...error.problem, what: `${whose}: ${error.problem.what}` });
  }
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
