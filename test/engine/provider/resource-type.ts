import type Docker from 'dockerode';
import type { Members } from './values';

/** What one type of resource does with the engine. */
export interface ResourceType {
  /** @throws Failure when something exists already and something later went wrong: Terraform then marks it as tainted. */
  readonly create: (engine: Docker, planned: Members) => Promise<Members>;
  /** The state as the engine has it now, nothing for what is gone. */
  readonly read: (engine: Docker, state: Members) => Promise<Members | undefined>;
  readonly update: (engine: Docker, prior: Members, planned: Members) => Promise<Members>;
  readonly remove: (engine: Docker, state: Members) => Promise<void>;
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
export async function whileInUse(action: () => Promise<unknown>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      await action();
      return;
    } catch (error) {
      const busy = /in use|active endpoints/.test(error instanceof Error ? error.message : '');
      if (!busy || Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 500));
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
