import { ConfigError, shown } from '../../errors';
import { nearest } from '../../nearest';

/** Signals that the engine knows on Linux, by their names; those of real time are numbered from both ends. */
const SIGNALS = [
  ...[
    'ABRT',
    'ALRM',
    'BUS',
    'CHLD',
    'CONT',
    'FPE',
    'HUP',
    'ILL',
    'INT',
    'IO',
    'IOT',
    'KILL',
    'PIPE',
    'POLL',
    'PROF',
  ],
  ...[
    'PWR',
    'QUIT',
    'SEGV',
    'STKFLT',
    'STOP',
    'SYS',
    'TERM',
    'TRAP',
    'TSTP',
    'TTIN',
    'TTOU',
    'URG',
    'USR1',
    'USR2',
  ],
  ...['VTALRM', 'WINCH', 'XCPU', 'XFSZ', 'RTMIN', 'RTMAX'],
].map((name) => `SIG${name}`);

const REAL_TIME = /^SIG(?:RTMIN\+(?:[1-9]|1[0-5])|RTMAX-(?:[1-9]|1[0-4]))$/;

/**
 * The name of a signal.
 *
 * @throws ConfigError that names the prop, for a name that the engine does not know.
 */
export function checkedSignal(prop: string, signal: string): string {
  if (SIGNALS.includes(signal) || REAL_TIME.test(signal)) return signal;
  const near = nearest(signal, SIGNALS);
  throw new ConfigError({
    what: `${prop} ${shown(signal)} is not the name of a signal`,
    fix: near === undefined ? "give one such as 'SIGTERM' or 'SIGINT'" : `give ${shown(near)}`,
  });
}
