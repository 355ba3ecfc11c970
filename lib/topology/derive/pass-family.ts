import type { Protocol } from '../app';

/** First words of the directives about what is passed on with a protocol: `uwsgi_cache`, `proxy_cache`. */
export function passFamily(protocol: Protocol): 'uwsgi' | 'proxy' {
  return protocol === 'uwsgi' ? 'uwsgi' : 'proxy';
}
