import type { Logging, Restart } from '../app';
import type { Text } from '../deferred';

/** What a container is for: an application, nginx, or one of the helpers around them. */
export type ContainerRole =
  'app' | 'release' | 'worker' | 'nginx' | 'gate' | 'publisher' | 'reloader' | 'filler';

/**
 * How a container lives: `service` runs until it is replaced, `task` runs once to its end and is
 * checked by its exit code, `created` is never started (creating it is what fills its volume).
 */
export type ContainerLife = 'service' | 'task' | 'created';

/**
 * One container as it will run: what `docker` turns into a provider resource word for word, what
 * `review` draws, and what a reviewer reads. Keys name other parts of the same stack's plan.
 */
export interface ContainerPlan {
  /** Name within the stack, such as `shop-0` or `web-nginx`; the readable part of the container's name. */
  readonly key: string;
  readonly role: ContainerRole;
  readonly life: ContainerLife;
  /** Path of the construct that owns it. */
  readonly construct: string;
  /** Key of the image plan it runs. */
  readonly image: string;
  /** True when another image alone does not replace it. */
  readonly keepsImage?: boolean;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** Numeric `uid:gid`. */
  readonly user: string;
  /** Supplementary gids. */
  readonly groupAdd: readonly number[];
  readonly readOnlyRoot: boolean;
  /** Capabilities kept; every other one is dropped. */
  readonly capabilities: readonly string[];
  readonly noNewPrivileges: boolean;
  /** SELinux level, such as `s0:c100,c200`; the engine's own choice when absent. */
  readonly selinuxLevel?: string;
  /** A new hostname at each creation, sorting by time: `generation` in the design's words. */
  readonly generation: boolean;
  readonly environment: Readonly<Record<string, Text>>;
  readonly mounts: readonly MountPlan[];
  /** tmpfs mounts: path to mount options such as `size=16777216,uid=101,gid=101,mode=0700`. */
  readonly tmpfs: Readonly<Record<string, string>>;
  readonly network: NetworkAttachment;
  readonly ports: readonly PortPlan[];
  readonly health?: HealthPlan;
  readonly stop: StopPlan;
  readonly restart: Restart;
  readonly logging: Logging;
  readonly init: boolean;
  readonly limits: LimitsPlan;
  readonly sysctls: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Files written into the container's volumes before it starts; only publishers have them. */
  readonly uploads: readonly UploadPlan[];
  /** Key of the container whose process namespace it joins; only a reloader does. */
  readonly joinsProcessesOf?: string;
  /** Keys of containers and tasks that must be up, or done, before this one. */
  readonly dependsOn: readonly string[];
  /** Keys of containers whose replacement replaces this one too, for what no hash can show. */
  readonly replacedWith: readonly string[];
  /** Hash of the containers that it makes ready for: others make it run again. */
  readonly precedes?: string;
  /** False where two cannot exist at once: a published port cannot be bound twice. */
  readonly createBeforeDestroy: boolean;
  /** Shown when a `task` ends with another exit code than 0, above its own output. */
  readonly failureHint?: string;
}

/** A volume or a directory of the host, and where the container sees it. */
export interface MountPlan {
  /** Key of a volume plan. Exactly one of `volume`, `foreignVolume` and `hostPath` is set. */
  readonly volume?: string;
  /** Name, or Terraform reference, of a volume outside this plan. */
  readonly foreignVolume?: Text;
  /** Absolute path on the host. */
  readonly hostPath?: string;
  /** Absolute path in the container. */
  readonly path: string;
  readonly readOnly: boolean;
}

/** Which networks a container is on. */
export interface NetworkAttachment {
  /** `none`, the engine's default `bridge`, or `networks` for exactly those listed. */
  readonly mode: 'none' | 'bridge' | 'networks';
  readonly networks: readonly {
    /** Key of a network plan, or undefined for a network outside this plan. */
    readonly network?: string;
    /** Id, or Terraform reference, of a network outside this plan. */
    readonly foreignNetwork?: Text;
    readonly aliases: readonly string[];
  }[];
}

/** A port of the container published on an address of the host. */
export interface PortPlan {
  readonly internal: number;
  readonly external: number;
  /** Explicit always: the provider drifts without it. */
  readonly ip: string;
}

/** The probe: what runs, how often, how long it may take. */
export interface HealthPlan {
  readonly test: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly startPeriodMs: number;
  /** Time between two probes during the start period, where the engine knows it. */
  readonly startIntervalMs?: number;
  readonly retries: number;
  /** How long an apply waits for the first success. */
  readonly waitSeconds: number;
}

/** How a container is stopped without dropping what it is doing. */
export interface StopPlan {
  readonly signal: string;
  /** Seconds from the signal to SIGKILL, by the engine and at a replacement alike. */
  readonly graceSeconds: number;
}

/** Declared limits; absent means the host's. */
export interface LimitsPlan {
  readonly cpus?: number;
  readonly memoryBytes?: number;
}

/** A file that a publisher writes, as seen from inside its container. */
export interface UploadPlan {
  readonly path: string;
  readonly content: Text;
  /** Octal, such as `0400`. */
  readonly permissions: string;
}
