import { checkOptions } from '../checked/options';
import { ConfigError, shown } from '../../errors';
import type { Image } from '../../topology/image';
import { imageName, isImageName } from '../checked/image-name';
import { refuseTokens } from '../checked/tokens';

/** Options of an image built with the directory's own Dockerfile. */
export interface DockerfileImageOptions {
  /**
   * Name of the Dockerfile within the directory.
   *
   * @default 'Dockerfile'
   */
  readonly dockerfile?: string;
  /**
   * Build arguments.
   *
   * @default - none are passed
   */
  readonly buildArgs?: Record<string, string>;
}

/** Options of an image whose Dockerfile the library writes. */
export interface PythonImageOptions {
  /**
   * Python release of the base image.
   *
   * @default '3.13'
   */
  readonly python?: string;
  /**
   * Base image, for instance one of your own registry.
   *
   * @default - the official slim image of that Python release
   */
  readonly baseImage?: string;
  /**
   * Requirements file within the directory.
   *
   * @default - nothing but the application server is installed
   */
  readonly requirements?: string;
  /**
   * Debian packages that the application needs at run time.
   *
   * @default - none
   */
  readonly systemPackages?: string[];
}

/** Where an application's container gets its file system from. */
export class AppImage {
  /**
   * An image of a registry, or one that the host has already.
   *
   * @param name Such as `ghcr.io/acme/api:1.4`; a Terraform token is carried through.
   * @throws ConfigError for a name that the engine would refuse.
   */
  public static registry(name: string): AppImage {
    return new AppImage({ kind: 'registry', name: imageName('AppImage.registry', name) });
  }

  /**
   * An image built from a directory with a Dockerfile. A changed file is a new image. The images of a stack that come from
   * Dockerfiles are built one after the other; those of `python` at once.
   *
   * @param directory Relative to the folder of `cdktf.json`.
   * @param options Which Dockerfile, with which arguments.
   */
  public static dockerfile(directory: string, options: DockerfileImageOptions = {}): AppImage {
    checkOptions('AppImage.dockerfile', 'DockerfileImageOptions', options);
    return new AppImage({
      kind: 'dockerfile',
      directory,
      dockerfile: options.dockerfile ?? 'Dockerfile',
      buildArgs: { ...options.buildArgs },
    });
  }

  /**
   * An image built from a directory of Python code; the library writes the Dockerfile: no root, no
   * caches left behind, the application server at its declared version.
   *
   * @param directory Relative to the folder of `cdktf.json`.
   * @param options What to install.
   * @throws ConfigError for a value that cannot stand in a Dockerfile.
   */
  public static python(directory: string, options: PythonImageOptions = {}): AppImage {
    checkOptions('AppImage.python', 'PythonImageOptions', options);
    checkPythonOptions(options);
    return new AppImage({
      kind: 'python',
      directory,
      python: options.python ?? '3.13',
      ...(options.baseImage === undefined ? {} : { base: options.baseImage }),
      ...(options.requirements === undefined ? {} : { requirements: options.requirements }),
      systemPackages: [...(options.systemPackages ?? [])],
    });
  }

  /** @internal */
  public readonly _model: Image;

  private constructor(model: Image) {
    this._model = model;
  }
}

/** What ends up in a Dockerfile as text. */
function checkPythonOptions(options: PythonImageOptions): void {
  const { python, baseImage, requirements, systemPackages } = options;
  refuseTokens(options, []);
  checkText('python', python, /^\d+(?:\.\d+){0,2}$/, "a release, such as '3.13'");
  checkBase(baseImage);
  checkText(
    'requirements',
    requirements,
    /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]*$/,
    "a file of the directory, such as 'requirements.txt'",
  );
  for (const name of systemPackages ?? []) {
    checkText('systemPackages', name, /^[a-z0-9][a-z0-9+.-]+$/, "names of Debian packages, such as 'libpq5'");
  }
}

function checkBase(name: string | undefined): void {
  if (name === undefined || isImageName(name)) return;
  throw new ConfigError({
    what: `AppImage.python: baseImage ${shown(name)} is not an image name`,
    fix: "give one in lower case, with its tag, such as 'registry.example.com/python:3.13'",
  });
}

function checkText(option: string, value: string | undefined, pattern: RegExp, allowed: string): void {
  if (value === undefined || pattern.test(value)) return;
  throw new ConfigError({
    what: `AppImage.python: ${option} ${shown(value)} cannot stand in a Dockerfile`,
    fix: `give ${allowed}`,
  });
}
