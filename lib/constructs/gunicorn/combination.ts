import type { GunicornAppProps } from './gunicorn-app';
import { DEFAULT_RELEASES, isAtLeast } from '../../server-version';
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

/** Whether the declared gunicorn is at least of a release. */
export function isFrom(release: string, { serverVersion }: GunicornAppProps): boolean {
  return isAtLeast(serverVersion ?? DEFAULT_RELEASES.gunicorn, release);
}

/** gunicorn's name of the workers' class. */
export function classOf({ workerClass }: GunicornAppProps): string {
  return (workerClass ?? WorkerClass.SYNC).settingValue;
}

/** Classes whose ways are known, each with all that are derived from it. */
export type WorkerKind = 'sync' | 'gthread' | 'gevent' | 'tornado' | 'asgi' | 'uvicorn';

const KINDS: Readonly<Record<string, WorkerKind>> = {
  sync: 'sync',
  gthread: 'gthread',
  gevent: 'gevent',
  tornado: 'tornado',
  asgi: 'asgi',
  'uvicorn_worker.UvicornWorker': 'uvicorn',
  'uvicorn_worker.UvicornH11Worker': 'uvicorn',
  'uvicorn.workers.UvicornWorker': 'uvicorn',
  'uvicorn.workers.UvicornH11Worker': 'uvicorn',
};

/** The kind of the workers, or undefined for a class of a user's own; gunicorn makes gthread workers of sync ones with threads. */
export function kindOf(props: GunicornAppProps): WorkerKind | undefined {
  const name = classOf(props);
  return name === 'sync' && (props.threads ?? 1) > 1 ? 'gthread' : KINDS[name];
}
