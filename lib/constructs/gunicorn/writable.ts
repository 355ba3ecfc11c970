import { isOutput } from '../../topology/derive/writable-places';
import type { AppBase } from '../../topology/app';
import { refuseUnwritable } from '../checked/writable';
import type { GunicornAppProps } from './gunicorn-app';

const OUTPUT = {
  instead: "give '-', which is the container's output",
  needsDirectory: true,
  rule: 'GUN-LOG-FILE',
};

const STREAM = {
  instead: "give the handler the class logging.StreamHandler, which writes to the container's output",
  needsDirectory: true,
  rule: 'GUN-LOG-FILE',
};

const BELOW_TMP = { instead: 'give a path below /tmp', rule: 'GUN-CONTROL' };

/**
 * Refuses files of props that gunicorn could not write: it ends at the start when a log cannot be opened (seen).
 *
 * @throws ConfigError that names the prop and the file.
 */
export function checkWritable(props: GunicornAppProps, base: AppBase): void {
  const { accesslog, errorlog, logconfigDict, controlSocket } = props;
  for (const [prop, file] of Object.entries({ accesslog, errorlog })) {
    if (file !== undefined && !isStream(file)) refuseUnwritable(prop, file, base, OUTPUT);
  }
  for (const [prop, file] of handlerFiles(logconfigDict)) {
    if (!isStream(file)) refuseUnwritable(prop, file, base, STREAM);
  }
  if (controlSocket !== undefined) refuseUnwritable('controlSocket', controlSocket, base, BELOW_TMP);
}

/** The container's own output, by whichever name. */
function isStream(file: string): boolean {
  return file === '-' || isOutput(file);
}

/** The files of handlers of Python's logging, under the names that a message gives them. */
function handlerFiles(config: Readonly<Record<string, unknown>> = {}): [prop: string, file: string][] {
  return Object.entries(membersOf(config['handlers'])).flatMap(([name, handler]): [string, string][] => {
    const file = membersOf(handler)['filename'];
    return typeof file === 'string' ? [[`logconfigDict.handlers.${name}.filename`, file]] : [];
  });
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}
