import type { Listener } from '../listener';

const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/**
 * Where people find what listens: each exact server name on each port, and the listener's own address where there is no name.
 * A listener on every address of the host is shown as `localhost`.
 */
export function publishedUrls(listeners: readonly Listener[], serverNames: readonly string[] = []): string[] {
  const exact = serverNames.filter((name) => !/^[~.*]|\*$/.test(name));
  const urls = listeners.flatMap(({ address, port }) =>
    (exact.length > 0 ? exact : [hostOf(address)]).map(
      (host) => `http://${host}${port === 80 ? '' : `:${String(port)}`}/`,
    ),
  );
  return [...new Set(urls)];
}

function hostOf(address: string): string {
  if (EVERY_ADDRESS.has(address)) return 'localhost';
  return address.includes(':') ? `[${address}]` : address;
}
