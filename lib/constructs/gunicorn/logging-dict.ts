import { refuse } from '../../errors';
import { loggingDictProblems } from '../../gunicorn/logging-dict';
import type { GunicornAppProps } from './gunicorn-app';

/**
 * Refuses a configuration of logging that gunicorn could not start with; a logger class of the user's own may read it otherwise.
 *
 * @throws ConfigError with everything that is wrong with it.
 */
export function checkLoggingDict({ logconfigDict, loggerClass }: GunicornAppProps): void {
  if (logconfigDict === undefined || loggerClass !== undefined) return;
  refuse(loggingDictProblems('logconfigDict', logconfigDict));
}
