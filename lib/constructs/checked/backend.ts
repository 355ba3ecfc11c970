import { ConfigError, shown } from '../../errors';

/**
 * Refuses what is no backend, such as a construct that is made further down: types do not hold everywhere.
 *
 * @throws ConfigError that names the place.
 */
export function checkBackend(where: string, backend: unknown): void {
  const bind = (backend as { readonly bindBackend?: unknown } | null | undefined)?.bindBackend;
  if (typeof bind === 'function') return;
  throw new ConfigError({
    what: `${where}: ${described(backend)} is no backend`,
    fix: 'give a UwsgiApp, a GunicornApp, an Upstream, an ExternalBackend or an IBackend of your own, made before it is given',
  });
}

/** An object may be a whole construct tree, which no message can show. */
function described(value: unknown): string {
  return typeof value === 'object' && value !== null ? `an object without bindBackend()` : shown(value);
}
