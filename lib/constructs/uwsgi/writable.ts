import { ConfigError, shown } from '../../errors';
import type { AppBase } from '../../topology/app';
import { isInMemory, writableDirectories } from '../../topology/derive/writable-places';
import { item } from '../checked/values';
import { refuseUnwritable } from '../checked/writable';
import type { UwsgiAppProps } from './uwsgi-app';

const BELOW_TMP = { instead: 'give a path below /tmp' };

const NO_LOGGER = {
  instead: "leave it out: without a logger the log is the container's output",
  rule: 'UWS-LOGTO',
};

/**
 * Refuses paths of props that uWSGI could not write to: the root is read-only.
 *
 * @throws ConfigError that names the prop and the path.
 */
export function checkWritable(props: UwsgiAppProps, base: AppBase): void {
  const { pyTracebacker, masterFifo, cache2, logger, reqLogger, spooler } = props;
  const written = { masterFifo, cache2: cache2?.map(({ _store }) => _store) };
  if (pyTracebacker !== undefined) refuseUnwritable('pyTracebacker', pyTracebacker, base, BELOW_TMP);
  for (const [prop, paths] of Object.entries(written)) {
    paths?.forEach((path, at) => {
      if (path !== undefined) refuseUnwritable(item(prop, at), path, base, BELOW_TMP);
    });
  }
  for (const [prop, loggers] of Object.entries({ logger, reqLogger })) {
    loggers?.forEach(({ _value: value }, at) => {
      const file = fileOf(value);
      if (file !== undefined) refuseUnwritable(item(prop, at), file, base, NO_LOGGER);
    });
  }
  spooler?.forEach((directory, at) => {
    checkSpooler(item('spooler', at), directory, base);
  });
}

/** The file of uWSGI's logger `file`, which takes a path or a list that begins with one. */
function fileOf(logger: string): string | undefined {
  const [, given = ''] = /^(?:\S+ )?file:(.*)$/.exec(logger) ?? [];
  const [first = ''] = given.replace(/^logfile=/, '').split(',');
  return first === '' ? undefined : first;
}

/**
 * uWSGI does not make the directory: it ends when there is none (seen). A stop kills a task after a second and leaves its file (seen
 * with 2.0.21 and 2.0.31), so that every replacement would lose those of a directory in memory.
 */
function checkSpooler(prop: string, directory: string, base: AppBase): void {
  if (isInMemory(base, directory)) {
    throw new ConfigError({
      what: `${prop} ${shown(directory)} is in memory: its tasks would be lost with the container, at every rollout`,
      fix: `use Mount.volume(data, '/srv/tasks') in mounts, and spooler: ['/srv/tasks']`,
    });
  }
  if (!base.hardening.readOnlyRoot || writableDirectories(base).includes(directory)) return;
  throw new ConfigError({
    what: `${prop} ${shown(directory)}: there is no such directory, or it is read-only`,
    fix: `add Mount.volume(data, '${directory}') to mounts, with a DataVolume`,
  });
}
