import { OWN, count, flag } from './conversion';
import type { Conversions, UwsgiSettings } from './conversion';

/** Many requests in one worker, by a loop instead of threads. */
export interface UwsgiAsyncProps {
  /**
   * Requests that each worker handles at once, each in a greenlet; the image needs gevent, which AppImage.python
   * installs. `harakiri` then watches the worker, not a request.
   *
   * @default - one request at a time (uWSGI)
   */
  readonly gevent?: number;
  /**
   * Whether Python's blocking functions are replaced by gevent's when a worker starts.
   *
   * @default - true with gevent (uWSGI: false)
   */
  readonly geventMonkeyPatch?: boolean;
  /**
   * Whether they are replaced before the application is loaded, so that what it imports is patched as well.
   *
   * @default false (uWSGI)
   */
  readonly geventEarlyMonkeyPatch?: boolean;
  /**
   * Requests that each worker handles at once with asyncio's loop and a greenlet each; only modular builds have the plugins.
   *
   * @default - one request at a time (uWSGI)
   */
  readonly asyncio?: number;
}

/** Without greenlets the requests of one worker would mix: uWSGI itself says so, and goes on. */
const ASYNCIO = {
  convert: (cores: number, prop: string): UwsgiSettings => ({
    ...count('asyncio', 2).convert(cores, prop),
    greenlet: true,
  }),
};

/** The options that the props become. */
export const UWSGI_ASYNC_OPTIONS: Conversions<UwsgiAsyncProps> = {
  gevent: count('gevent', 2),
  geventMonkeyPatch: OWN,
  geventEarlyMonkeyPatch: flag('gevent-early-monkey-patch'),
  asyncio: ASYNCIO,
};
