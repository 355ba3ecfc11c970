import type { Text } from './deferred';

/** A process that works beside an application, out of the same image: it takes no requests. */
export interface Worker {
  /** Name within the stack. */
  readonly id: string;
  /** Full construct path. */
  readonly construct: string;
  /** Id of the application whose image, environment, files, mounts and networks it has. */
  readonly app: string;
  readonly command: readonly string[];
  readonly replicas: number;
  /** True when an old one must have ended before a new one starts. */
  readonly alone: boolean;
  /** Variables besides the application's, or instead of them. */
  readonly environment: Readonly<Record<string, Text>>;
  readonly cpus?: number;
  readonly memoryBytes?: number;
  readonly stopSignal: string;
  readonly stopGraceSeconds: number;
}
