import { ConfigError, shown } from '../../errors';
import type { SecretFile as SecretFileModel } from '../../topology/app';
import { Deferred, isKnown } from '../../topology/deferred';
import { refuseTokens, textOf } from '../checked/tokens';

/** A private file of an application: mode 0400, owned by it, on a volume of its own, never shown in a review. */
export class SecretFile {
  /**
   * @param path Absolute path in the container, below a directory that the image does not have.
   * @param content Its text, or a Terraform token such as a sensitive variable's value.
   * @throws ConfigError when the path is not an absolute one below a directory.
   */
  public static of(path: string, content: string): SecretFile {
    refuseTokens({ 'SecretFile.of: path': path }, []);
    if (!/^(?:\/[A-Za-z0-9._-]+){2,}$/.test(path) || /\/\.\.?(?:\/|$)/.test(path)) {
      throw new ConfigError({
        what: `SecretFile.of(${shown(path)}, …) is not a path for a file`,
        fix: "give an absolute one below a directory, such as '/run/secrets/key'",
      });
    }
    const text = textOf(content);
    return new SecretFile({ path, content: isKnown(text) ? new Deferred([{ literal: text }]) : text });
  }

  /** @internal */
  public readonly _model: SecretFileModel;

  private constructor(model: SecretFileModel) {
    this._model = model;
  }
}
