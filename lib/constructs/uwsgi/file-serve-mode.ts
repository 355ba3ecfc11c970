/** What sends a file that uWSGI was asked for: a proxy of your own in front of `listeners`. */
export enum UwsgiFileServeMode {
  /** An nginx, told by X-Accel-Redirect; it needs an internal location of that path. */
  X_ACCEL_REDIRECT = 'x-accel-redirect',
  /** A server that knows X-Sendfile. */
  X_SENDFILE = 'x-sendfile',
}
