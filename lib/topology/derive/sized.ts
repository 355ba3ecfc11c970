/** Where a number comes from: the user, the server's own default, or what else is known. */
export type Origin = 'given' | 'server' | 'derived';

/** A number that a server runs with, and why it is that one. */
export interface Sized {
  readonly value: number;
  /** Of the value; a plain count has none. */
  readonly unit?: 's' | 'MiB';
  readonly from: Origin;
  /** What it was derived from, or what it means here. */
  readonly why?: string;
}

/** A number of the user's. */
export function given(value: number): Sized {
  return { value, from: 'given' };
}

/** A number of the user's, or else another. */
export function givenOr(value: number | undefined, otherwise: Sized): Sized {
  return value === undefined ? otherwise : given(value);
}

/** What the server does when it is told nothing. */
export function serverDefault(value: number, why?: string): Sized {
  return { value, from: 'server', ...(why === undefined ? {} : { why }) };
}

/** A number of ours, with the reason. */
export function derived(value: number, why: string): Sized {
  return { value, from: 'derived', why };
}

/** The same as a length of time. */
export function inSeconds(sized: Sized): Sized {
  const { value, ...rest } = sized;
  return { value, unit: 's', ...rest };
}

/** The same as an amount of memory. */
export function inMebibytes(sized: Sized): Sized {
  const { value, ...rest } = sized;
  return { value, unit: 'MiB', ...rest };
}
