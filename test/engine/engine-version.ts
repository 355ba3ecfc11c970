/** Variable in which the set-up of a run leaves the release of its engine. */
export const ENGINE_VERSION = 'ENGINE_TESTS_ENGINE_VERSION';

/** Release of the engine, without what its distributor adds: `20.10.24` of `20.10.24+dfsg1`. */
export function engineVersion(): string {
  return /^[\d.]+/.exec(process.env[ENGINE_VERSION] ?? '')?.[0] ?? '20.10';
}
