import { checkOptions } from '../checked/options';
import { posix } from 'node:path';
import { ConfigError, shown } from '../../errors';
import type { Mount as MountModel } from '../../topology/app';
import type { DataVolume } from './data-volume';
import type { Size } from '../../values/size';
import { refuseTokens } from '../checked/tokens';

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
    checkOptions('Mount.hostPath', 'MountOptions', options);
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
    checkOptions('Mount.volume', 'MountOptions', options);
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
   * @throws ConfigError when the path is not absolute, and for a size of 0.
   */
  public static tmpfs(path: string, size: Size): Mount {
    return new Mount({ kind: 'tmpfs', path: checkedPath('tmpfs', path), sizeBytes: checkedSize(size) });
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

/** The path as the engine cleans it, so that two spellings of one are one. */
function checkedPath(factory: string, path: string): string {
  refuseTokens({ [`Mount.${factory}: path`]: path }, []);
  if (!path.startsWith('/') || /[,:\0]/.test(path) || path.split('/').includes('..')) {
    throw new ConfigError({
      what: `Mount.${factory}: ${shown(path)} is not a path that can be mounted`,
      fix: "give an absolute one without ',', ':' and '..'",
    });
  }
  return posix.normalize(path).replace(/(?<=.)\/$/, '');
}

/** The engine reads a tmpfs of size 0 as one without a limit: all memory of the host. */
function checkedSize(size: Size): number {
  const bytes = size.toBytes();
  if (bytes > 0) return bytes;
  throw new ConfigError({
    what: 'Mount.tmpfs: a size of 0 is no limit: it could fill the memory of the host',
    fix: 'give what it has to hold, such as Size.mebibytes(16)',
  });
}
