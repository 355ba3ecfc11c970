import type { Problem } from '../../errors';
import { loggingDictProblems } from '../../gunicorn/logging-dict';
import type { GunicornAppProps } from './gunicorn-app';

/** What gunicorn could not start with in a configuration of logging; a logger class of the user's own may read it otherwise. */
export function loggingProblems({ logconfigDict, loggerClass }: GunicornAppProps): Problem[] {
  if (logconfigDict === undefined || loggerClass !== undefined) return [];
  return loggingDictProblems('logconfigDict', logconfigDict);
}
