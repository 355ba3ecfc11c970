import type { UwsgiApp } from './uwsgi-app';

/** First release that is built with PCRE2; Debian has nothing older any more. */
export const PCRE2_SINCE = '2.0.25';

/** What uWSGI is compiled with, besides the compiler: without it there are no regular expressions, and so no routes. */
export const BUILD_PACKAGES: readonly string[] = ['build-essential', 'libpcre2-dev'];

/** What a uWSGI that was built with those needs where it runs. */
export const RUN_PACKAGES: readonly string[] = ['libpcre2-8-0'];

/** What an image needs of PyPI besides uWSGI, for what its application asks for. */
export function uwsgiPackages({ settings }: UwsgiApp): string[] {
  return Object.hasOwn(settings, 'gevent') ? ['gevent'] : [];
}
