import type { Problem } from '../errors';
import type { App } from '../topology/topology';

interface Misfit {
  readonly why: string;
  readonly fix: string;
  readonly rule: string;
}

const FOREGROUND: Omit<Misfit, 'rule'> = {
  why: 'the foreground process ends, and the container with it',
  fix: 'leave it out: the engine keeps the container in the background',
};
const PID: Omit<Misfit, 'rule'> = {
  why: 'the engine knows the process, and an unwritable path stops the start',
  fix: 'leave it out',
};

/** Options and settings that a server takes and a container cannot use (each seen). */
const MISFITS: Readonly<Record<App['server'], Readonly<Record<string, Misfit>>>> = {
  uwsgi: {
    daemonize: { ...FOREGROUND, rule: 'UWS-DAEMONIZE' },
    daemonize2: { ...FOREGROUND, rule: 'UWS-DAEMONIZE' },
    pidfile: { ...PID, rule: 'UWS-PIDFILE' },
    uid: {
      why: 'uWSGI refuses to start: the container does not run as root',
      fix: 'use the prop uid',
      rule: 'UWS-UID-NONROOT',
    },
    gid: {
      why: 'uWSGI refuses to start: the container does not run as root',
      fix: 'use the prop gid',
      rule: 'UWS-UID-NONROOT',
    },
  },
  gunicorn: {
    daemon: { ...FOREGROUND, rule: 'GUN-DAEMON' },
    pidfile: { ...PID, rule: 'GUN-PIDFILE' },
    user: {
      why: 'gunicorn fails to chown: the container does not run as root',
      fix: 'use the prop uid',
      rule: 'GUN-USER-NONROOT',
    },
    group: {
      why: 'gunicorn fails to chown: the container does not run as root',
      fix: 'use the prop gid',
      rule: 'GUN-USER-NONROOT',
    },
  },
};

/** What an application passes through although no container can use it. */
export function containerProblems(app: App): Problem[] {
  const names = app.server === 'uwsgi' ? app.options.map(({ name }) => name) : Object.keys(app.settings);
  return names.flatMap((name) => {
    const misfits = MISFITS[app.server];
    const misfit = Object.hasOwn(misfits, name) ? misfits[name] : undefined;
    if (misfit === undefined) return [];
    const { why, fix, rule } = misfit;
    return [{ what: `${name} has no place in a container: ${why}`, fix, construct: app.construct, rule }];
  });
}
