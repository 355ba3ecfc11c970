import { nginxDecision } from '../topology/nginx-decisions';

/** Directives that the library sets so that its containers work, and that nginx takes once. */
const OWN: ReadonlySet<string> = new Set([
  'client_body_temp_path',
  'fastcgi_temp_path',
  'proxy_temp_path',
  'real_ip_header',
  'scgi_temp_path',
  'uwsgi_temp_path',
]);

/** The change to make where a directive stands twice in a block. */
export function wayOutOfRepeat(name: string): string {
  if (OWN.has(name)) return 'leave yours out: the container needs the one of the library';
  if (name === 'location')
    return 'leave the directive out, and use addLocation, or the block of one of the two';
  const decision = nginxDecision(name);
  // A policy gives way to what is passed through beside it, so that the two lines are both the user's.
  return decision?.by === 'prop' && !decision.prop.includes('Policy.')
    ? `leave the directive out, and use ${decision.prop}`
    : 'leave one of them out';
}
