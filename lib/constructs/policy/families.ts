import { BackendProtocol } from '../backend/backend';

/** First words of the directives that are about answers and requests of a protocol: `uwsgi_cache`, `proxy_cache`. */
export function familyOf(protocol: BackendProtocol): string {
  return protocol === BackendProtocol.UWSGI ? 'uwsgi' : 'proxy';
}
