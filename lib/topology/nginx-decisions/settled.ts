import type { Decision } from '../decision';

type Settled = Omit<Extract<Decision, { readonly by: 'settled' }>, 'by'>;

/** What the container needs as it is. */
export const SETTLED: Readonly<Record<string, Settled>> = {
  daemon: {
    why: 'off: the process that the container starts is nginx, and the container ends with it',
    fix: 'leave it out',
  },
  events: {
    why: 'the library writes the block',
    fix: "give what goes in it to addDirective, such as Directive.of('multi_accept', ['on'])",
  },
  http: {
    why: 'the library writes the block',
    fix: 'give what goes in it to addDirective of the frontend',
  },
  pid: {
    why: 'the probe and the reloader look for it below /tmp',
    fix: 'leave it out',
    rule: 'NGX-PID-TMP',
  },
};
