/**
 * Whether Terraform wants the provider to stop, as it does at its first SIGINT. The provider then gives up whatever it waits for, with an
 * error; the engine goes on with what it was told, and only the answer is not heard any more.
 */
export class Stopping {
  private readonly controller = new AbortController();

  /** Gives up what is under way; what begins later is told by another one. */
  public stop(): void {
    this.controller.abort();
  }

  /** An answer of the engine's, unless Terraform wants to stop before; `what` begins the error that says so. */
  public async unless<T>(answer: Promise<T>, what: string): Promise<T> {
    const { signal } = this.controller;
    let give: () => void = () => undefined;
    const stopped = new Promise<never>((_, fail) => {
      give = () => {
        fail(new Error(`${what}: context canceled`));
      };
      if (signal.aborted) give();
      else signal.addEventListener('abort', give, { once: true });
    });
    // Nobody hears of it any more when the other one was first.
    answer.catch(() => undefined);
    try {
      return await Promise.race([stopped, answer]);
    } finally {
      signal.removeEventListener('abort', give);
    }
  }

  /** Waits so long. */
  public pause(milliseconds: number, what: string): Promise<void> {
    return this.unless(new Promise((done) => setTimeout(done, milliseconds)), what);
  }
}
