/** Begins the name of whatever the tests make on an engine, so that nothing else on it is ever touched. */
export const PREFIX = 'engine-test-';

/** The name of something that the tests make. */
export function testName(name: string): string {
  return `${PREFIX}${name}`;
}

/** Image of Debian 12's nginx, uWSGI and gunicorn, which `scripts/engine/up.sh` makes. */
export const BASE = testName('base:12');
