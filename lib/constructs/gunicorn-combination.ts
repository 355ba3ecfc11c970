import type { GunicornAppProps } from './gunicorn-app';
import { isAtLeast } from '../server-version';
import { WorkerClass } from './worker-class';

/** Props that need others, or cannot be with others. */
export interface Combination {
  readonly props: readonly (keyof GunicornAppProps)[];
  /** Whether they work, when one of them is given. */
  readonly works: (props: GunicornAppProps) => boolean;
  /** What is wrong otherwise; the prop stands before these words. */
  readonly what: string;
  readonly fix: string;
  readonly rule?: string;
}

/** Release of gunicorn that `AppImage.python` installs unless it is told another one. */
export const DEFAULT_RELEASE = '23.0.0';

/** Whether the declared gunicorn is at least of a release. */
export function isFrom(release: string, { serverVersion }: GunicornAppProps): boolean {
  return isAtLeast(serverVersion ?? DEFAULT_RELEASE, release);
}

/** gunicorn's name of the workers' class. */
export function classOf({ workerClass }: GunicornAppProps): string {
  return (workerClass ?? WorkerClass.SYNC).settingValue;
}
