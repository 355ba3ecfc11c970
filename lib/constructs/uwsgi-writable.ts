import { ConfigError, shown } from '../errors';
import type { AppBase } from '../topology/app';
import { isBelow } from '../topology/derive/paths';
import { item } from './checked';
import type { UwsgiAppProps } from './uwsgi-app';

/**
 * Refuses paths of props that uWSGI could not write to: the root is read-only.
 *
 * @throws ConfigError that names the prop and the path.
 */
export function checkWritable(props: UwsgiAppProps, base: AppBase): void {
  const written = {
    masterFifo: props.masterFifo ?? [],
    cache2: (props.cache2 ?? []).map(({ _store }) => _store),
  };
  if (props.pyTracebacker !== undefined) checkWritablePath('pyTracebacker', props.pyTracebacker, base);
  for (const [prop, paths] of Object.entries(written)) {
    paths.forEach((path, at) => {
      if (path !== undefined) checkWritablePath(item(prop, at), path, base);
    });
  }
  props.spooler?.forEach((directory, at) => {
    checkSpooler(item('spooler', at), directory, base);
  });
}

function writableDirectories({ mounts }: AppBase): string[] {
  return ['/tmp', '/dev/shm', ...mounts.flatMap((mount) => (isWritable(mount) ? [mount.path] : []))];
}

function isWritable(mount: AppBase['mounts'][number]): boolean {
  return mount.kind === 'tmpfs' || !mount.readOnly;
}

function checkWritablePath(prop: string, path: string, base: AppBase): void {
  const directory = path.slice(0, path.lastIndexOf('/'));
  if (!base.hardening.readOnlyRoot) return;
  if (writableDirectories(base).some((writable) => isBelow(directory, writable))) return;
  throw new ConfigError({
    what: `${prop} ${shown(path)}: nobody may write there, the root is read-only`,
    fix: `give a path below /tmp, or mount something at ${directory === '' ? '/srv/data' : directory}`,
  });
}

/** uWSGI does not make the directory: it ends when there is none (seen). */
function checkSpooler(prop: string, directory: string, base: AppBase): void {
  if (!base.hardening.readOnlyRoot || writableDirectories(base).includes(directory)) return;
  throw new ConfigError({
    what: `${prop} ${shown(directory)}: there is no such directory, or it is read-only`,
    fix: `add Mount.tmpfs('${directory}', size) to mounts, or Mount.volume for tasks that outlive the container`,
  });
}
