import type { Release } from '../../topology/app';
import { checkedCommand } from '../checked/command';

/** What has to be done once before a new version of an application starts, such as the migrations of its database. */
export class ReleaseTask {
  /**
   * Runs a command in a container of its own: the application's new image, user, environment, files, mounts and networks. The new
   * generation starts when it has ended well; otherwise the apply fails with its output, and the old version goes on serving.
   *
   * It runs once in each rollout, whatever the number of replicas. After somebody has removed its finished container, as `docker
   * container prune` does, the next apply runs it again: give one that may run twice.
   *
   * @param command The program and its arguments, such as `['python', 'manage.py', 'migrate']`; no shell reads them.
   * @throws ConfigError when there is no program, or an argument that no program can be given.
   */
  public static command(command: string[]): ReleaseTask {
    return new ReleaseTask({ command: checkedCommand('release', command) });
  }

  /** @internal */
  public readonly _model: Release;

  private constructor(model: Release) {
    this._model = model;
  }
}
