import type { Text } from './deferred';

/** An image of a registry, or one that the host has already. */
export interface RegistryImage {
  readonly kind: 'registry';
  readonly name: Text;
}

/** Where a container's file system comes from. */
export type Image =
  | RegistryImage
  | {
      readonly kind: 'dockerfile';
      readonly directory: string;
      readonly dockerfile: string;
      readonly buildArgs: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'python';
      readonly directory: string;
      /** Python release of the base image, such as `3.13`. */
      readonly python: string;
      /** Base image, when it is not the official slim one of that release. */
      readonly base?: string;
      /** Requirements file within the directory. */
      readonly requirements?: string;
      readonly systemPackages: readonly string[];
    };
