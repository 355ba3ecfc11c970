/** A piece of a text: what the user wrote, or the place of a value that only Terraform knows. */
export type TextPart = { readonly literal: string } | { readonly token: string };

/**
 * A text that only Terraform knows the whole of, such as a variable's content with words of the user's around it, or that
 * nobody else may see. The constructs layer takes every text with a token apart, so that pure code can tell it from a known
 * one without asking cdktf.
 *
 * It may stand where the value is carried through whole (environment, image name, secret file); where
 * its text would become part of a config file it is refused.
 */
export class Deferred {
  readonly #parts: readonly TextPart[];

  public constructor(parts: readonly TextPart[]) {
    this.#parts = parts;
  }

  /** What it is made of: only `docker` may put that somewhere, since tokens mean nothing before the apply. */
  public reveal(): readonly TextPart[] {
    return this.#parts;
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
