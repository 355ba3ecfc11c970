/**
 * What the library does with one option of a server. Every setting of gunicorn and every option of uWSGI that is used in production
 * has one; `docs/coverage.md` is written from them.
 */
export type Decision =
  /** A prop of the construct, in units of its own. */
  | { readonly by: 'prop'; readonly prop: string }
  /** The construct decides it, from what else it knows; passing it through is refused. */
  | { readonly by: 'settled'; readonly why: string; readonly fix: string; readonly rule?: string }
  /** It has no meaning, or none that is safe, in a container. */
  | { readonly by: 'refused'; readonly why: string; readonly fix: string; readonly rule?: string }
  /** Reachable through the pass-through prop, checked against the table of the server. */
  | { readonly by: 'pass-through'; readonly why: string };
