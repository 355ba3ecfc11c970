import { checkOptions } from '../checked/options';
import { named } from '../../errors';
import { compareVersions } from '../../server-version';
import type { Frontend } from '../../topology/frontend';
import { imageName } from '../checked/image-name';
import { refuseTokens } from '../checked/tokens';

/** Options of an image of one's own. */
export interface NginxImageOptions {
  /** Release of nginx in it, such as `1.22.1`; decides which directives exist. */
  readonly version: string;
  /**
   * File of the stream module, where it is a dynamic one, such as `modules/ngx_stream_module.so`; the gate needs it.
   *
   * @default - it is built in, as in the official image
   */
  readonly streamModule?: string;
  /**
   * Files of other dynamic modules to load.
   *
   * @default - none
   */
  readonly modules?: string[];
  /**
   * Names of directives of modules that nginx's own documentation does not have, such as `brotli`: they are accepted anywhere,
   * unchecked, as are those of a module that is built in although it is not as a rule.
   *
   * @default - none
   */
  readonly directives?: string[];
}

type ImageModel = Pick<Frontend, 'image' | 'version' | 'modules' | 'streamModule' | 'extraDirectives'>;

/** The image that nginx runs from. */
export class NginxImage {
  /**
   * The official image of a release.
   *
   * @param release Such as `1.28.0`.
   * @throws ConfigError when it is not a release number.
   */
  public static official(release: string): NginxImage {
    checkRelease('NginxImage.official', release);
    return NginxImage.of(`nginx:${release}`, { version: release });
  }

  /**
   * Any image with nginx, a shell and coreutils or busybox.
   *
   * @param name Such as `registry.example.com/nginx:3`.
   * @param options What is in it.
   * @throws ConfigError for a name that the engine would refuse, and a version that is not a release number.
   */
  public static of(name: string, options: NginxImageOptions): NginxImage {
    checkOptions('NginxImage.of', 'NginxImageOptions', options);
    refuseTokens(options, []);
    checkRelease('NginxImage.of: version', options.version);
    return new NginxImage({
      image: { kind: 'registry', name: imageName('NginxImage.of', name) },
      version: options.version,
      modules: [...(options.modules ?? [])],
      extraDirectives: [...(options.directives ?? [])],
      ...(options.streamModule === undefined ? {} : { streamModule: options.streamModule }),
    });
  }

  /** @internal */
  public readonly _model: ImageModel;

  private constructor(model: ImageModel) {
    this._model = model;
  }
}

function checkRelease(where: string, release: string): void {
  named(where, () => compareVersions(release, '1'));
}
