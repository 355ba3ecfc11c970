import type { Listener } from '../listener';
import { speaksTls } from '../gunicorn-app';
import type { App } from '../topology';

const USUAL_PORTS = { http: 80, https: 443 };
const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/**
 * Where people find what listens: each exact server name on each port, and the listener's own address where there is no name.
 * A listener on every address of the host is shown as `localhost`.
 */
export function publishedUrls(
  listeners: readonly Listener[],
  serverNames: readonly string[] = [],
  scheme: 'http' | 'https' = 'http',
): string[] {
  const exact = serverNames.filter((name) => !/^[~.*]|\*$/.test(name));
  const urls = listeners.flatMap(({ address, port }) =>
    (exact.length > 0 ? exact : [hostOf(address)]).map(
      (host) => `${scheme}://${host}${port === USUAL_PORTS[scheme] ? '' : `:${String(port)}`}/`,
    ),
  );
  return [...new Set(urls)];
}

/** Where people find an application without nginx. */
export function appUrls(app: App): string[] {
  return publishedUrls(app.listeners, [], speaksTls(app) ? 'https' : 'http');
}

function hostOf(address: string): string {
  if (EVERY_ADDRESS.has(address)) return 'localhost';
  return address.includes(':') ? `[${address}]` : address;
}
