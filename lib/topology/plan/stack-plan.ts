import type { Text } from '../deferred';
import type { ContainerPlan } from './container-plan';

/** Everything that one construct asks the engine for. */
export interface ResourcePlan {
  readonly images: readonly ImagePlan[];
  readonly networks: readonly NetworkPlan[];
  readonly volumes: readonly VolumePlan[];
  readonly containers: readonly ContainerPlan[];
}

/** An image, pulled by name or built from a directory. */
export type ImagePlan = PulledImage | BuiltImage;

/** An image that a registry, or the host already, has. */
export interface PulledImage {
  readonly kind: 'pulled';
  readonly key: string;
  readonly name: Text;
}

/** An image built when applied; its tag holds the hash of everything that goes into it. */
export interface BuiltImage {
  readonly kind: 'built';
  readonly key: string;
  /** Directory whose files are sent to the engine, relative to the folder of `cdktf.json`. */
  readonly directory: string;
  /** Dockerfile of the directory's own, by its name in it; absent when `instructions` says it. */
  readonly dockerfile?: string;
  /** A Dockerfile we write; the directory's files then stand in its context under `files/`. */
  readonly instructions?: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly needs?: readonly Need[];
}

/** What a directory has to have, with the prop that says so: a file, or a module of a package that it has. */
export type Need = {
  readonly prop: string;
  readonly callable?: NeededCallable;
} & ({ readonly path: string } | { readonly module: string });

/** What a module has to have. */
export interface NeededCallable {
  readonly name: string;
  /** What its caller calls the arguments that it gives; absent where it is not known how it is called. */
  readonly given?: readonly string[];
}

/** A network of our own. */
export interface NetworkPlan {
  readonly key: string;
  /** True when nothing on it may reach the outside. */
  readonly internal: boolean;
}

/** A volume of our own. */
export interface VolumePlan {
  readonly key: string;
  /** Set for a volume in memory; numbers only, since names fail at container start. */
  readonly tmpfs?: {
    readonly sizeBytes: number;
    readonly uid: number;
    readonly gid: number;
    readonly mode: string;
  };
  /** What it holds, as a hash: another content is another volume. Absent for what outlives contents. */
  readonly contentHash?: string;
  /** Key of the built image whose content fills it: another build is another volume. */
  readonly filledFrom?: string;
  /** Set for data that no rollout may touch: the name is fixed, and chosen by the user or derived. */
  readonly persistence?: { readonly name?: string; readonly preventDestroy: boolean };
}
