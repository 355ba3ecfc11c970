import { ConfigError, shown } from '../errors';
import type { Mount as MountModel } from '../topology/app';
import type { DataVolume } from './data-volume';
import type { Size } from '../values/size';

/** Options of a mount. */
export interface MountOptions {
  /**
   * Whether the container may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A directory of a container that is not its image's. */
export class Mount {
  /**
   * A directory of the Docker host.
   *
   * @param source Absolute path on the host.
   * @param path Absolute path in the container.
   * @param options Whether it is read-only.
   * @throws ConfigError when a path is not absolute.
   */
  public static hostPath(source: string, path: string, options: MountOptions = {}): Mount {
    return new Mount({
      kind: 'host',
      hostPath: checkedPath('hostPath', source),
      path: checkedPath('hostPath', path),
      readOnly: options.readOnly ?? false,
    });
  }

  /**
   * Persistent data. Mounted for writing, their top directory becomes the application's own.
   *
   * @param volume The data.
   * @param path Absolute path in the container.
   * @param options Whether it is read-only.
   * @throws ConfigError when the path is not absolute.
   */
  public static volume(volume: DataVolume, path: string, options: MountOptions = {}): Mount {
    return new Mount(
      {
        kind: 'volume',
        volume: volume._id,
        path: checkedPath('volume', path),
        readOnly: options.readOnly ?? false,
      },
      volume,
    );
  }

  /**
   * A directory in memory, private to the container and empty at every start.
   *
   * @param path Absolute path in the container.
   * @param size What it can hold.
   * @throws ConfigError when the path is not absolute.
   */
  public static tmpfs(path: string, size: Size): Mount {
    return new Mount({ kind: 'tmpfs', path: checkedPath('tmpfs', path), sizeBytes: size.toBytes() });
  }

  /** @internal */
  public readonly _model: MountModel;

  /** @internal */
  public readonly _target: object | undefined;

  private constructor(model: MountModel, target?: object) {
    this._model = model;
    this._target = target;
  }
}

function checkedPath(factory: string, path: string): string {
  if (!path.startsWith('/') || /[,:]/.test(path)) {
    throw new ConfigError({
      what: `Mount.${factory}: ${shown(path)} is not a path that can be mounted`,
      fix: "give an absolute one without ',' and ':'",
    });
  }
  return path;
}
