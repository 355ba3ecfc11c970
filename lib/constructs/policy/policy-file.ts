import { ConfigError, shown } from '../../errors';
import { publishedFile, publishedPath } from '../../topology/published-file';
import type { PublishedFile } from '../../topology/published-file';
import { refuseTokens } from '../checked/tokens';

/** A file that a policy brings and that nginx reads, such as one of `auth_basic_user_file`. */
export class PolicyFile {
  /**
   * @param fileName Its name, of letters, digits, `.`, `_` and `-`; a hash of the content is put before it.
   * @param content What is in it, literally. It is in the Terraform state and in the review folder as well.
   * @throws ConfigError for a name that is none, and for a Terraform token.
   */
  public static of(fileName: string, content: string): PolicyFile {
    refuseTokens({ 'PolicyFile.of: fileName': fileName, 'PolicyFile.of: content': content }, []);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(fileName)) {
      throw new ConfigError({
        what: `PolicyFile.of: fileName ${shown(fileName)} is not a name of a file`,
        fix: "use up to 64 letters, digits, '.', '_' and '-', such as 'users.htpasswd'",
      });
    }
    return new PolicyFile(publishedFile(fileName, content));
  }

  /** Where nginx finds it: for the directive that names it. */
  public readonly path: string;
  /** @internal */
  public readonly _model: PublishedFile;

  /** @internal */
  public static _made(model: PublishedFile): PolicyFile {
    return new PolicyFile(model);
  }

  private constructor(model: PublishedFile) {
    this._model = model;
    this.path = publishedPath(model);
  }
}
