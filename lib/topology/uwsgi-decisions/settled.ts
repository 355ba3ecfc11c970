import type { Decision } from '../decision';

type Settled = Extract<Decision, { readonly by: 'settled' }>;

const OTHER_SOCKET: Omit<Settled, 'by'> = {
  why: 'nobody knows the socket: neither nginx, nor the probe, nor whoever publishes ports',
  fix: 'use the props transport and protocol for nginx, or listeners for the world',
};
const NOT_ROOT = 'the container is started as that user, and uWSGI refuses to change it unless it is root';

/** Options of uWSGI that follow from what the construct knows; passed through, they would contradict it. */
export const SETTLED: Readonly<Record<string, Omit<Settled, 'by'>>> = {
  uid: { why: NOT_ROOT, fix: 'use the prop uid', rule: 'UWS-UID-NONROOT' },
  gid: { why: NOT_ROOT, fix: 'use the prop gid', rule: 'UWS-UID-NONROOT' },
  'immediate-uid': { why: NOT_ROOT, fix: 'use the prop uid', rule: 'UWS-UID-NONROOT' },
  'immediate-gid': { why: NOT_ROOT, fix: 'use the prop gid', rule: 'UWS-UID-NONROOT' },
  'add-gid': {
    why: 'only root may add groups, and the engine gives the process its groups before it starts',
    fix: 'use the prop gid: it is the group of the socket and of everything that the application writes',
    rule: 'UWS-UID-NONROOT',
  },
  cap: {
    why: 'it keeps capabilities when root gives up its rights, which no uWSGI of a container has to: it is started as the user that it stays',
    fix: 'use the prop capabilities',
    rule: 'UWS-UID-NONROOT',
  },
  'chown-socket': {
    why: 'the socket belongs to the user and group that the server runs as, and another owner needs root',
    fix: 'use the props uid and gid; nginx joins the group',
    rule: 'UWS-CHOWN-NONROOT',
  },
  socket: {
    why: 'nginx has to find it: each generation binds a socket of its own',
    fix: 'use the prop transport',
  },
  'http-socket': {
    why: 'nginx or the engine has to find it',
    fix: 'use the prop listeners for the world, or protocol: UwsgiProtocol.HTTP for nginx',
  },
  'uwsgi-socket': OTHER_SOCKET,
  'suwsgi-socket': OTHER_SOCKET,
  'ssl-socket': OTHER_SOCKET,
  'http11-socket': OTHER_SOCKET,
  'https-socket': OTHER_SOCKET,
  'fastcgi-socket': OTHER_SOCKET,
  'fastcgi-nph-socket': OTHER_SOCKET,
  'scgi-socket': OTHER_SOCKET,
  'scgi-nph-socket': OTHER_SOCKET,
  'raw-socket': OTHER_SOCKET,
  'puwsgi-socket': OTHER_SOCKET,
  https: OTHER_SOCKET,
  https2: OTHER_SOCKET,
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
