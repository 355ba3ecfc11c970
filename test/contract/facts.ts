import type { RawAnswer } from './client';

/** What the application says it saw of a request to /echo. */
export interface Facts {
  readonly method: string;
  readonly scheme: string;
  readonly script: string;
  readonly path: string;
  readonly query: string;
  /** The path as it was sent, and in WSGI the query. */
  readonly raw: string | null;
  /** Address of the client in the server's own words: REMOTE_ADDR, or the scope's `client`. */
  readonly client: string | null;
  /** The application's root as it would write it into a link. */
  readonly url: string;
  readonly type: string;
  readonly length: number;
  readonly digest: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parameters with which a client could tell uWSGI to load code. */
  readonly strange: readonly string[];
  readonly process: number;
}

/** The facts in an answer that is 200. */
export function factsOf(answer: RawAnswer): Facts {
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body.toString()) as Facts;
}

/** Values of a header, in order. */
export function valuesOf(answer: RawAnswer, header: string): string[] {
  return answer.headers.flatMap(([name, value]) => (name === header ? [value] : []));
}
