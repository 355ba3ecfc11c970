/** Files that nginx serves itself. */
export interface StaticMount {
  readonly id: string;
  readonly construct: string;
  /** URL prefix, `/`-terminated. */
  readonly path: string;
  readonly source:
    | { readonly kind: 'directory'; readonly directory: string }
    | { readonly kind: 'appImage'; readonly app: string; readonly directory: string }
    | { readonly kind: 'hostPath'; readonly directory: string };
  readonly expiresMs?: number;
  readonly immutable: boolean;
  /** File served when nothing matches, such as `index.html`, relative to the mount. */
  readonly fallback?: string;
}
