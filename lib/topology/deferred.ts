/**
 * A value that only Terraform knows, such as a variable's content. The constructs layer wraps every
 * token in one, so that pure code can tell it from text without asking cdktf.
 *
 * It may stand where the value is carried through whole (environment, image name, secret file); where
 * its text would become part of a config file it is refused.
 */
export class Deferred {
  readonly #token: string;

  public constructor(token: string) {
    this.#token = token;
  }

  /** The token as cdktf wrote it: only `docker` may put it somewhere, since it means nothing before the apply. */
  public reveal(): string {
    return this.#token;
  }

  /** What a topology, a hash or a person sees instead of the value. */
  public toJSON(): { readonly deferred: string } {
    return { deferred: 'known when applied' };
  }
}

/** Text, or a value that Terraform fills in. */
export type Text = string | Deferred;

/** True for text that is known now. */
export function isKnown(text: Text): text is string {
  return typeof text === 'string';
}
