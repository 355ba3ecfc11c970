import type { Logging } from './app';

/** What the engine is, and how it differs from a plain one that runs as root. */
export interface DockerHost {
  /** Release of the engine, such as `20.10`. */
  readonly engineVersion: string;
  /** First host ids of a remapped user namespace: the ids that a container's root has on the host. */
  readonly usernsRemap?: { readonly firstUid: number; readonly firstGid: number };
  /** MCS level that every container gets, such as `s0:c100,c200`. */
  readonly selinuxLevel?: string;
  /** Where output goes that no construct says otherwise. */
  readonly logging?: Logging;
}

/** What is assumed when nothing is declared: the oldest engine that the library was measured on. */
export const PLAIN_HOST: DockerHost = { engineVersion: '20.10' };
