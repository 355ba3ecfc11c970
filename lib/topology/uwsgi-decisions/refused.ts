import type { Decision } from '../decision';

type Refused = Extract<Decision, { readonly by: 'refused' }>;

const FOREGROUND: Omit<Refused, 'by'> = {
  why: 'the foreground process ends, and the container with it',
  fix: 'leave it out: the engine keeps the container in the background',
  rule: 'UWS-DAEMONIZE',
};
const LOG_FILE: Omit<Refused, 'by'> = {
  why: 'the root is read-only, nothing rotates the file, and docker logs would be empty',
  fix: "leave it out: the log is the container's output, kept by the prop logging",
  rule: 'UWS-LOGTO',
};
const PID: Omit<Refused, 'by'> = {
  why: 'the engine knows the process, and an unwritable path stops the start',
  fix: 'leave it out',
  rule: 'UWS-PIDFILE',
};
const EMPEROR: Omit<Refused, 'by'> = {
  why: 'the emperor starts servers that no construct knows: nobody would probe, limit or stop them',
  fix: 'leave it out: each vassal is a UwsgiApp of its own, or one of mountApps',
};
const ASLEEP: Omit<Refused, 'by'> = {
  why: 'a generation takes requests once a worker has loaded the application, and without workers none ever does',
  fix: 'use cheaper: 1, which keeps one worker',
};
const JAIL: Omit<Refused, 'by'> = {
  why: 'it needs rights of root that no container has, and the container is the jail',
  fix: 'leave it out',
};
const OTHER_FILE: Omit<Refused, 'by'> = {
  why: 'nothing checks or shows what it reads, and its options would contradict those of the props',
  fix: 'use props, and options for what has none',
};
const LIMITS: Omit<Refused, 'by'> = {
  why: 'the engine has put the container into a group of its own, and no other may be written',
  fix: 'use the props cpus and memory',
};

/** Options of uWSGI that have no meaning in a container, or none that is safe (most of them seen). */
export const REFUSED: Readonly<Record<string, Omit<Refused, 'by'>>> = {
  daemonize: FOREGROUND,
  daemonize2: FOREGROUND,
  logto: LOG_FILE,
  logto2: LOG_FILE,
  pidfile: PID,
  pidfile2: PID,
  'safe-pidfile': PID,
  'safe-pidfile2': PID,
  emperor: EMPEROR,
  zerg: EMPEROR,
  'zerg-server': EMPEROR,
  cheap: ASLEEP,
  idle: ASLEEP,
  'die-on-idle': ASLEEP,
  chroot: JAIL,
  jail: JAIL,
  unshare: JAIL,
  namespace: JAIL,
  ns: JAIL,
  'namespace-keep-mount': JAIL,
  'namespace-net': JAIL,
  'ns-net': JAIL,
  setns: JAIL,
  'setns-socket': JAIL,
  'pivot-root': JAIL,
  pivot_root: JAIL,
  cgroup: LIMITS,
  'cgroup-opt': LIMITS,
  'cgroup-dir-mode': LIMITS,
  ini: OTHER_FILE,
  include: OTHER_FILE,
  inherit: OTHER_FILE,
  xml: OTHER_FILE,
  xmlconfig: OTHER_FILE,
  config: OTHER_FILE,
  yaml: OTHER_FILE,
  yml: OTHER_FILE,
  json: OTHER_FILE,
  js: OTHER_FILE,
  'config-py': OTHER_FILE,
  ldap: OTHER_FILE,
  sqlite: OTHER_FILE,
  sqlite3: OTHER_FILE,
  'die-on-term': {
    why: 'it drops the requests in flight; the hook that the construct sets lets SIGTERM finish them',
    fix: 'leave it out; workerReloadMercy says how long they may take',
    rule: 'UWS-TERM-GRACE',
  },
  'exit-on-reload': {
    why: 'every reload, by touchReload or by SIGHUP, would end the container',
    fix: 'leave it out',
  },
  'cpu-affinity': {
    why: "it counts the host's cpus from the first one, whatever the container may use, so that all containers would share the same few",
    fix: 'use the prop cpus',
    rule: 'UWS-CPU-MAGIC',
  },
  'reuse-port': {
    why: 'the container has a network of its own, in which nobody else wants the port, and the master binds it once for all workers',
    fix: 'use replicas for more servers',
  },
  'shared-socket': {
    why: 'it binds a port before root gives up its rights, which no uWSGI of a container has to',
    fix: 'use transport and listeners: the engine publishes any port',
  },
};
