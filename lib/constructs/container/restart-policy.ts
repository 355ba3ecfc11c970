/** When the engine starts a container again (`docker run --restart`). */
export enum RestartPolicy {
  /** Whenever it ended, but not after somebody stopped it: it comes back after the engine or the host restarts. */
  UNLESS_STOPPED = 'unless-stopped',
  /** Whenever it ended; one that was stopped comes back when the engine restarts. */
  ALWAYS = 'always',
  /** When it ended with an error. */
  ON_FAILURE = 'on-failure',
  /** Never. */
  NO = 'no',
}
