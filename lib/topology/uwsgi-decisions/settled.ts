import type { Decision } from '../decision';

type Settled = Extract<Decision, { readonly by: 'settled' }>;

const NOT_ROOT = 'uWSGI refuses to start: the container does not run as root';

/** Options of uWSGI that follow from what the construct knows; passed through, they would contradict it. */
export const SETTLED: Readonly<Record<string, Omit<Settled, 'by'>>> = {
  uid: { why: NOT_ROOT, fix: 'use the prop uid', rule: 'UWS-UID-NONROOT' },
  gid: { why: NOT_ROOT, fix: 'use the prop gid', rule: 'UWS-UID-NONROOT' },
  'immediate-uid': { why: NOT_ROOT, fix: 'use the prop uid', rule: 'UWS-UID-NONROOT' },
  'immediate-gid': { why: NOT_ROOT, fix: 'use the prop gid', rule: 'UWS-UID-NONROOT' },
  'add-gid': {
    why: 'only root may add groups, and the container never runs as root',
    fix: 'use the prop gid: it is the group of the socket and of everything that the application writes',
    rule: 'UWS-UID-NONROOT',
  },
  cap: {
    why: 'it keeps capabilities when root gives up its rights, and the container never runs as root',
    fix: 'use the prop capabilities',
    rule: 'UWS-UID-NONROOT',
  },
  'chown-socket': {
    why: 'the socket belongs to the user and group that the server runs as, and another owner needs root',
    fix: 'use the props uid and gid; nginx joins the group',
    rule: 'UWS-CHOWN-NONROOT',
  },
  umask: {
    why: "the socket's mode is exact already, and files that the application writes keep the container's 022",
    fix: 'use the prop socketMode for the socket, and os.umask in the application for its own files',
  },
  socket: {
    why: 'nginx has to find it: each generation binds a socket of its own',
    fix: 'use the prop transport',
  },
  'http-socket': {
    why: 'nginx or the engine has to find it',
    fix: 'use the prop listeners for the world, or protocol: UwsgiProtocol.HTTP for nginx',
  },
  'http-to': {
    why: "the router passes to this server's own workers",
    fix: 'leave it out; what passes to several servers is an NginxFrontend',
  },
  env: {
    why: 'the container has the variables, and the probe, workers and release tasks have the same',
    fix: 'use the prop environment, or secretFiles for what is secret',
  },
  'no-orphans': {
    why: 'no worker outlives its master: the container ends with it',
    fix: 'leave it out',
  },
  'attach-daemon': {
    why: 'attach-daemon2 says the same and more',
    fix: 'use the prop attachDaemon2',
  },
};
