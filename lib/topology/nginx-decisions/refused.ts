import type { Decision } from '../decision';

type Refused = Omit<Extract<Decision, { readonly by: 'refused' }>, 'by'>;

const OTHER_SYSTEM: Refused = {
  why: 'it is for another operating system: containers run Linux, and nginx there does not know it',
  fix: 'leave it out',
};
const MAIL: Refused = {
  why: 'a frontend publishes HTTP alone: nobody could reach a mail proxy in its container',
  fix: 'run a mail proxy in a container of its own',
};
const STREAM: Refused = {
  why: 'a frontend publishes HTTP alone: nobody could reach another port of its container',
  fix: 'run what passes TCP and UDP on in a container of its own; the gate is that of the library',
};

/** What cannot work in a container of nginx, or not safely. */
export const REFUSED: Readonly<Record<string, Refused>> = {
  debug_points: {
    why: 'nginx would stop or abort where it notices a mistake of its own, with nobody there to look',
    fix: 'leave it out',
  },
  lock_file: {
    why: 'nginx has no lock file where the processor can lock memory, as all do that it is built for here',
    fix: 'leave it out',
  },
  mail: MAIL,
  master_process: {
    why: 'without a master nothing reloads the configuration and nothing starts a worker again',
    fix: 'leave it out',
  },
  quic_bpf: {
    why: 'it needs rights of the kernel that no container of nginx has, and nginx would not start',
    fix: 'leave it out',
  },
  stream: STREAM,
  user: {
    why: 'nginx runs as its user from the start and has no right to become another: it would only warn',
    fix: 'use the props uid and gid',
  },
};

/** Modules of which nothing is taken. */
export const REFUSED_MODULES: Readonly<Record<string, Refused>> = {
  ngx_devpoll_module: OTHER_SYSTEM,
  ngx_eventport_module: OTHER_SYSTEM,
  ngx_iocp_module: OTHER_SYSTEM,
  ngx_kqueue_module: OTHER_SYSTEM,
  ngx_mail: MAIL,
  ngx_mail_auth_http_module: MAIL,
  ngx_mail_core_module: MAIL,
  ngx_mail_imap_module: MAIL,
  ngx_mail_pop3_module: MAIL,
  ngx_mail_proxy_module: MAIL,
  ngx_mail_realip_module: MAIL,
  ngx_mail_smtp_module: MAIL,
  ngx_mail_ssl_module: MAIL,
  ngx_stream: STREAM,
  ngx_stream_core_module: STREAM,
  ngx_stream_pass_module: STREAM,
  ngx_stream_proxy_module: STREAM,
  ngx_stream_ssl_module: STREAM,
  ngx_stream_ssl_preread_module: STREAM,
};
