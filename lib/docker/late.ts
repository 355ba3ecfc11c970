import type { IResolvable } from './cdktf';
import { Token } from './cdktf';

/**
 * A value that is read when Terraform's text is made. As cdktf's `Lazy`, without the stack trace that it takes of every one: these of
 * a frontend cost as much as its plan (`npm run bench`), and what fails while they are read names the construct itself.
 */
class Late implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(private readonly read: () => unknown) {}

  public resolve(): unknown {
    return this.read();
  }

  public toString(): string {
    return Token.asString(this);
  }
}

/** A text that is read late. */
export function lateText(read: () => string): string {
  return Token.asString(new Late(read));
}

/** A list that is read late. */
export function lateList(read: () => readonly unknown[]): string[] {
  return Token.asList(new Late(read));
}

/** Anything that is read late, left out where it is undefined. */
export function lateValue(read: () => unknown): IResolvable {
  return new Late(read);
}
