import type Docker from 'dockerode';
import type { Stopping } from './stopping';
import type { Members } from './values';

/** What a call of Terraform's works with. */
export interface Call {
  readonly engine: Docker;
  /** Tells when Terraform was interrupted: what the call waits for is then given up. */
  readonly stopping: Stopping;
}

/** What one type of resource does with the engine. */
export interface ResourceType {
  /** @throws Failure when something exists already and something later went wrong: Terraform then marks it as tainted. */
  readonly create: (call: Call, planned: Members) => Promise<Members>;
  /** The state as the engine has it now, nothing for what is gone. */
  readonly read: (call: Call, state: Members) => Promise<Members | undefined>;
  readonly update: (call: Call, prior: Members, planned: Members) => Promise<Members>;
  readonly remove: (call: Call, state: Members) => Promise<void>;
}

/** An error after something was created: its state is stored all the same. */
export class Failure extends Error {
  public constructor(
    message: string,
    public readonly state: Members,
  ) {
    super(message);
  }
}

/** Tries again for as long as the engine says that something is still in use, as the provider does. */
export async function whileInUse(
  stopping: Stopping,
  action: () => Promise<unknown>,
  seconds = 30,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      await stopping.unless(action(), 'Unable to remove');
      return;
    } catch (error) {
      const busy = /in use|active endpoints/.test(error instanceof Error ? error.message : '');
      if (!busy || Date.now() > end) throw error;
      await stopping.pause(500, 'Unable to remove');
    }
  }
}

/** The answer, or nothing when the engine does not have it. */
export async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if ((error as { readonly statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}
