import { Construct } from '../../docker/cdktf';
import { ConfigError, shown } from '../../errors';
import type { StaticMount } from '../../topology/static-mount';
import type { IApp } from '../app/app';
import { StackTopology } from '../stack/stack-topology';
import { refuseTokens } from '../checked/tokens';

/** Where static files come from. */
export class StaticSource {
  /** @param path A local directory, relative to the folder of `cdktf.json`. */
  public static directory(path: string): StaticSource {
    return new StaticSource({ kind: 'directory', directory: path });
  }

  /**
   * A directory of an application's own image.
   *
   * @param app The application.
   * @param path Absolute path in its image.
   * @throws ConfigError when the path is not absolute or has a `..`, or the application is none of this library.
   */
  public static appImage(app: IApp, path: string): StaticSource {
    const id = Construct.isConstruct(app) ? StackTopology.of(app).appOf(app.node.path)?.id : undefined;
    if (id === undefined) {
      throw new ConfigError({
        what: 'StaticSource.appImage needs an application with an image',
        fix: 'give a UwsgiApp or a GunicornApp',
      });
    }
    return new StaticSource({ kind: 'appImage', app: id, directory: absolute('appImage', path) }, app);
  }

  /**
   * A directory of the Docker host.
   *
   * @param path Absolute path on the Docker host.
   * @throws ConfigError when the path is not absolute, has a `..`, or is `/`.
   */
  public static hostPath(path: string): StaticSource {
    return new StaticSource({ kind: 'hostPath', directory: absolute('hostPath', path) });
  }

  /** @internal */
  public readonly _model: StaticMount['source'];

  /** @internal */
  public readonly _target: object | undefined;

  private constructor(model: StaticMount['source'], target?: object) {
    this._model = model;
    this._target = target;
  }
}

function absolute(factory: string, path: string): string {
  refuseTokens({ [`StaticSource.${factory}: path`]: path }, []);
  if (!path.startsWith('/')) {
    throw new ConfigError({
      what: `StaticSource.${factory}: ${shown(path)} is not an absolute path`,
      fix: "begin it with '/'",
    });
  }
  if (/[,:]/.test(path)) {
    throw new ConfigError({
      what: `StaticSource.${factory}: ${shown(path)} has a ',' or ':', which the engine reads as the end of a path`,
      fix: 'rename the directory, or give another way to it',
    });
  }
  refuseOutside(factory, path);
  return path;
}

/** The whole host is no site; what is in `/` of an image is a finding of its own. */
function refuseOutside(factory: string, path: string): void {
  const steps = path.split('/');
  const isHost = factory === 'hostPath' && steps.every((step) => step === '' || step === '.');
  if (!isHost && !steps.includes('..')) return;
  const why = isHost ? 'is every file of the host' : "has a '..', and leads elsewhere than it says";
  throw new ConfigError({
    what: `StaticSource.${factory}: ${shown(path)} ${why}`,
    fix: "give the directory of the files, without '..', such as '/srv/shop/static'",
  });
}
