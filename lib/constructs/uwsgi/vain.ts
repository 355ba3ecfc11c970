import { ConfigError, allOf } from '../../errors';
import { isGiven } from '../checked/values';
import type { UwsgiAppProps } from './uwsgi-app';
import { UwsgiCheaperAlgo } from './cheaper-algo';

/**
 * Refuses props that the value of another makes vain.
 *
 * @throws ConfigError that names both.
 */
export function checkVain(props: UwsgiAppProps): void {
  allOf([checkThreads, checkManual, checkRequestLog], (check) => {
    check(props);
  });
}

function checkThreads({ enableThreads, threads }: UwsgiAppProps): void {
  if (enableThreads !== false || threads === undefined || threads < 2) return;
  throw new ConfigError({
    what: `enableThreads false beside threads ${String(threads)}: uWSGI enables them for its own`,
    fix: 'leave enableThreads out, or threads',
    rule: 'UWS-THREADS',
  });
}

/** Nobody else tells it to start a worker. */
function checkManual({ cheaperAlgo, masterFifo }: UwsgiAppProps): void {
  if (cheaperAlgo !== UwsgiCheaperAlgo.MANUAL || isGiven(masterFifo)) return;
  throw new ConfigError({
    what: 'cheaperAlgo MANUAL without masterFifo: nothing could ever start another worker',
    fix: "give masterFifo too, such as ['/tmp/fifo'], or another algorithm",
    rule: 'UWS-CHEAPER-ALGO',
  });
}

function checkRequestLog(props: UwsgiAppProps): void {
  const { disableLogging, log4xx, log5xx, logSlow, logBig, reqLogger, logformat } = props;
  const isLogged = disableLogging === false || log4xx !== false || log5xx !== false;
  if (isLogged || logSlow !== undefined || logBig !== undefined) return;
  const found = Object.entries({ reqLogger, logformat }).find(([, value]) => isGiven(value));
  if (found === undefined) return;
  throw new ConfigError({
    what: `${found[0]} has no effect: with log4xx and log5xx false no request is logged`,
    fix: `give disableLogging: false, or leave ${found[0]} out`,
    rule: 'UWS-LOG-QUIET',
  });
}
